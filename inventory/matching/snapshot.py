# SPDX-License-Identifier: EUPL-1.2
"""One REPEATABLE READ look at the database, as a problem."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
from pyarrow import compute as pc
from sqlalchemy import Connection, Engine, Select, text

from inventory.matching.facts import Facts, read_facts
from inventory.matching.lay_requirements import (
    list_numbers,
    list_waits,
    make_projects,
    make_requirements,
)
from inventory.matching.params import RunParams
from inventory.matching.read_classes import (
    make_classes,
    make_lot_defaults,
    make_vehicles,
    read_class_rows,
    read_substitutes,
)
from inventory.matching.read_hubs import measure_floors, read_hubs
from inventory.matching.read_lots import RATES, read_lots, resolve_rate
from inventory.matching.read_places import read_roads, read_sites
from inventory.matching.read_requirements import read_requirements
from inventory.tables.attribute import ATTRIBUTES
from matcher.problem.columns import (
    DOCUMENTATION_CODES,
    FIRMNESS_CODES,
    NONE,
    OPEN,
    SCREENING_CODES,
    UNKNOWN,
)
from matcher.problem.problem import Problem, make_problem

Table = dict[str, Any]
Nearby = Callable[[pa.Table, dict[int, list[int]]], Select[UUID]]
Alter = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a run saw.

    `lots` and `requirements` are the rows as read, by which a row that moved later is told. `left_out`
    counts those without a place, which no lorry can find.
    """

    problem: Problem
    params: RunParams
    lots: pa.Table
    requirements: pa.Table
    taken_at: datetime
    factor_ids: list[int]
    editions: list[dict[str, object]]
    left_out: dict[str, int]


def read_snapshot(
    engine: Engine,
    *,
    params: RunParams,
    project_id: UUID | None = None,
    nearby: Nearby | None = None,
    alter: Alter | None = None,
    booked_too: bool = False,
) -> Snapshot:
    """Read lots, requirements, factors and roads as one problem, all as of the same instant.

    Parameters
    ----------
    engine
        The database.
    params
        What a run chooses.
    project_id
        Only the requirements of this project.
    nearby
        Given the requirements read and for each class the classes that may serve it (by number), selects the
        ids of the lots to read; all of those classes where it is left out.
    alter
        Changes the requirements read before anything rests on them: what they would be, were they otherwise.
    booked_too
        Whether pieces that are sawn and booked are still wanted.

    Raises
    ------
    MissingFactorError
        A class in use has no price or emission in force.
    """
    with (
        engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
        connection.begin(),
    ):
        connection.execute(text("SET TRANSACTION READ ONLY"))
        return _read(
            connection,
            params=params,
            taken_at=connection.execute(text("SELECT transaction_timestamp()")).scalar_one(),
            project_id=project_id,
            nearby=nearby,
            alter=alter,
            booked_too=booked_too,
        )


def _read(
    connection: Connection,
    *,
    params: RunParams,
    taken_at: datetime,
    project_id: UUID | None,
    nearby: Nearby | None,
    alter: Alter | None,
    booked_too: bool,
) -> Snapshot:
    facts = read_facts(connection, as_of=params.as_of)
    requirements = read_requirements(connection, params=params, project_id=project_id, booked_too=booked_too)
    if alter is not None:
        requirements = alter(requirements)
    wanted = set(requirements["class"].to_pylist())
    all_rows = read_class_rows(connection)
    substitutes = read_substitutes(connection, codes={row.id: row.code for row in all_rows})
    by_code = {row.code: row.id for row in all_rows}
    # A class that nothing asks for and that stands in for nothing asked for is not part of the problem.
    serving = {number: [number] for number in sorted(wanted)}
    for asked, offered in zip(substitutes["class"], substitutes["substitute"], strict=True):
        if by_code[asked] in wanted:
            serving[by_code[asked]].append(by_code[offered])
    offered_ids = {number for numbers in serving.values() for number in numbers}
    rows = [row for row in all_rows if row.id in offered_ids]
    lots = read_lots(
        connection,
        quantile=params.quantile,
        class_ids=sorted(offered_ids),
        within=None if nearby is None else nearby(requirements, serving),
    )
    left_out = {
        "lots_without_place": lots["point"].null_count,
        "requirements_without_place": requirements["point"].null_count,
    }
    lots, requirements = (
        lots.filter(lots["point"].is_valid()),
        requirements.filter(requirements["point"].is_valid()),
    )
    codes = {row.id: row.code for row in rows}
    hubs = read_hubs(connection, facts=facts)
    places = {name for table in (lots, requirements) for name in table["site"].to_pylist()}
    sites = read_sites(connection, ids=places | set(hubs["site"]))
    waits = dict(zip(sites["id"], sites.pop("storage_days"), strict=True))
    classes = make_classes(rows, facts=facts)
    if hubs["id"]:
        classes["area_cm2"] = measure_floors(classes["volume_ml"], facts=facts)
    problem = make_problem(
        params=name_params(params),
        classes=classes,
        substitutes=_keep_known(substitutes, known=set(codes.values())),
        vehicles=make_vehicles(facts=facts, trip_costs=params.trip_costs),
        roads=read_roads(connection),
        sites=sites,
        lots=_make_lots(lots, site_ids=sites["id"], rows=rows, facts=facts)
        | {"site_storage_days": list_waits(lots, waits=waits, empty=NONE)},
        requirements=make_requirements(requirements, codes=codes, rows=rows, classes=classes)
        | {"builder_storage_days": list_waits(requirements, waits=waits, empty=0)},
        projects=make_projects(requirements),
        hubs=hubs,
    )
    return Snapshot(
        problem=problem,
        params=params,
        lots=lots,
        requirements=requirements,
        taken_at=taken_at,
        factor_ids=sorted(facts.used),
        editions=facts.editions(),
        left_out=left_out,
    )


