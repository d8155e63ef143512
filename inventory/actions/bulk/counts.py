# SPDX-License-Identifier: EUPL-1.2
"""How many rows an import inserted, updated and left as they were."""

from collections.abc import Callable
from dataclasses import dataclass

# Called with the step ("read", "check", "write"), rows done and rows in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsWritten:
    """Rows of a file by what became of them in the database."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> int:
        """Rows that changed anything."""
        return self.inserted + self.updated


def ignore_progress(step: str, done: int, total: int) -> None:
    """Show no progress."""
