# SPDX-License-Identifier: EUPL-1.2
"""Writing buildings of the register and their donor sites, many at a time."""

from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.actions.bulk.copying import copy_rows
from inventory.actions.bulk.counts import Progress, RowsWritten, ignore_progress
from inventory.actions.bulk.upsert import count_written, upsert_statement
from inventory.actions.estimate import ASSUMED, WINDOW_ASSUMED
from inventory.tables.site import Firmness

REGISTER_SOURCE = "BBR forretningsproces"
FILE_SOURCE = "file"

SITE_TYPES: Mapping[str, str] = {
    "site_id": "uuid",
    "ref": "text",
    "name": "text",
    "address": "text",
    "postcode": "text",
    "town": "text",
    "municipality_code": "text",
    "x": "double precision",
    "y": "double precision",
    "land_mass": "text",
    "road_node": "text",
    "available_from": "date",
    "available_to": "date",
    "firmness": "text",
    "case_firmness": "text",
}
BUILDING_TYPES: Mapping[str, str] = {
    "bbr_id": "uuid",
    "status_code": "integer",
    "case_code": "integer",
    "use_code": "integer",
    "year_built": "integer",
    "year_rebuilt": "integer",
    "floors": "integer",
    "footprint_m2": "numeric",
    "total_area_m2": "numeric",
    "dwelling_area_m2": "numeric",
    "business_area_m2": "numeric",
    "wall_code": "integer",
    "roof_code": "integer",
    "wall2_code": "integer",
    "roof2_code": "integer",
    "asbestos_code": "integer",
    "material_source_code": "integer",
    "heating_code": "integer",
    "listed_code": "integer",
    "standing": "boolean",
    "outbuilding": "boolean",
    "register_date": "timestamptz",
    "source": "text",
    "oddities": "text[]",
}
BUILDING_ROW: tuple[str, ...] = (*SITE_TYPES, *BUILDING_TYPES)

# A window from a file stands until a file says otherwise; one from elsewhere (a permit, a planner's
# assumption) is left alone where the file says nothing. What the register's case gave goes with it.
# Beside an assumed window the firmness is what file or register say now, and the source goes on saying
# that the window is assumed; where nobody says anything any more, the firmness is assumed too.
_SETTLE_WINDOWS = """
UPDATE import_building AS new SET
    available_from = CASE WHEN keeps.window THEN old.available_from ELSE new.available_from END,
    available_to = CASE WHEN keeps.window THEN old.available_to ELSE new.available_to END,
    firmness = CASE
        WHEN held.assumed AND new.firmness IS NOT NULL THEN new.firmness
        WHEN held.assumed AND keeps.file THEN old.firmness
        WHEN held.assumed AND new.case_firmness IS NOT NULL THEN new.case_firmness
        WHEN held.assumed AND old.firmness_source <> :assumed THEN :possible
        WHEN keeps.firmness THEN old.firmness
        WHEN new.firmness IS NOT NULL THEN new.firmness
        ELSE new.case_firmness END,
    firmness_source = CASE
        WHEN held.assumed AND new.firmness IS NOT NULL THEN :file_source || :window_assumed
        WHEN held.assumed AND keeps.file THEN old.firmness_source
        WHEN held.assumed AND new.case_firmness IS NOT NULL
            THEN :register_source || ' ' || new.case_code || :window_assumed
        WHEN held.assumed THEN :assumed
        WHEN keeps.firmness THEN old.firmness_source
        WHEN new.firmness IS NOT NULL THEN :file_source
        WHEN new.case_firmness IS NOT NULL THEN :register_source || ' ' || new.case_code END
FROM import_building AS same
LEFT JOIN site AS old ON old.id = same.site_id
CROSS JOIN LATERAL (
    SELECT same.available_from IS NULL AND old.available_from IS NOT NULL
        AND NOT (:own_columns AND old.firmness_source IS NOT DISTINCT FROM :file_source) AS window,
        same.standing AND same.available_from IS NULL
        AND (old.firmness_source = :assumed
             OR right(old.firmness_source, length(:window_assumed)) = :window_assumed) AS assumed
) AS held
CROSS JOIN LATERAL (
    SELECT held.window,
        NOT :own_columns AND old.firmness_source = :file_source || :window_assumed AS file,
        same.firmness IS NULL AND old.firmness IS NOT NULL
        AND NOT (:own_columns AND old.firmness_source IS NOT DISTINCT FROM :file_source)
        AND (held.window OR old.firmness_source IS NULL
             OR old.firmness_source NOT LIKE :register_source || '%') AS firmness
) AS keeps
WHERE new.site_id = same.site_id
"""


def write_buildings(
    session: Session,
    *,
    rows: Sequence[Sequence[object]],
    own_columns: bool,
    progress: Progress = ignore_progress,
) -> RowsWritten:
    """Insert or update buildings and their sites; what is the same already is left untouched.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rows
        Values in the order of `BUILDING_ROW`, at most one row per building. `firmness` is the
        file's own, `case_firmness` what the register's case means.
    own_columns
        Whether the file has window columns at all: then an empty window takes back one that an
        earlier file gave.
    progress
        Told about the rows copied.

    Returns
    -------
    RowsWritten
        Rows by what became of their building or site.
    """
    copy_rows(
        session,
        table="import_building",
        types={**SITE_TYPES, **BUILDING_TYPES, "firmness_source": "text"},
        rows=((*row, None) for row in rows),
        total=len(rows),
        progress=progress,
    )
    # a building known already keeps its site, whatever id that has
    session.execute(
        text(
            "UPDATE import_building AS new SET site_id = old.site_id FROM building AS old"
            " WHERE old.bbr_id = new.bbr_id AND old.site_id <> new.site_id"
        )
    )
    session.execute(
        text(_SETTLE_WINDOWS),
        {
            "file_source": FILE_SOURCE,
            "register_source": REGISTER_SOURCE,
            "own_columns": own_columns,
            "assumed": ASSUMED,
            "window_assumed": WINDOW_ASSUMED,
            "possible": Firmness.POSSIBLE.value,
        },
    )
    # the days of a demolition are somebody's word: what the register's file says of the window is not newer
    session.execute(
        text(
            "UPDATE import_building AS new SET available_from = old.available_from,"
            " available_to = old.available_to, firmness = old.firmness,"
            " firmness_source = old.firmness_source"
            " FROM site AS old JOIN demolition ON demolition.site_id = old.id WHERE old.id = new.site_id"
        )
    )
    site_columns = {
        "id": "site_id",
        "kind": "'donor'",
        "geom": "ST_SetSRID(ST_MakePoint(x, y), 25832)",
        **{
            name: name
            for name in (*SITE_TYPES, "firmness_source")
            if name not in ("site_id", "x", "y", "case_firmness")
        },
    }
    building_columns = {"site_id": "site_id", **{name: name for name in BUILDING_TYPES}}
    sites = session.execute(
        text(upsert_statement("site", source="import_building", columns=site_columns, key="id"))
    ).all()
    buildings = session.execute(
        text(upsert_statement("building", source="import_building", columns=building_columns, key="site_id"))
    ).all()
    return count_written([*buildings, *sites], total=len(rows))
