# SPDX-License-Identifier: EUPL-1.2
"""How headers of files are matched with the columns we know."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from inventory.imports.cells.spelling import drop_brackets, fold_text

ColumnKind = Literal[
    "text", "uuid", "class", "number", "integer", "money", "date", "yes_no", "word", "words", "code"
]
NUMBER_KINDS: frozenset[ColumnKind] = frozenset({"number", "integer", "money"})

# byg026, byg026Opførelsesår and byg026Opfoerelsesaar are one column of the register.
_REGISTER_NUMBER = re.compile(r"(byg[0-9]{3})[a-z]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file: our name, its headers in both languages, what to write in it.

    `words` names the list of `inventory.imports.cells.words` whose words the column takes.
    """

    name: str
    da: str
    en: str
    kind: ColumnKind
    help_da: str
    help_en: str
    also: tuple[str, ...] = ()
    words: str | None = None
    example_da: str = ""
    example_en: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """All headers that name this column."""
        return (self.name, self.da, self.en, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """The columns of one kind of file; of each group in `one_of`, at least one must be there."""

    kind: str
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    by_name: dict[str, Column] = field(init=False)

    def __post_init__(self) -> None:
        """Index the columns."""
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def find_missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Find required columns that are not among the given ones."""
        there = set(names)
        missing = [name for name in self.required if name not in there]
        missing += [" / ".join(group) for group in self.one_of if not there & set(group)]
        return tuple(missing)


@cache
def _index_spellings(layout: Layout) -> dict[str, str]:
    index: dict[str, str] = {}
    for column in layout.columns:
        for spelling in column.spellings:
            folded = fold_text(spelling)
            if index.setdefault(folded, column.name) != column.name:
                raise ValueError(f"header {spelling!r} names both {index[folded]} and {column.name}")
    for column in layout.columns:
        for spelling in column.spellings:
            index.setdefault(fold_text(drop_brackets(spelling)), column.name)
    return index


def match_headers(titles: Sequence[str], *, layout: Layout) -> dict[int, str]:
    """Match the titles of a row with the columns of a layout.

    Parameters
    ----------
    titles
        Cells of the row, empty texts where empty.
    layout
        The columns that may be there.

    Returns
    -------
    dict
        Position -> name of the column. Case, spaces, hyphens, underscores, Danish letters written as
        ae, oe, aa, and anything in brackets make no difference.
    """
    index = _index_spellings(layout)
    found: dict[int, str] = {}
    for at, title in enumerate(titles):
        folded = fold_text(title)
        name = index.get(folded) or index.get(fold_text(drop_brackets(title)))
        if name is None and (match := _REGISTER_NUMBER.fullmatch(folded)):
            name = index.get(match[1])
        if name is not None and folded:
            found[at] = name
    return found
