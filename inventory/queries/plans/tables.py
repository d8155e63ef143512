# SPDX-License-Identifier: EUPL-1.2
"""A run's plan as tables: its matches, what stayed unmet, and the lots and requirements they touch."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString
from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

SRID = "EPSG:25832"

_RUN = text(
    """
    SELECT id, status, step, params, digest, termination, created_at, started_at, finished_at,
           cost, bound, baseline, gap, summary, error
      FROM run WHERE id = :run
    """
)

_MATCHES = text(
    """
    SELECT m.id AS match, l.id AS lot, l.ref AS lot_ref, r.id AS requirement, r.ref AS requirement_ref,
           p.name AS project, wanted.code AS class, offered.code AS lot_class,
           wanted.name_da, wanted.name_en, offered.name_da AS lot_name_da, offered.name_en AS lot_name_en,
           offered.unit, m.quantity AS steps,
           (m.quantity * offered.step)::float AS quantity,
           (m.delivered * wanted.step)::float AS delivered, (m.surplus * wanted.step)::float AS surplus,
           wanted.unit AS delivered_unit,
           m.pick_up, m.deliver, m.storage_days, m.storage, h.ref AS hub_ref, h.name AS hub,
           m.metres, m.loads,
           m.price_ore, m.preparation_ore, m.transport_ore, m.trip_ore, m.load_ore,
           m.storage_ore, m.disposal_ore, m.penalty_ore, m.new_ore,
           m.co2e_new_g, m.co2e_preparation_g, m.co2e_transport_g, m.co2e_regulatory_g, m.cost,
           m.basis, m.firmness,
           CASE WHEN l.available_from IS NULL THEN ds.firmness_source END AS window_source,
           ds.name AS donor_site, dm.name AS donor_municipality,
           bm.name AS project_municipality, ds.land_mass AS donor_land, bs.land_mass AS project_land,
           ST_X(ds.geom) AS donor_x, ST_Y(ds.geom) AS donor_y,
           ST_X(bs.geom) AS project_x, ST_Y(bs.geom) AS project_y
      FROM match m
      JOIN lot l ON l.id = m.lot_id
      JOIN site ds ON ds.id = l.site_id
      LEFT JOIN municipality dm ON dm.code = ds.municipality_code
      JOIN requirement r ON r.id = m.requirement_id
      JOIN project p ON p.id = r.project_id
      JOIN site bs ON bs.id = p.site_id
      LEFT JOIN municipality bm ON bm.code = bs.municipality_code
      LEFT JOIN site h ON h.id = m.hub_id
      JOIN material_class wanted ON wanted.id = r.class_id
      JOIN material_class offered ON offered.id = m.class_id
     WHERE m.run_id = :run
     ORDER BY wanted.code, p.name, r.ref, l.ref, m.id
    """
)

_UNMET = text(
    """
    SELECT r.id AS requirement, r.ref AS requirement_ref, p.name AS project, c.code AS class,
           c.name_da, c.name_en, c.unit, u.quantity AS steps, (u.quantity * c.step)::float AS quantity,
           (r.quantity * c.step)::float AS wanted, u.reason, u.stopped,
           m.name AS municipality, ST_X(s.geom) AS x, ST_Y(s.geom) AS y
      FROM unmet u
      JOIN requirement r ON r.id = u.requirement_id
      JOIN project p ON p.id = r.project_id
      JOIN site s ON s.id = p.site_id
      LEFT JOIN municipality m ON m.code = s.municipality_code
      JOIN material_class c ON c.id = r.class_id
     WHERE u.run_id = :run
     ORDER BY c.code, p.name, r.ref, u.reason
    """
)

_LOTS = text(
    """
    SELECT l.id AS lot, l.ref, c.code AS class, c.name_da, c.name_en, c.unit,
           (coalesce(l.quantity_low, l.quantity) * c.step)::float AS quantity_low,
           (l.quantity * c.step)::float AS quantity, l.basis, l.screening,
           (l.minimum_take * c.step)::float AS minimum_take, l.indivisible, l.kind,
           coalesce(l.available_from, s.available_from) AS available_from,
           coalesce(l.available_to, s.available_to) AS available_to,
           coalesce(l.firmness, s.firmness) AS firmness,
           coalesce(l.decide_by, coalesce(l.available_to, s.available_to) - 1) AS decide_by,
           CASE WHEN l.available_from IS NULL THEN s.firmness_source END AS window_source, s.name AS site,
           taken.matched AS matched, price.price AS lot_price, ST_X(s.geom) AS x, ST_Y(s.geom) AS y
      FROM (SELECT m.lot_id, m.class_id, sum(m.quantity * c.step)::float AS matched
              FROM match m JOIN material_class c ON c.id = m.class_id
             WHERE m.run_id = :run GROUP BY m.lot_id, m.class_id) taken
      JOIN lot l ON l.id = taken.lot_id
      JOIN site s ON s.id = l.site_id
      JOIN material_class c ON c.id = taken.class_id
      LEFT JOIN lot_price price ON price.run_id = :run AND price.lot_id = l.id
     ORDER BY c.code, l.ref, l.id
    """
)

_REQUIREMENTS = text(
    """
    WITH part AS (
        SELECT requirement_id, sum(delivered - surplus) AS matched, 0 AS unmet
          FROM match WHERE run_id = :run GROUP BY 1
        UNION ALL
        SELECT requirement_id, 0, sum(quantity) FROM unmet WHERE run_id = :run GROUP BY 1)
    SELECT r.id AS requirement, r.ref, p.name AS project, c.code AS class, c.name_da, c.name_en, c.unit,
           (r.quantity * c.step)::float AS quantity, (sum(part.matched) * c.step)::float AS matched,
           (sum(part.unmet) * c.step)::float AS unmet, r.wanted_from, r.wanted_to,
           r.minimum_fulfilment_permille / 10.0::float AS minimum_fulfilment_pct, r.most_donors, r.one_kind,
           r.breakage_permille / 10.0::float AS breakage_pct,
           r.priority_permille / 10.0::float AS priority_pct, o.name AS design_option, s.name AS site,
           ST_X(s.geom) AS x, ST_Y(s.geom) AS y
      FROM part
      JOIN requirement r ON r.id = part.requirement_id
      JOIN project p ON p.id = r.project_id
      JOIN site s ON s.id = p.site_id
      JOIN material_class c ON c.id = r.class_id
      LEFT JOIN design_option o ON o.id = r.design_option_id
     GROUP BY r.id, p.name, c.id, s.id, o.name
     ORDER BY c.code, p.name, r.ref, r.id
    """
)

_PROJECTS = text(
    """
    SELECT p.id AS project_id, p.name AS project, o.name AS design_option, p.budget_ore,
           done.price AS budget_price_permille
      FROM project_outcome done
      JOIN project p ON p.id = done.project_id
      LEFT JOIN design_option o ON o.id = done.design_option_id
     WHERE done.run_id = :run
     ORDER BY p.name, p.id
    """
)

_FACTORS = text(
    """
    SELECT f.kind, c.code AS class, f.key, f.value::float AS value, f.low::float AS low,
           f.high::float AS high, f.unit, f.status, f.edition, f.source, f.valid_from, f.valid_to
      FROM factor f LEFT JOIN material_class c ON c.id = f.class_id
     WHERE f.id IN (SELECT jsonb_array_elements_text(run.summary -> 'factor_ids')::int
                      FROM run WHERE run.id = :run)
     ORDER BY f.kind, c.code, f.key
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTables:
    """One run's plan, ready to show or to export.

    `matches` is a GeoDataFrame of lines from donor site to project, `lots` and `requirements` of points
    (all EPSG:25832); `unmet` is a plain table whose `stopped` column counts lots by reason; `factors` is a
    plain table of the numbers the plan rests on, `status` telling the sourced from the assumptions;
    `projects` tells the design option chosen and the worth of the budget of each project that has options or
    a budget.
    """

    run: dict[str, Any]
    matches: gpd.GeoDataFrame
    unmet: pd.DataFrame
    lots: gpd.GeoDataFrame
    requirements: gpd.GeoDataFrame
    factors: pd.DataFrame = field(default_factory=pd.DataFrame)
    projects: pd.DataFrame = field(default_factory=pd.DataFrame)


