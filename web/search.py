# SPDX-License-Identifier: EUPL-1.2
"""The search in the address: read in this one place, and written so that it reads the same."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from inventory.queries.reading import Session
from inventory.queries.search.places import find_project, find_projects_named, find_town
from inventory.queries.search.resolve import resolve_search
from inventory.queries.search.search import COUNTS, PLACES, Bounds, Near, Search
from inventory.queries.supply import NotCounted
from inventory.tables import ATTRIBUTES, Basis, Documentation, Firmness, Screening
from web.search_choices import SearchChoices
from web.search_values import (
    UnreadableError,
    ValueReader,
    among,
    read_area,
    read_box,
    read_day,
    read_lonlat,
    read_month,
    read_number,
    read_whole,
)

_KILOMETRE = 1000
USUAL_METRES = 50 * _KILOMETRE
"""How far from a place where nobody says."""

MOST_METRES = 500 * _KILOMETRE
_MOST_TEXT = 200
_WHOLE_SHARE = 100
_TOWN = "town:"

# "Gone" is left out: such a lot is past having.
FIRMNESS_CODES = tuple(code.value for code in Firmness if code != Firmness.GONE)
STATE_CODES = (
    COUNTS,
    *(code.value for code in NotCounted if code not in {NotCounted.WITHDRAWN, NotCounted.MOVED}),
)

NAMES = frozenset(
    {
        *("class", "q", "municipality", "region", "project", "near", "within", "area", "box", "from", "to"),
        *("project_days", "month", "quantity", "wanted", "screening", "firmness", "state", "documentation"),
        *("basis", "price", "decide", "completeness", "enough", "all"),
        *(f"{name}_{end}" for name in ATTRIBUTES for end in ("min", "max")),
    }
)
"""The names a search has in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSearch:
    """A search as read, resolved, and by name a sentence for every value that was left out of it."""

    search: Search
    refused: Mapping[str, str]


def read_search(
    arguments: MultiDict[str, str],
    *,
    session: Session,
    choices: SearchChoices,
    today: date,
    beside: Collection[str] = (),
) -> GivenSearch:
    """Read the search in an address; nothing is raised, and what cannot be read is left out and told.

    Parameters
    ----------
    arguments
        The query of the address.
    session, choices, today
        To find places, to know the codes there are, and the day whose prices count.
    beside
        Names that are the page's own, such as the order of its list.
    """
    given = ValueReader(arguments=arguments)
    near = _read_near(given, session=session)
    start, end, project_days = _read_window(given, session=session, near=near)
    search = Search(
        classes=given.many("class", among({code for code, _ in choices.classes})),
        text=given.one("q", _read_text) or "",
        municipalities=given.many("municipality", among({code for code, _ in choices.municipalities})),
        regions=given.many("region", among({code for code, _ in choices.regions})),
        near=near,
        area=given.one("area", read_area) or (),
        box=given.one("box", read_box),
        start=start,
        end=end,
        project_days=project_days,
        months=given.many("month", read_month),
        at_least=given.one("quantity", read_number),
        wanted=given.one("wanted", read_number),
        bounds=_read_bounds(given),
        screening=given.many("screening", among(list(Screening))),
        firmness=given.many("firmness", among(FIRMNESS_CODES)),
        states=given.many("state", among(STATE_CODES)),
        documentation=given.one("documentation", among(list(Documentation))),
        basis=given.one("basis", among(list(Basis))),
        most_price=given.one("price", read_number),
        completeness=given.one("completeness", _read_share),
        enough_to_offer=given.one("enough", _read_flag) is True,
        decide_from=given.one("decide", read_day),
        counted_only=given.one("all", _read_flag) is None,
    )
    for name in arguments:
        if name not in NAMES and name not in beside:
            given.refused[name] = gettext("Genbro knows no filter called “%(name)s”.", name=name)
    return GivenSearch(search=resolve_search(session, search, today=today), refused=given.refused)


def write_search(search: Search) -> dict[str, str | list[str]]:
    """Write a search as query parameters, what is empty left out: reading them gives the search again."""
    written: dict[str, str | list[str] | None] = {
        "class": list(search.classes),
        "q": search.text,
        "municipality": list(search.municipalities),
        "region": list(search.regions),
        **(_write_near(search.near) if search.near else {}),
        "area": ",".join(f"{lon:.{PLACES}f} {lat:.{PLACES}f}" for lon, lat in search.area),
        "box": ",".join(f"{side:.{PLACES}f}" for side in search.box or ()),
        "project_days": "1" if search.project_days else None,
        "month": [month.isoformat()[:7] for month in search.months],
        "quantity": _write_number(search.at_least),
        "wanted": _write_number(search.wanted),
        "screening": list(search.screening),
        "firmness": list(search.firmness),
        "state": list(search.states),
        "documentation": search.documentation,
        "basis": search.basis,
        "price": _write_number(search.most_price),
        "completeness": None if search.completeness is None else str(search.completeness),
        "enough": "1" if search.enough_to_offer else None,
        "decide": search.decide_from.isoformat() if search.decide_from else None,
        "all": None if search.counted_only else "1",
    }
    if not search.project_days:
        written["from"] = search.start.isoformat() if search.start else None
        written["to"] = (search.end - timedelta(days=1)).isoformat() if search.end else None
    for bounds in search.bounds:
        for end, value in (("min", bounds.least), ("max", bounds.most)):
            written[f"{bounds.attribute}_{end}"] = None if value is None else str(value)
    return {name: value for name, value in written.items() if value}


