# SPDX-License-Identifier: EUPL-1.2
"""One value of a search as it stands in the address: read, or refused in the page's language."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from inventory.queries.search.search import MOST_VERTICES, PLACES, LonLat

T = TypeVar("T")

# Denmark with its waters, in degrees, so wide that nobody who means it is refused. No place on land has the
# same number for north and east, so the order of the two tells itself.
_EAST = (7.0, 16.0)
_NORTH = (54.0, 58.5)
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")
_WHOLE = re.compile(r"[0-9]{1,6}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


class UnreadableError(ValueError):
    """A value of the address; its only argument is the sentence for the page."""


@dataclass(slots=True, kw_only=True)
class ValueReader:
    """Reads the values of an address; `refused` holds a sentence for each name whose value was left out."""

    arguments: MultiDict[str, str]
    refused: dict[str, str] = field(default_factory=dict)

    def one(self, name: str, read: Callable[[str], T]) -> T | None:
        """Read the first value of a name; None where there is none, or it is refused."""
        values = self.many(name, read)
        return values[0] if values else None

    def many(self, name: str, read: Callable[[str], T]) -> tuple[T, ...]:
        """Read every value of a name, each once, in the order given."""
        values: list[T] = []
        for given in self.arguments.getlist(name):
            if not given.strip():
                continue
            try:
                value = read(given.strip())
            except UnreadableError as error:
                self.refused[name] = str(error)
                continue
            if value not in values:
                values.append(value)
        return tuple(values)


def among(known: Collection[str]) -> Callable[[str], str]:
    """Make the reader of a code that must be one of those known."""

    def read(given: str) -> str:
        if given not in known:
            raise UnreadableError(gettext("There is no such choice."))
        return given

    return read


def read_day(given: str) -> date:
    """Read a day.

    Raises
    ------
    UnreadableError
        It is none. So with all readers of this module.
    """
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UnreadableError(gettext("This is not a day. Write it as 2027-05-31.")) from error


def read_month(given: str) -> date:
    """Read a month as its first day."""
    try:
        if _MONTH.fullmatch(given):
            return date.fromisoformat(f"{given}-01")
    except ValueError:
        pass
    raise UnreadableError(gettext("This is not a month. Write it as 2027-05."))


def read_number(given: str) -> Decimal:
    """Read a number that is not negative, with decimal point or comma and at most two decimals."""
    if not _NUMBER.fullmatch(given):
        raise UnreadableError(
            gettext("This is not a number. Write it without separators, such as 5000 or 2.5.")
        )
    return Decimal(given.replace(",", "."))


def read_whole(given: str) -> int:
    """Read a whole number that is not negative."""
    if not _WHOLE.fullmatch(given):
        raise UnreadableError(gettext("This is not a whole number. Write it as 2400."))
    return int(given)


def read_lonlat(given: str) -> LonLat:
    """Read a place written as two degrees, east and north in whatever order."""
    parts = given.replace(",", " ").split()
    try:
        first, second = (round(float(part), PLACES) for part in parts)
    except ValueError as error:
        raise UnreadableError(gettext("This is not a place. Write it as 10.2,56.15.")) from error
    for lon, lat in ((first, second), (second, first)):
        if _EAST[0] <= lon <= _EAST[1] and _NORTH[0] <= lat <= _NORTH[1]:
            return (lon, lat)
    raise UnreadableError(gettext("The place lies outside Denmark."))


def read_area(given: str) -> tuple[LonLat, ...]:
    """Read the corners of a drawn area: "10.1 56.1,10.2 56.1,10.2 56.2"."""
    corners = [read_lonlat(corner) for corner in given.split(",")]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(set(corners)) < 3:
        raise UnreadableError(gettext("An area needs three corners or more."))
    if len(corners) > MOST_VERTICES:
        raise UnreadableError(gettext("An area may have %(num)s corners at most.", num=MOST_VERTICES))
    return tuple(corners)


def read_box(given: str) -> tuple[float, float, float, float]:
    """Read a box: west, south, east, north in degrees."""
    try:
        west, south, east, north = (round(float(side), PLACES) for side in given.split(","))
    except ValueError as error:
        raise UnreadableError(gettext("This is not a box. Write it as west,south,east,north.")) from error
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
        raise UnreadableError(gettext("This is not a box. Write it as west,south,east,north."))
    if west < _EAST[0] - 10 or east > _EAST[1] + 10 or south < _NORTH[0] - 10 or north > _NORTH[1] + 10:
        # Farther out the database's own system means nothing; all of Denmark is inside anyway.
        west, east = max(west, _EAST[0] - 10), min(east, _EAST[1] + 10)
        south, north = max(south, _NORTH[0] - 10), min(north, _NORTH[1] + 10)
        if west >= east or south >= north:
            raise UnreadableError(gettext("The place lies outside Denmark."))
    return (west, south, east, north)
