# SPDX-License-Identifier: EUPL-1.2
"""Material classes of files: by code, Danish name or English name."""

from collections.abc import Iterable

from inventory.imports.cells.problem import Cell, Parsed, refuse_cell, show_cell
from inventory.imports.cells.spelling import fold_text, suggest_words
from inventory.queries.imports.keys import KnownClass

_MOST_NAMED = 6


class ClassIndex:
    """Finds a tradable material class by code or name and suggests the nearest on a miss."""

    def __init__(self, classes: Iterable[KnownClass]) -> None:
        """Index the classes."""
        self._classes = {known.code: known for known in classes}
        self._codes: dict[str, list[str]] = {}
        for known in self._classes.values():
            for name in (known.code, known.name_da, known.name_en):
                codes = self._codes.setdefault(fold_text(name), [])
                if known.code not in codes:
                    codes.append(known.code)

    def parse(self, cell: Cell) -> Parsed[KnownClass]:
        """Read a material class.

        Parameters
        ----------
        cell
            Code or name, in any case.

        Returns
        -------
        Parsed of KnownClass
            Problems ``class_unknown``, ``class_not_tradable``, ``class_ambiguous``.
        """
        if cell is None:
            return Parsed()
        text = show_cell(cell)
        codes = self._codes.get(fold_text(text), [])
        exact = [code for code in codes if code == text.strip().lower()]
        # of a parent and its child of one name the child is meant: a parent cannot be traded
        tradable = [code for code in codes if self._classes[code].tradable]
        if len(exact) == 1:
            codes = exact
        elif tradable:
            codes = tradable
        if len(codes) > 1:
            return refuse_cell("class_ambiguous", known=", ".join(codes))
        if not codes:
            return refuse_cell("class_unknown", suggested=self._suggest(text))
        known = self._classes[codes[0]]
        if not known.tradable:
            below = [other for other in self._classes.values() if self._is_below(other, known)][:_MOST_NAMED]
            return refuse_cell(
                "class_not_tradable",
                name_da=known.name_da,
                name_en=known.name_en,
                below_da=", ".join(other.name_da for other in below),
                below_en=", ".join(other.name_en for other in below),
            )
        return Parsed(value=known)

    def _is_below(self, other: KnownClass, parent: KnownClass) -> bool:
        above = other.parent_code
        while above is not None:
            if above == parent.code:
                return other.tradable
            above = self._classes[above].parent_code
        return False

    def _suggest(self, text: str) -> tuple[str, ...]:
        tradable = [known for known in self._classes.values() if known.tradable]
        words = [word for known in tradable for word in (known.code, known.name_da, known.name_en)]
        return suggest_words(text, known=words)
