# SPDX-License-Identifier: EUPL-1.2
"""The search form: what each field shows, and what of a search it has no field for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inventory.queries.reading import Session
from inventory.queries.search.attributes import list_attributes
from inventory.queries.search.facets import Facet
from inventory.queries.search.search import Search
from inventory.tables import ATTRIBUTES
from web.figures import show_number
from web.language import pick
from web.search import write_search

# Names the form has a field for; whatever else the search holds is sent along with it.
_SHOWN = frozenset(
    {
        *("class", "q", "municipality", "region", "project", "near", "within", "area", "from", "to"),
        *("project_days", "month", "quantity", "wanted", "screening", "firmness", "state", "documentation"),
        *("basis", "price", "decide", "completeness", "enough", "all"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeField:
    """An attribute to bound: its name in the address, what people call it, and the bounds set."""

    name: str
    label: str
    unit: str
    least: int | None
    most: int | None


def show_counts(facets: Mapping[str, Facet]) -> dict[str, dict[str, str]]:
    """Write the counts of each facet as people read them: "12", or "12+" where there may be more."""
    return {
        name: {
            code: f"{show_number(number)}{'+' if facet.more else ''}" for code, number in facet.counts.items()
        }
        for name, facet in facets.items()
    }


def show_fields(session: Session, search: Search) -> list[AttributeField]:
    """List the attributes that the classes of a search declare; of all classes where it names none."""
    set_bounds = {bounds.attribute: bounds for bounds in search.bounds}
    fields = []
    for row in sorted(list_attributes(session, search=search), key=lambda row: ATTRIBUTES.index(row.name)):
        bounds = set_bounds.get(row.name)
        fields.append(
            AttributeField(
                name=row.name,
                label=pick(row),
                unit=row.unit if row.unit and row.unit != "year" else "",
                least=bounds.least if bounds else None,
                most=bounds.most if bounds else None,
            )
        )
    return fields


def list_months(facet: Facet, search: Search) -> list[tuple[str, date]]:
    """List the months something becomes free in, and those a search names, in order."""
    days = {date.fromisoformat(f"{code}-01") for code in facet.counts} | set(search.months)
    return [(day.isoformat()[:7], day) for day in sorted(days)]


def keep_hidden(search: Search) -> dict[str, list[str]]:
    """Give what the form has no field for, and further choices of its lists of one: all is sent along."""
    kept = {
        name: [value] if isinstance(value, str) else value
        for name, value in write_search(search).items()
        if name not in _SHOWN and not name.endswith(("_min", "_max"))
    }
    return kept | {"class": list(search.classes[1:]), "municipality": list(search.municipalities[1:])}
