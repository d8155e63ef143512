# SPDX-License-Identifier: EUPL-1.2
"""How every importer of a table begins: read it, look at its rows as such, and know what there is."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress
from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.municipalities import MunicipalityIndex
from inventory.imports.cells.number import NumberStyle
from inventory.imports.cells.places import Geography, read_geography
from inventory.imports.checked_table import check_table, guess_table_style
from inventory.imports.findings import Findings
from inventory.imports.headers import Layout
from inventory.imports.mapping import FileMapping
from inventory.imports.refusal import FileRefusedError
from inventory.imports.shared_places import RowPlaces, read_places
from inventory.imports.shared_rows import require_cells
from inventory.imports.table import Table
from inventory.imports.table_reading import read_table
from inventory.queries.imports.keys import list_known_classes, map_municipalities


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file whose columns are not read yet: rows that lack a needed cell are refused already.

    `classes` is empty where the file has no column of classes.
    """

    findings: Findings
    style: NumberStyle
    classes: ClassIndex
    municipalities: MunicipalityIndex
    geography: Geography

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.findings.table

    def read_places(self) -> RowPlaces:
        """Read what each row says of its place."""
        return read_places(
            self.findings, style=self.style, municipalities=self.municipalities, geography=self.geography
        )


def open_file(
    session: Session,
    path: Path,
    *,
    layout: Layout,
    sheet: str | None,
    mapping: FileMapping | None,
    progress: Progress,
) -> OpenedFile:
    """Open a file of a layout.

    Parameters
    ----------
    session
        To look up classes, municipalities and their areas.
    path, layout, sheet, mapping
        As `inventory.imports.table_reading.read_table`.
    progress
        Told when the file is read.

    Raises
    ------
    FileRefusedError
        If the file as a whole cannot be used, or the database has no reference data.
    """
    progress("read", 0, 1)
    table = read_table(path, layout=layout, sheet=sheet, mapping=mapping)
    progress("read", 1, 1)
    of_classes, municipalities = "class" in layout.by_name, map_municipalities(session)
    classes = list_known_classes(session) if of_classes else []
    if not municipalities or (of_classes and not classes):
        expected = "material_class, municipality" if of_classes else "municipality"
        raise FileRefusedError(file=table.file, code="not_seeded", expected=expected)
    findings = check_table(table, layout=layout)
    require_cells(findings, layout=layout)
    return OpenedFile(
        findings=findings,
        style=guess_table_style(table, layout=layout),
        classes=ClassIndex(classes),
        municipalities=MunicipalityIndex(municipalities),
        geography=read_geography(session),
    )
