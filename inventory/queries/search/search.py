# SPDX-License-Identifier: EUPL-1.2
"""One search: what a person asks of the supply. List, facets, map and files all read this alone."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from inventory.queries.search.cells import Frame

LonLat = tuple[float, float]
"""Longitude and latitude in degrees, rounded to `PLACES` decimals."""

PLACES = 5
"""Decimals of a degree that an address carries: about a metre."""

MOST_VERTICES = 60
"""Corners a drawn area may have, so that it fits into an address."""

MOST_COUNTED = 10_000
"""Lots counted one by one; where there are more, and no kept count tells, an answer says "more than"."""

MOST_FACETED = 3_000
"""The same for each facet's choices: they are counted as often as there are filters."""

COUNTS = "counts"
"""The state of a lot that counts; the others are the codes of `NotCounted`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Within so many metres, as the crow flies, of a place: a point, a town or a project's site.

    `lon` and `lat` are the point whatever it is called; `town` (its id) and `project` say by what name the
    person asked, and `name` is that name.
    """

    lon: float
    lat: float
    metres: int
    town: int | None = None
    project: UUID | None = None
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the most an attribute may be, both included; an empty end is open."""

    attribute: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of a person's text and what it may stand for.

    `class_ids` are classes it names, with all below them; `municipalities` those it names, or whose town it
    names; `lexeme` the start of a word in a lot's own text (reference, note, name of the site); `read_as` the
    known word it was taken for where it was not one itself.
    """

    word: str
    class_ids: tuple[int, ...] = ()
    municipalities: tuple[str, ...] = ()
    lexeme: str = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the names in a search stand for in the database; `resolve_search` finds it.

    `municipalities` are those of the regions; `cheap_ids` the classes whose usual price is within the most;
    `frame` the box that circle, area and box share.
    """

    class_ids: tuple[int, ...] = ()
    municipalities: tuple[str, ...] = ()
    cheap_ids: tuple[int, ...] = ()
    terms: tuple[Term, ...] = ()
    frame: Frame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a person wants to see; empty fields let everything through.

    Parameters
    ----------
    classes : tuple of str
        Codes of classes, each with all below it in the tree.
    text : str
        Words, every one of which a lot's class, place or own text must know.
    municipalities, regions : tuple of str
        Codes; a lot in any of them answers.
    near : Near, optional
        A distance from a place.
    area : tuple of LonLat
        Corners of a drawn area, not closed.
    box : tuple of float, optional
        West, south, east, north in degrees.
    start, end : date, optional
        The first day and the day after the last of a window that the lot's own must meet.
    project_days : bool
        The window is that of the project in `near`; `start` and `end` hold its days.
    months : tuple of date
        First days of months; the lot becomes free in one of them.
    at_least : Decimal, optional
        Least quantity of each lot, in its class's unit.
    wanted : Decimal, optional
        A quantity several lots are to reach together; it leaves nothing out.
    bounds : tuple of Bounds
        Dimensions and other attributes; a lot that does not state one does not answer.
    screening, firmness, states : tuple of str
        Codes; `states` are `COUNTS` or codes of `NotCounted`.
    documentation, basis : str, optional
        The least documentation; how the quantity is known.
    most_price : Decimal, optional
        Most kroner per unit asked for the goods; the lot's own price, else the factor's.
    completeness : int, optional
        How complete the papers are at least, 0 to 100; an estimate has none.
    enough_to_offer : bool
        All is known that who takes it down can give: place, year, count, photos and screening.
    decide_from : date, optional
        The lot can still be agreed on this day.
    counted_only : bool
        Leave out lots that no run may use; `states`, where given, says it instead.
    found : Found, optional
        What the names stand for. It follows from the rest and is no part of what is asked.
    """

    classes: tuple[str, ...] = ()
    text: str = ""
    municipalities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    near: Near | None = None
    area: tuple[LonLat, ...] = ()
    box: tuple[float, float, float, float] | None = None
    start: date | None = None
    end: date | None = None
    project_days: bool = False
    months: tuple[date, ...] = ()
    at_least: Decimal | None = None
    wanted: Decimal | None = None
    bounds: tuple[Bounds, ...] = ()
    screening: tuple[str, ...] = ()
    firmness: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    documentation: str | None = None
    basis: str | None = None
    most_price: Decimal | None = None
    completeness: int | None = None
    enough_to_offer: bool = False
    decide_from: date | None = None
    counted_only: bool = True
    found: Found | None = field(default=None, compare=False, repr=False)


EVERYTHING = Search()
"""The search that asks for nothing in particular."""
