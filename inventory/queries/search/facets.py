# SPDX-License-Identifier: EUPL-1.2
"""Facets: of each filter's choices, how many lots answer them under all the other filters."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import String, cast, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow, AnySelect
from inventory.queries.search.counts import choose_part, drop, narrow_counts
from inventory.queries.search.narrow import narrow_lots
from inventory.queries.search.planning import plan_search
from inventory.queries.search.search import COUNTS, MOST_FACETED, Search
from inventory.queries.statement import Statement, compile_statement, run_statement
from inventory.tables import LotCount, LotSearch, MaterialClass, Municipality, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The counts of one filter's choices, by code; `more` says that each is at least that."""

    counts: Mapping[str, int] = field(default_factory=dict)
    more: bool = False


_NEVER = "0001-01-01"

# Facet, the column it counts by, and the filters that are its own and so left out of its counts.
_BY: dict[str, tuple[str, tuple[str, ...]]] = {
    "class": ("class_id", ("classes",)),
    "municipality": ("municipality_code", ("municipalities", "regions")),
    "month": ("month_free", ("months",)),
    "state": ("not_counted", ("states", "counted_only")),
    "screening": ("screening", ("screening",)),
    "firmness": ("firmness", ("firmness",)),
    "basis": ("basis", ("basis",)),
    "enough": ("enough_to_offer", ("enough_to_offer",)),
}


_Counts = dict[str, dict[str, int]]


def read_facets(session: Session, *, search: Search) -> dict[str, Facet]:
    """Read every facet of a search.

    Facets under the same filters are counted together: from the kept counts where those know all the filters,
    else one by one up to `MOST_FACETED` lots.

    Returns
    -------
    dict of str to Facet
        "class" by code, of groups too with all below them; "municipality" and "region" by code; "month" as
        2027-05; "state" by `COUNTS` or code of `NotCounted`; "screening", "firmness" and "basis" by code;
        "enough" as true. A choice that no lot answers is left out.
    """
    together: dict[Any, list[str]] = {}
    for name, (column, own) in _BY.items():
        others = search
        for one in own:
            others = drop(others, one)
        if name == "state":
            others = replace(others, counted_only=False)
        part = choose_part(others, by=frozenset({column}))
        together.setdefault((others, part), []).append(name)
    counted: dict[str, Facet] = {}
    # Kept counts are as many whatever is asked: only lots counted one by one are planned for.
    alike = all(part is not None for _, part in together)
    with nullcontext() if alike else plan_search(session, search):
        for (others, part), names in together.items():
            columns = [_BY[name][0] for name in names]
            source = _kept(others, part) if part is not None else _one_by_one(others, columns)
            found, more = _count(session, source, columns=columns)
            for name, column in zip(names, columns, strict=True):
                # No choice stands for what is not known; of states, empty is the one that counts.
                counts = {code: number for code, number in found[column].items() if code or name == "state"}
                counted[name] = Facet(counts=counts, more=more)
    classes, places, above = counted["class"], counted["municipality"], _read_above(session)
    counted["class"] = Facet(counts=_add_groups(above["class"], classes.counts), more=classes.more)
    counted["region"] = Facet(counts=_add_regions(above["municipality"], places.counts), more=places.more)
    states = counted["state"]
    counted["state"] = Facet(
        counts={code or COUNTS: number for code, number in states.counts.items()}, more=states.more
    )
    counted["month"] = Facet(
        counts={month[:7]: number for month, number in counted["month"].counts.items() if month > _NEVER},
        more=counted["month"].more,
    )
    enough = counted["enough"]
    counted["enough"] = replace(
        enough, counts={code: number for code, number in enough.counts.items() if code == "true"}
    )
    return counted


def _kept(search: Search, part: Any) -> Any:
    return select(LotCount).where(*narrow_counts(search, part=part)).subquery("kept")


def _one_by_one(search: Search, columns: Sequence[str]) -> Any:
    chosen = (getattr(LotSearch, column) for column in columns)
    query = select(*chosen).where(*narrow_lots(LotSearch, search)).limit(MOST_FACETED + 1)
    return query.subquery("found")


def _count(session: Session, source: Any, *, columns: Sequence[str]) -> tuple[_Counts, bool]:
    """Count a source's rows by each of some columns, and say whether there were more than are counted."""
    kept = "lots" in source.c
    number = func.coalesce(func.sum(source.c.lots), 0) if kept else func.count()
    which = func.grouping(*(source.c[column] for column in columns))
    query = select(
        which.label("which"), *(cast(source.c[column], String).label(column) for column in columns), number
    ).group_by(func.grouping_sets(*(source.c[column] for column in columns)))
    found: dict[str, dict[str, int]] = {column: {} for column in columns}
    for which_value, *values, lots in session.execute(query):
        # A bit is 0 for the column counted by; the last column's is the lowest.
        place = next(n for n in range(len(columns)) if not which_value >> (len(columns) - 1 - n) & 1)
        found[columns[place]][values[place] or ""] = int(lots)
    total = sum(found[columns[0]].values())
    return found, not kept and total > MOST_FACETED


def _read_above(session: Session) -> dict[str, list[AnyRow]]:
    """Read in one question what stands above each choice: of classes by id, and of municipalities by code.

    Rows of ``kind, key, first, second``: a class has its code and the id above it, a municipality its region
    and the one that took that over.
    """
    rows: dict[str, list[AnyRow]] = {"class": [], "municipality": []}
    for row in run_statement(session, _compose_above(), {}):
        rows[row.kind].append(row)
    return rows


@cache
def _compose_above() -> Statement:
    classes: AnySelect = select(
        literal_column("'class'").label("kind"),
        cast(MaterialClass.id, String).label("key"),
        MaterialClass.code.label("first"),
        cast(MaterialClass.parent_id, String).label("second"),
    )
    places: AnySelect = select(
        literal_column("'municipality'"), Municipality.code, Municipality.region_code, Region.successor
    ).join(Region, Region.code == Municipality.region_code)
    return compile_statement(union_all(classes, places))


def _add_groups(rows: Sequence[AnyRow], by_id: Mapping[str, int]) -> dict[str, int]:
    """Count classes by code, each with all below it."""
    above = {row.key: row for row in rows}
    counts: dict[str, int] = {}
    for identity, number in by_id.items():
        at: str | None = identity
        while at is not None and at in above:
            counts[above[at].first] = counts.get(above[at].first, 0) + number
            at = above[at].second
    return counts


def _add_regions(rows: Sequence[AnyRow], by_municipality: Mapping[str, int]) -> dict[str, int]:
    """Count regions by code, one that took over others with theirs."""
    counts: dict[str, int] = {}
    for row in rows:
        for region in {row.first, row.second} - {None}:
            counts[region] = counts.get(region, 0) + by_municipality.get(row.key, 0)
    return {region: number for region, number in counts.items() if number}
