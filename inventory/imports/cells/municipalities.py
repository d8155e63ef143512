# SPDX-License-Identifier: EUPL-1.2
"""Municipalities of files: four-digit codes or names."""

from collections.abc import Mapping

from inventory.imports.cells.problem import Cell, Parsed, refuse_cell, show_cell
from inventory.imports.cells.spelling import fold_text, suggest_words


class MunicipalityIndex:
    """Finds a municipality by its code or its name, with or without "Kommune"."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Index the municipalities.

        Parameters
        ----------
        names
            Four-digit code -> name.
        """
        self._names = dict(names)
        self._codes = {fold_text(name): code for code, name in names.items()}

    def name(self, code: str) -> str:
        """Give the name of a municipality by its code; the code itself where it is not known."""
        return self._names.get(code, code)

    def parse(self, cell: Cell) -> Parsed[str]:
        """Read a municipality as its four-digit code.

        Parameters
        ----------
        cell
            Code (``0461``, ``461``, 461.0) or name (``Odense``, ``Odense Kommune``).

        Returns
        -------
        Parsed of str
            Problem ``municipality_unknown``.
        """
        if cell is None:
            return Parsed()
        text = show_cell(cell)
        if text.isascii() and text.isdigit():
            code = text.zfill(4)
            return Parsed(value=code) if code in self._names else refuse_cell("municipality_unknown")
        folded = fold_text(text).removesuffix("kommune")
        found = self._codes.get(folded) or self._codes.get(folded.removesuffix("s"))
        if found is not None:
            return Parsed(value=found)
        return refuse_cell("municipality_unknown", suggested=suggest_words(text, known=self._names.values()))
