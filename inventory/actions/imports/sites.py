# SPDX-License-Identifier: EUPL-1.2
"""Writing the sites and organisations that files of lots and requirements speak of."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.upsert import note_changes, returning, upsert_statement
from inventory.tables import SiteKind, stable_id

SITE_TYPES = {
    "id": "uuid",
    "ref": "text",
    "name": "text",
    "organisation": "text",
    "municipality_code": "text",
    "town": "text",
    "x": "double precision",
    "y": "double precision",
    "land_mass": "text",
    "road_node": "text",
}


def write_organisations(session: Session, *, names: Iterable[str]) -> None:
    """Insert organisations that are not there yet; their kind is for a person to say."""
    rows = [(stable_id("organisation", name), name) for name in sorted(set(names))]
    if not rows:
        return
    copy_rows(
        session, table="import_organisation", types={"id": "uuid", "name": "text"}, rows=rows, total=len(rows)
    )
    session.execute(
        text(
            "WITH done AS (INSERT INTO organisation (id, name, kind)"  # noqa: S608 - our names
            " SELECT id, name, 'other' FROM import_organisation ON CONFLICT (name) DO NOTHING RETURNING "
            + returning("organisation", key="id")
            + ")"
            + note_changes("organisation", key="id", changed="done")
        )
    )


def write_organisation_kinds(session: Session, *, kinds: Mapping[str, str]) -> None:
    """Say what organisations are, by name; those not named stay as they are.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here. The organisations are there already.
    kinds
        Name -> code of the kind.
    """
    for kind in sorted(set(kinds.values())):
        names = sorted(name for name, its_kind in kinds.items() if its_kind == kind)
        session.execute(
            text(
                "WITH done AS (UPDATE organisation SET kind = :kind"  # noqa: S608 - our names
                " WHERE name = ANY(:names) AND kind <> :kind RETURNING "
                + returning("organisation", key="id")
                + ")"
                + note_changes("organisation", key="id", changed="done")
            ),
            {"kind": kind, "names": names},
        )


def write_keepers(session: Session, *, keepers: Mapping[uuid.UUID, str], only_empty: bool) -> set[uuid.UUID]:
    """Say which organisation has each of some sites that are there.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    keepers
        Site -> name of the organisation; one that is not known yet is added.
    only_empty
        Whether a site that has one keeps it.

    Returns
    -------
    set of UUID
        Sites that changed.
    """
    if not keepers:
        return set()
    write_organisations(session, names=keepers.values())
    copy_rows(
        session,
        table="import_keeper",
        types={"site_id": "uuid", "name": "text"},
        rows=list(keepers.items()),
        total=len(keepers),
    )
    rows = session.execute(
        text(
            "WITH done AS (UPDATE site SET organisation_id = organisation.id"  # noqa: S608 - our names
            " FROM import_keeper AS told JOIN organisation ON organisation.name = told.name"
            " WHERE site.id = told.site_id AND site.organisation_id IS DISTINCT FROM organisation.id"
            " AND (site.organisation_id IS NULL OR NOT :only_empty) RETURNING "
            + returning("site", key="id")
            + "), noted AS ("
            + note_changes("site", key="id", changed="done")
            + ") SELECT id FROM done"
        ),
        {"only_empty": only_empty},
    )
    return {row[0] for row in rows}


def write_sites(session: Session, *, kind: SiteKind, rows: Sequence[Sequence[object]]) -> set[uuid.UUID]:
    """Insert or update sites; what a file does not say stays as it is.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    kind
        Kind of new sites; one that is there keeps its own.
    rows
        Values in the order of `SITE_TYPES`, one row per site, None where the file says nothing.

    Returns
    -------
    set of UUID
        Sites that are new or changed.
    """
    write_organisations(session, names=(str(row[3]) for row in rows if row[3] is not None))
    copy_rows(
        session,
        table="import_site",
        types={**SITE_TYPES, "kind": "text", "organisation_id": "uuid", "geom": "geometry(Point, 25832)"},
        rows=((*row, kind.value, None, None) for row in rows),
        total=len(rows),
    )
    session.execute(
        text(
            "UPDATE import_site AS new SET"
            " kind = coalesce(old.kind, new.kind),"
            " name = coalesce(new.name, old.name, new.ref),"
            " organisation_id = coalesce(organisation.id, old.organisation_id),"
            " municipality_code = CASE WHEN new.x IS NULL OR old.geom IS NOT DISTINCT FROM here.geom"
            "   THEN coalesce(new.municipality_code, old.municipality_code) ELSE new.municipality_code END,"
            " town = coalesce(old.town, new.town),"
            " geom = coalesce(here.geom, old.geom),"
            " land_mass = CASE WHEN new.x IS NULL THEN old.land_mass ELSE new.land_mass END,"
            " road_node = CASE WHEN new.x IS NULL THEN old.road_node ELSE new.road_node END"
            " FROM import_site AS same"
            " LEFT JOIN site AS old ON old.id = same.id"
            " LEFT JOIN organisation ON organisation.name = same.organisation"
            " CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(same.x, same.y), 25832) AS geom) AS here"
            " WHERE new.id = same.id"
        )
    )
    names = (
        "id",
        "kind",
        "ref",
        "name",
        "organisation_id",
        "municipality_code",
        "town",
        "geom",
        "land_mass",
        "road_node",
    )
    statement = upsert_statement(
        "site", source="import_site", columns={name: name for name in names}, key="id"
    )
    return {row[0] for row in session.execute(text(statement))}