def _frame(session: Session, query: TextClause, run_id: UUID) -> pd.DataFrame:
    result = session.execute(query, {"run": run_id})
    return pd.DataFrame([tuple(row) for row in result], columns=list(result.keys()))


def _with_points(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["x"], frame["y"]), crs=SRID)


def _with_lines(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    ends = frame[["donor_x", "donor_y", "project_x", "project_y"]].to_numpy(dtype=float)
    lines = [LineString([(ax, ay), (bx, by)]) for ax, ay, bx, by in ends]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(lines, crs=SRID, index=frame.index), crs=SRID)


def read_plan_tables(session: Session, *, run_id: UUID) -> PlanTables:
    """Read an existing run's plan as tables.

    Quantities are given in the class's unit (floats for showing; `steps` holds the exact integer), money in
    oere, emissions in grams, distance in metres.
    """
    run = session.execute(_RUN, {"run": run_id}).mappings().one()
    return PlanTables(
        run=dict(run),
        matches=_with_lines(_frame(session, _MATCHES, run_id)),
        unmet=_frame(session, _UNMET, run_id),
        lots=_with_points(_frame(session, _LOTS, run_id)),
        requirements=_with_points(_frame(session, _REQUIREMENTS, run_id)),
        factors=_frame(session, _FACTORS, run_id),
        projects=_frame(session, _PROJECTS, run_id),
    )
