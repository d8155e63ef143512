# SPDX-License-Identifier: EUPL-1.2
"""The kinds of files there are: the layout of each, and who imports it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, ignore_progress
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.demolitions import import_demolitions
from inventory.imports.headers import Layout
from inventory.imports.hubs import import_hubs
from inventory.imports.layouts.buildings import BUILDING_LAYOUT
from inventory.imports.layouts.demolitions import DEMOLITION_LAYOUT
from inventory.imports.layouts.hubs import HUB_LAYOUT
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.layouts.requirements import REQUIREMENT_LAYOUT
from inventory.imports.lots.importing import import_lots
from inventory.imports.mapping import FileMapping
from inventory.imports.report import ImportReport
from inventory.imports.requirements.importing import import_requirements

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
