# SPDX-License-Identifier: EUPL-1.2
"""The kinds of files there are: the layout of each, and who imports it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.import_counts import Progress, ignore_progress
from inventory.imports.building_layout import BUILDING_LAYOUT
from inventory.imports.buildings import import_buildings
from inventory.imports.demolition_layout import DEMOLITION_LAYOUT
from inventory.imports.demolitions import import_demolitions
from inventory.imports.headers import Layout
from inventory.imports.hub_layout import HUB_LAYOUT
from inventory.imports.hubs import import_hubs
from inventory.imports.lot_layout import LOT_LAYOUT
from inventory.imports.lots import import_lots
from inventory.imports.mapping import FileMapping
from inventory.imports.report import ImportReport
from inventory.imports.requirement_layout import REQUIREMENT_LAYOUT
from inventory.imports.requirements import import_requirements

LAYOUTS: Mapping[str, Layout] = {
    layout.kind: layout
    for layout in (BUILDING_LAYOUT, LOT_LAYOUT, REQUIREMENT_LAYOUT, HUB_LAYOUT, DEMOLITION_LAYOUT)
}


def import_kind(
    session: Session,
    path: Path,
    *,
    kind: str,
    today: date,
    mapping: FileMapping | None = None,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import a file of a kind, by the importer of that kind.

    Raises
    ------
    FileRefusedError
        If the file as a whole cannot be used.
    """
    dated = {"buildings": import_buildings, "demolitions": import_demolitions}
    if kind in dated:
        return dated[kind](session, path, today=today, mapping=mapping, progress=progress)
    importers = {"lots": import_lots, "requirements": import_requirements, "hubs": import_hubs}
    return importers[kind](session, path, mapping=mapping, progress=progress)
