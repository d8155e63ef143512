# SPDX-License-Identifier: EUPL-1.2
"""Requirements and their projects, from rows as read to the tables of a problem."""

from typing import Any

import numpy as np
import pyarrow as pa

from inventory.matching.read_requirements import resolve_new_prices
from inventory.tables.attribute import ATTRIBUTES
from matcher.problem.columns import NONE, OPEN, UNKNOWN

Table = dict[str, Any]


def list_waits(table: pa.Table, *, waits: dict[str, int | None], empty: int) -> list[int]:
    """List how many days may be waited at the site of each row, `empty` where its site says nothing."""
    days = (waits[site] for site in table["site"].to_pylist())
    return [empty if one is None else one for one in days]


def list_numbers(table: pa.Table, column: str, *, empty: int) -> Any:
    """List the numbers of a column, `empty` where it says nothing."""
    return table[column].fill_null(empty).to_numpy().astype(np.int32)


def make_requirements(table: pa.Table, *, codes: dict[int, str], rows: list[Any], classes: Table) -> Table:
    """Make the requirements table of a problem from requirements as read, less what their site tells."""
    numbers = table["class"].to_pylist()
    price = {row.id: value for row, value in zip(rows, classes["new_price_ore"], strict=True)}
    co2e = {row.id: value for row, value in zip(rows, classes["new_co2e_mg"], strict=True)}
    return {
        "id": table["id"].to_pylist(),
        "class": [codes[number] for number in numbers],
        "site": table["site"].to_pylist(),
        "project": table["project"].to_pylist(),
        "quantity": table["quantity"].to_numpy(),
        "wanted_from": table["wanted_from"].to_numpy(),
        "wanted_to": table["wanted_to"].to_numpy(),
        "commit_from": list_numbers(table, "commit_from", empty=UNKNOWN),
        "max_metres": list_numbers(table, "max_metres", empty=NONE),
        "storage_days": list_numbers(table, "storage_days", empty=NONE),
        "substitutes_ok": table["substitutes_ok"].to_pylist(),
        "unknown_screening_ok": table["unknown_screening_ok"].to_pylist(),
        "documentation_min": table["documentation_min"].to_pylist(),
        "new_price_ore": resolve_new_prices(table, by_class=price),
        "new_co2e_mg": np.array([co2e[number] for number in numbers], dtype=float),
        **{f"minimum.{name}": list_numbers(table, f"minimum.{name}", empty=UNKNOWN) for name in ATTRIBUTES},
        **{f"maximum.{name}": list_numbers(table, f"maximum.{name}", empty=OPEN) for name in ATTRIBUTES},
        **{f"unknown_ok.{name}": table[f"unknown_ok.{name}"].to_pylist() for name in ATTRIBUTES},
        **{name: table[name].to_numpy() for name in ("minimum_fulfilment", "most_donors")},
        **{name: table[name].to_numpy() for name in ("breakage", "priority")},
        "one_kind": table["one_kind"].to_pylist(),
        "design_option": table["design_option"].fill_null("").to_pylist(),
    }


def make_projects(requirements: pa.Table) -> Table:
    """Make the projects table of a problem from requirements as read."""
    columns = ("builder", "budget_ore", "public")
    rows = zip(*(requirements[name].to_pylist() for name in ("project", *columns)), strict=True)
    by_id = {project: values for project, *values in rows}
    ids = sorted(by_id)
    return {
        "id": ids,
        "builder": [by_id[project][0] or "" for project in ids],
        "budget_ore": [NONE if by_id[project][1] is None else by_id[project][1] for project in ids],
        "public": [by_id[project][2] for project in ids],
    }
