# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the map, in terms of its marks, and whether cells know the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Text, any_, bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeEngine

from inventory.queries.map.parts import Part, choose_part
from inventory.queries.offers import AnySelect
from inventory.queries.projects.requirements import answer_requirements
from inventory.queries.search.answer import select_ids
from inventory.queries.search.search import Found, Search
from inventory.tables import MapMark, MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MapQuestion:
    """Which marks are asked for; empty fields let everything through.

    Parameters
    ----------
    class_ids : tuple of int, optional
        Classes with all that is below them; empty where nothing is of the class asked for.
    start, end : date, optional
        First day, and day after the last, of a window that a mark's own must meet.
    municipalities : tuple of str, optional
        Codes; empty where the regions asked for have none.
    firmness, screening, basis
        Of lots alone; requirements stay as they are.
    counted_only : bool
        Leave out lots that no run may use.
    lots, requirements : Select, optional
        Ids of those that answer what no column of a mark tells.
    """

    class_ids: tuple[int, ...] | None = None
    start: date | None = None
    end: date | None = None
    municipalities: tuple[str, ...] | None = None
    firmness: tuple[str, ...] = ()
    screening: tuple[str, ...] = ()
    basis: str | None = None
    counted_only: bool = True
    lots: AnySelect | None = None
    requirements: AnySelect | None = None

    def is_plain(self, kind: MarkKind) -> bool:
        """Say whether all that is asked of a kind of marks, its window aside, is something cells part by."""
        about_lots = kind is MarkKind.LOT
        ids = self.lots if about_lots else self.requirements
        return ids is None and self.municipalities is None and (self.counted_only or not about_lots)

    @property
    def is_of_marks(self) -> bool:
        """Say whether marks tell all that is asked, so that only a changed mark can change the answer."""
        return self.lots is None and self.requirements is None

    def choose(self, kind: MarkKind, *, zoom: int) -> Part | None:
        """Choose the part of the cells that answers for a kind of marks; None where marks are counted."""
        about_lots = kind is MarkKind.LOT
        whole_months = all(day is None or day.day == 1 for day in (self.start, self.end))
        if not whole_months or not self.is_plain(kind):
            return None
        asked = {
            "class_id": self.class_ids is not None,
            "month": self.start is not None or self.end is not None,
            "firmness": about_lots and bool(self.firmness),
            "screening": about_lots and bool(self.screening),
            "basis": about_lots and self.basis is not None,
        }
        return choose_part([name for name, is_asked in asked.items() if is_asked], zoom=zoom)

    def outline(self) -> MapQuestion:
        """Give a question about the same things with nothing in it: statements of both are the same text."""
        return replace(
            self,
            class_ids=None if self.class_ids is None else (),
            start=_blank_day(self.start),
            end=_blank_day(self.end),
            municipalities=None if self.municipalities is None else (),
            firmness=("",) if self.firmness else (),
            screening=("",) if self.screening else (),
            basis=self.basis and "",
        )

    def values(self) -> dict[str, Any]:
        """Give the values of the parameters that statements about the question have."""
        return {
            "class_ids": list(self.class_ids or ()),
            "start": self.start,
            "end": self.end,
            "start_month": None if self.start is None else count_month(self.start),
            "end_month": None if self.end is None else count_month(self.end),
            "municipalities": list(self.municipalities or ()),
            "firmness": list(self.firmness),
            "screening": list(self.screening),
            "basis": self.basis,
        }

    def conditions(self, kind: MarkKind) -> list[ColumnElement[bool]]:
        """Write what is asked as conditions on marks, with parameters for the values."""
        about_lots = kind is MarkKind.LOT
        found: list[ColumnElement[bool]] = [MapMark.kind == literal_column(f"'{kind.value}'")]
        if self.class_ids is not None:
            found.append(is_any(MapMark.class_id, "class_ids", of=Integer()))
        if self.start is not None:
            found.append(MapMark.available_to > bindparam("start", None, Date))
        if self.end is not None:
            found.append(MapMark.available_from < bindparam("end", None, Date))
        if self.municipalities is not None:
            found.append(is_any(MapMark.municipality_code, "municipalities", of=Text()))
        ids = self.lots if about_lots else self.requirements
        if ids is not None:
            found.append(MapMark.id.in_(ids))
        if not about_lots:
            return found
        if self.counted_only:
            found.append(MapMark.not_counted.is_(None))
        if self.firmness:
            found.append(is_any(MapMark.firmness, "firmness", of=Text()))
        if self.screening:
            found.append(is_any(MapMark.screening, "screening", of=Text()))
        if self.basis is not None:
            found.append(MapMark.basis == bindparam("basis", None, Text))
        return found


def is_any(column: Any, name: str, *, of: TypeEngine[Any]) -> ColumnElement[bool]:
    """State that a column is any of the values of a parameter, an array."""
    condition: ColumnElement[bool] = column == any_(bindparam(name, None, ARRAY(of)))
    return condition


def ask_map(search: Search, *, cover: Callable[[], ColumnElement[Any] | None] | None = None) -> MapQuestion:
    """Put a resolved search into terms of marks.

    What no column of a mark tells is asked of lots and requirements themselves, as the list does: their
    statements have the parameter `today`. Only those whose exact points touch what `cover` gives, a box of
    EPSG:25832, are then looked at; where marks tell all it is not asked.
    """
    found = search.found or Found()
    places = search.near or search.area or search.box or search.text
    beyond = (
        places
        or search.months
        or search.at_least is not None
        or search.bounds
        or search.states
        or search.documentation
        or search.completeness is not None
        or search.enough_to_offer
        or search.most_price is not None
        or search.decide_from is not None
    )
    within = cover() if cover is not None and (beyond or places) else None
    return MapQuestion(
        class_ids=found.class_ids if search.classes else None,
        start=search.start,
        end=search.end,
        municipalities=(*search.municipalities, *found.municipalities)
        if search.municipalities or search.regions
        else None,
        firmness=search.firmness,
        screening=search.screening,
        basis=search.basis,
        counted_only=search.counted_only and not search.states,
        lots=select_ids(search, within=within) if beyond else None,
        requirements=select(answer_requirements(search, within=within).subquery("wishes_found").c.id)
        if places
        else None,
    )


def _blank_day(day: date | None) -> date | None:
    """Give a day that is the first of a month where the given one is: cells know whole months alone."""
    return None if day is None else date.min.replace(day=1 if day.day == 1 else 2)


def count_month(day: date) -> int:
    """Count the months from the year 0 to a day's, as cells do."""
    return day.year * 12 + day.month - 1