def _write_number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _write_near(near: Near) -> dict[str, str]:
    place: dict[str, str]
    if near.project is not None:
        place = {"project": str(near.project)}
    elif near.town is not None:
        place = {"near": f"{_TOWN}{near.town}"}
    else:
        place = {"near": f"{near.lon:.{PLACES}f},{near.lat:.{PLACES}f}"}
    return place | {"within": format(Decimal(near.metres) / _KILOMETRE, "f")}


def _read_text(given: str) -> str:
    if len(given) > _MOST_TEXT:
        raise UnreadableError(gettext("The text is too long: %(num)s letters at most.", num=_MOST_TEXT))
    return " ".join(given.split())


def _read_flag(given: str) -> bool | None:
    return None if given in {"0", "False"} else True


def _read_share(given: str) -> int:
    share = read_whole(given)
    if share > _WHOLE_SHARE:
        raise UnreadableError(gettext("This is not a number from 0 to 100."))
    return share


def _read_metres(given: str) -> int:
    metres = int(read_number(given) * _KILOMETRE)
    if not _KILOMETRE <= metres <= MOST_METRES:
        raise UnreadableError(gettext("A distance is from 1 to %(num)s km.", num=MOST_METRES // _KILOMETRE))
    return metres


def _read_near(given: ValueReader, *, session: Session) -> Near | None:
    metres = given.one("within", _read_metres) or USUAL_METRES

    def read_project(text: str) -> Near:
        try:
            ids = [UUID(text)]
        except ValueError:
            ids = find_projects_named(session, text)
        if len(ids) > 1:
            raise UnreadableError(gettext("More than one project has that in its name. Write more of it."))
        found = find_project(session, ids[0]) if ids else None
        if found is None:
            raise UnreadableError(gettext("There is no such project."))
        if found.lon is None:
            raise UnreadableError(gettext("The project has no place yet, so no distance can be measured."))
        return _make_near(found.lon, found.lat, project=found.id, name=found.name)

    def read_place(text: str) -> Near:
        if text.startswith(_TOWN):
            number = text.removeprefix(_TOWN)
            found = find_town(session, int(number)) if number.isdecimal() and len(number) < 10 else None
        elif any(letter.isalpha() for letter in text):
            found = find_town(session, text)
        else:
            lon, lat = read_lonlat(text)
            return Near(lon=lon, lat=lat, metres=metres)
        if found is None:
            raise UnreadableError(
                gettext("No town is called that. Write a larger one near it, or degrees such as 10.2,56.15.")
            )
        return _make_near(found.lon, found.lat, town=found.id, name=found.name)

    def _make_near(
        lon: float, lat: float, *, name: str, town: int | None = None, project: UUID | None = None
    ) -> Near:
        place = round(lon, PLACES), round(lat, PLACES)
        return Near(lon=place[0], lat=place[1], metres=metres, town=town, project=project, name=name)

    project, place = given.one("project", read_project), given.one("near", read_place)
    if project is not None and place is not None:
        given.refused["near"] = gettext("The distance is measured from the project; the place is left out.")
    return project or place


def _read_window(
    given: ValueReader, *, session: Session, near: Near | None
) -> tuple[date | None, date | None, bool]:
    start, last = given.one("from", read_day), given.one("to", read_day)
    if start and last and last < start:
        given.refused["to"] = gettext("The last day is before the first.")
        last = None
    if given.one("project_days", _read_flag):
        project = find_project(session, near.project) if near and near.project else None
        if project is not None and (project.starts or project.ends):
            return project.starts, project.ends, True
        given.refused["project_days"] = (
            gettext("Choose a project, so that its days can be used.")
            if project is None
            else gettext("The project has no days yet.")
        )
    # No day comes after the last one there is.
    return start, None if last is None or last == date.max else last + timedelta(days=1), False


def _read_bounds(given: ValueReader) -> tuple[Bounds, ...]:
    found = []
    for name in ATTRIBUTES:
        least, most = given.one(f"{name}_min", read_whole), given.one(f"{name}_max", read_whole)
        if least is not None and most is not None and most < least:
            given.refused[f"{name}_max"] = gettext("The most is less than the least.")
            least = most = None
        if least is not None or most is not None:
            found.append(Bounds(attribute=name, least=least, most=most))
    return tuple(found)
