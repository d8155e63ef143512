# SPDX-License-Identifier: EUPL-1.2
"""Paper for PDFs: A4 with a foot on every page, and text in the letters its font has."""

from __future__ import annotations

from typing import Any, Literal

from fpdf import FPDF

EDGE, LINE = 15.0, 5.0
SMALL, PLAIN, HEAD, TITLE = 8, 9, 11, 16
NEXT: dict[str, Any] = {"new_x": "LMARGIN", "new_y": "NEXT"}
"""To begin the next thing below at the margin."""

# Helvetica of PDF knows Latin-1 alone; these have an equal there.
_PLAINER = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "…": "...",
        "“": '"',
        "”": '"',
        "’": "'",
        "₂": "2",
        "−": "-",
        "≥": ">=",
        "≤": "<=",
        "→": "->",
        "\N{NARROW NO-BREAK SPACE}": " ",
    }
)


class Paper(FPDF):
    """A4 with the number of the page at the foot."""

    def __init__(
        self, *, foot: str, orientation: Literal["portrait", "landscape"] = "portrait", edge: float = EDGE
    ) -> None:
        super().__init__(format="A4", orientation=orientation)
        self._foot, self._edge = foot, edge
        self.set_margins(edge, edge)
        self.set_auto_page_break(True, margin=2 * EDGE)

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-EDGE)
        self.set_font("helvetica", "", SMALL)
        self.cell(0, LINE, f"{self._foot} {self.page_no()}/{{nb}}", align="R")


def fit_letters(text: str) -> str:
    """Put a question mark for letters the font has none of: it has the Danish ones."""
    return text.translate(_PLAINER).encode("latin-1", "replace").decode("latin-1")