def name_params(params: RunParams) -> Table:
    """Return the params of a run as a problem calls them."""
    return {
        "carbon_price_ore_per_tonne": params.carbon_price_ore_per_tonne,
        "detour_permille": params.detour_permille,
        "near_metres": params.near_metres,
        "default_max_metres": params.default_max_metres,
        "cap_metres": params.cap_metres,
        "default_storage_days": params.default_storage_days,
        "count_transfers": params.count_transfers,
        "fair_share": params.fair_share_permille,
        "fair_weight": params.fair_weight_permille,
        "quantile": params.quantile,
        "selection": params.selection,
    }


def _keep_known(substitutes: Table, *, known: set[str]) -> Table:
    keep = [
        row
        for row, (asked, offered) in enumerate(
            zip(substitutes["class"], substitutes["substitute"], strict=True)
        )
        if asked in known and offered in known
    ]
    return {name: [values[row] for row in keep] for name, values in substitutes.items()}


def _find_rows(table: pa.Table, column: str, *, among: Sequence[str]) -> Any:
    """Give the place of each text among some; NaN where it is empty: texts one by one cost much more."""
    known = pa.array(among, type=pa.string())
    places = pc.index_in(table[column], value_set=known)  # type: ignore[attr-defined]  # made while it loads
    return places.to_numpy(zero_copy_only=False)


def _make_lots(table: pa.Table, *, site_ids: list[str], rows: list[Any], facts: Facts) -> Table:
    defaults = make_lot_defaults(rows, facts=facts)
    by_class = {
        rate: {row.id: value for row, value in zip(rows, values, strict=True)}
        for rate, values in defaults.items()
    }
    numbers = table["class"].to_pylist()
    places = {row.id: place for place, row in enumerate(rows)}
    return {
        "id": table["id"].to_pylist(),
        "class": np.array([places[number] for number in numbers], dtype=np.int32),
        "site": _find_rows(table, "site", among=site_ids),
        "quantity": table["quantity"].to_numpy(),
        "available_from": table["available_from"].to_numpy(),
        "available_to": table["available_to"].to_numpy(),
        "decide_by": list_numbers(table, "decide_by", empty=OPEN),
        **{rate: resolve_rate(table, rate=rate, by_class=by_class[rate]) for rate in RATES},
        "preparation_co2e_mg": np.array(
            [by_class["preparation_co2e_mg"][number] for number in numbers], dtype=float
        ),
        "documentation": _find_rows(table, "documentation", among=DOCUMENTATION_CODES),
        "screening": _find_rows(table, "screening", among=SCREENING_CODES),
        "counts_zero": table["counts_zero"].to_pylist(),
        "estimated": table["estimated"].to_pylist(),
        "firmness": _find_rows(table, "firmness", among=FIRMNESS_CODES),
        **{
            f"attribute.{name}": list_numbers(table, f"attribute.{name}", empty=UNKNOWN)
            for name in ATTRIBUTES
        },
        "minimum_take": table["minimum_take"].to_numpy(),
        "indivisible": table["indivisible"].to_pylist(),
        "kind": table["kind"].fill_null("").to_pylist(),
        "public": table["public"].to_pylist(),
        **{name: table[name].fill_null(NONE).to_numpy() for name in ("low", "likely", "high")},
    }
