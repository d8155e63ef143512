# SPDX-License-Identifier: EUPL-1.2
"""The report of an import: what became of each row, and what was found in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inventory.imports.messages import Severity
from inventory.imports.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a file; `row` is the row seen in a spreadsheet, None for the whole file."""

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    severity: Severity
    code: str
    message_da: str
    message_en: str
    mend_da: str
    mend_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did; ``rows == inserted + updated + unchanged + refused``. `table` is what was read."""

    kind: str
    file: str
    sheet: str
    file_format: str
    encoding: str
    header_row: int
    rows: int
    blank: int
    inserted: int
    updated: int
    unchanged: int
    refused: int
    warned: int
    dry_run: bool
    figures: Mapping[str, int]
    findings: tuple[Finding, ...]
    table: Table = field(repr=False, compare=False)

    @property
    def taken(self) -> int:
        """Rows that are now in the database (or would be, in a dry run)."""
        return self.rows - self.refused

    def make_document(self) -> dict[str, Any]:
        """Turn the report into plain values for JSON; findings are a list of records."""
        names = [name for name in self.__dataclass_fields__ if name not in ("findings", "figures", "table")]
        return {
            "version": 1,
            **{name: getattr(self, name) for name in names},
            "taken": self.taken,
            "figures": dict(self.figures),
            "codes": dict(sorted(Counter(finding.code for finding in self.findings).items())),
            "findings": [
                {name: getattr(finding, name) for name in Finding.__dataclass_fields__}
                for finding in self.findings
            ],
        }

    def count(self) -> dict[str, Any]:
        """Give the counts alone, for the record of the import; what was guessed of the file beside them."""
        names = ("rows", "inserted", "updated", "unchanged", "refused", "warned", "blank", "file_format")
        return {
            **{name: getattr(self, name) for name in names},
            "codes": dict(sorted(Counter(finding.code for finding in self.findings).items())),
        }
