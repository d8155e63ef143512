# SPDX-License-Identifier: EUPL-1.2
"""Reading a plan from its file, against the problem that names its rows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from matcher.errors import InputError
from matcher.json_file import read_object
from matcher.plan import (
    VERSION,
    Bounded,
    Certificate,
    Designs,
    HubPrices,
    Matches,
    Plan,
    Termination,
    Unmet,
    number_month,
)
from matcher.problem.columns import CodeArray, IntArray, list_columns
from matcher.problem.intake import take_column
from matcher.problem.problem import Problem, make_params
from matcher.reasons import REASONS

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
PARTS = (
    "version",
    "digest",
    "params",
    "versions",
    "termination",
    "designs",
    "matches",
    "unmet",
    "certificate",
    "tiers",
    "figures",
)


def read_plan(problem: Problem, path: Path) -> Plan:
    """Read a plan of a problem.

    Parameters
    ----------
    problem
        The problem it says it answers. Whether it does is for `matcher.check.check.check` to say.
    path
        The JSON file.

    Raises
    ------
    InputError
        Where it is no plan of version 1, or names lots or requirements the problem does not have.
    """
    document = read_object(path)
    for name in document:
        if name not in PARTS:
            raise InputError("one of " + ", ".join(PARTS), table=name)
    for name in PARTS:
        if name not in document:
            raise InputError("this part to be given", table=name)
    if document["version"] != VERSION:
        raise InputError(f"version {VERSION} of a plan", table="version", value=document["version"])
    for name in ("params", "versions", "designs", "matches", "unmet", "certificate", "tiers", "figures"):
        if not isinstance(document[name], dict):
            raise InputError("values by name", table=name, value=document[name])
    if document["termination"] not in tuple(Termination):
        raise InputError(
            "one of " + ", ".join(Termination), table="termination", value=document["termination"]
        )
    for name in ("versions",):
        for key, value in document[name].items():
            if not isinstance(value, str):
                raise InputError("text", table=name, column=key, value=value)
    tiers = {key: _take_integer(value, table="tiers", name=key) for key, value in document["tiers"].items()}
    ids = {
        name: {value: row for row, value in enumerate(getattr(problem, name).id.tolist())}
        for name in ("lots", "requirements", "projects", "hubs")
    }
    figures = document["figures"]
    return Plan(
        digest=str(document["digest"]),
        params=make_params(document["params"]),
        versions=document["versions"],
        termination=Termination(document["termination"]),
        matches=Matches(**_take_rows(document["matches"], kind=Matches, table="matches", ids=ids)),
        unmet=_take_unmet(document["unmet"], ids=ids),
        certificate=_take_certificate(document["certificate"], problem=problem, ids=ids),
        tiers=tiers,
        pairs=_take_integer(figures.get("pairs"), table="figures", name="pairs"),
        figures=figures,
        designs=Designs(**_take_rows(document["designs"], kind=Designs, table="designs", ids=ids)),
    )


def _take_rows(
    given: dict[str, Any], *, kind: type, table: str, ids: dict[str, dict[str, int]], leaving: str = ""
) -> dict[str, Any]:
    columns = {name: spec for name, spec in list_columns(kind).items() if name != leaving}
    for name in given:
        if name not in columns and name != leaving:
            raise InputError("one of " + ", ".join(columns), table=table, column=name)
    taken: dict[str, Any] = {}
    for name, spec in columns.items():
        if name not in given:
            raise InputError("this column to be given", table=table, column=name)
        rows = ids.get(spec.refers, {})
        taken[name] = take_column(
            given[name], kind=spec.kind, column=spec, table=table, name=name, rows=rows, size=len(rows)
        )
        length = len(next(iter(taken.values())))
        if len(taken[name]) != length:
            raise InputError(f"a list of {length} values", table=table, column=name, value=len(taken[name]))
    return taken


def _take_unmet(given: dict[str, Any], *, ids: dict[str, dict[str, int]]) -> Unmet:
    taken = _take_rows(given, kind=Unmet, table="unmet", ids=ids, leaving="stopped")
    rows = given.get("stopped")
    length = len(taken["requirement"])
    if not isinstance(rows, list) or len(rows) != length:
        raise InputError(f"a list of {length} counts by reason", table="unmet", column="stopped")
    stopped = np.zeros((length, len(REASONS)), dtype=np.int64)
    for row, counts in enumerate(rows):
        if not isinstance(counts, dict):
            raise InputError("counts by reason", table="unmet", column="stopped", row=row, value=counts)
        for reason, count in counts.items():
            if reason not in REASONS:
                raise InputError("a reason", table="unmet", column="stopped", row=row, value=reason)
            number = _take_integer(count, table="unmet", name="stopped")
            if not 0 <= number < 2**63:
                raise InputError("a count", table="unmet", column="stopped", row=row, value=count)
            stopped[row, list(REASONS).index(reason)] = number
    return Unmet(stopped=stopped, **taken)


def _take_certificate(
    given: dict[str, Any], *, problem: Problem, ids: dict[str, dict[str, int]]
) -> Certificate:
    table = "certificate"
    quanta = given.get("quantum")
    if not isinstance(quanta, dict) or sorted(quanta) != sorted(problem.classes.id.tolist()):
        raise InputError("a quantum for each class", table=table, column="quantum")
    gap = given.get("gap")
    if isinstance(gap, bool) or not isinstance(gap, int | float):
        raise InputError("a number", table=table, column="gap", value=gap)
    return Certificate(
        lot_prices=_take_prices(given.get("lot_prices"), name="lot_prices", of="lot", rows=ids["lots"]),
        project_prices=_take_prices(
            given.get("project_prices"), name="project_prices", of="project", rows=ids["projects"]
        ),
        bounded=_take_bounded(given.get("relaxed"), rows=ids["requirements"]),
        hub_prices=_take_hub_prices(given.get("hub_prices"), rows=ids["hubs"]),
        quanta=_take_quanta(quanta, problem=problem),
        cost=_take_integer(given.get("cost"), table=table, name="cost"),
        bound=_take_integer(given.get("bound"), table=table, name="bound"),
        baseline=_take_integer(given.get("baseline"), table=table, name="baseline"),
        gap=float(gap),
    )


def _take_prices(given: Any, *, name: str, of: str, rows: dict[str, int]) -> IntArray:
    table = "certificate"
    if not isinstance(given, dict) or not isinstance(given.get(of), list) or len(given) != 2:
        raise InputError(f"the columns {of} and price", table=table, column=name)
    given_prices = given.get("price")
    if not isinstance(given_prices, list) or len(given_prices) != len(given[of]):
        raise InputError(f"a price for each {of}", table=table, column=name)
    prices = np.zeros(len(rows), dtype=np.int64)
    for row, (one, price) in enumerate(zip(given[of], given_prices, strict=True)):
        if not isinstance(one, str) or one not in rows:
            raise InputError(f"the id of a {of}", table=table, column=name, row=row, value=one)
        prices[rows[one]] = _take_small(price, table=table, name=name)
    return prices


def _take_hub_prices(given: Any, *, rows: dict[str, int]) -> HubPrices:
    table, names = "certificate", ("hub", "month", "price")
    if not isinstance(given, dict) or set(given) != set(names):
        raise InputError("the columns hub, month and price", table=table, column="hub_prices")
    if not all(isinstance(given[name], list) and len(given[name]) == len(given["hub"]) for name in names):
        raise InputError("lists of one length", table=table, column="hub_prices")
    months = []
    for row, (hub, month) in enumerate(zip(given["hub"], given["month"], strict=True)):
        if not isinstance(hub, str) or hub not in rows:
            raise InputError("the id of a hub", table=table, column="hub_prices", row=row, value=hub)
        if not isinstance(month, str) or not _MONTH.fullmatch(month):
            raise InputError(
                "a month such as 2027-03", table=table, column="hub_prices", row=row, value=month
            )
        months.append(number_month(month))
    prices = [_take_small(price, table=table, name="hub_prices") for price in given["price"]]
    return HubPrices(
        hub=np.array([rows[hub] for hub in given["hub"]], dtype=np.int32),
        month=np.array(months, dtype=np.int64),
        price=np.array(prices, dtype=np.int64),
    )


def _take_bounded(given: Any, *, rows: dict[str, int]) -> CodeArray:
    if not isinstance(given, list):
        raise InputError("ids of requirements", table="certificate", column="relaxed", value=given)
    bounded = np.full(len(rows), Bounded.EXACT, dtype=np.int8)
    for row, one in enumerate(given):
        if not isinstance(one, str) or one not in rows:
            raise InputError(
                "the id of a requirement", table="certificate", column="relaxed", row=row, value=one
            )
        bounded[rows[one]] = Bounded.RELAXED
    return bounded


def _take_quanta(given: dict[str, Any], *, problem: Problem) -> IntArray:
    quanta = [
        _take_small(given[name], table="certificate", name="quantum") for name in problem.classes.id.tolist()
    ]
    return np.array(quanta, dtype=np.int64)


def _take_integer(value: Any, *, table: str, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError("a whole number", table=table, column=name, value=value)
    return value


def _take_small(value: Any, *, table: str, name: str) -> int:
    number = _take_integer(value, table=table, name=name)
    if abs(number) >= 2**62:
        raise InputError("a whole number below 2**62", table=table, column=name, value=value)
    return number
