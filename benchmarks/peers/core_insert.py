# SPDX-License-Identifier: EUPL-1.2
"""SQLAlchemy Core: one INSERT with the values of many rows, as its documentation recommends for speed."""

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
    insert,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from inventory.tables import Lot, Site, SiteKind, stable_id

PAGE_ROWS = 1000
"""Rows to an INSERT; 100, 2,000 and 3,000 were tried and are no faster."""
_TYPES: Mapping[str, TypeEngine[Any]] = {
    "bigint": BigInteger(),
    "boolean": Boolean(),
    "date": Date(),
    "integer": Integer(),
    "numeric": Numeric(),
    "text": Text(),
    "text[]": ARRAY(Text()),
    "uuid": Uuid(),
}


def describe_table(name: str, *, types: Mapping[str, str]) -> Table:
    """Describe a temporary table, as an import writes into one, to SQLAlchemy."""
    columns = (Column(column, _TYPES[kind]) for column, kind in types.items())
    return Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])


def insert_rows(session: Session, table: Table, *, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, a thousand to a statement."""
    session.execute(insert(table), rows, execution_options={"insertmanyvalues_page_size": PAGE_ROWS})


def insert_file(
    session: Session, path: Path, *, headers: Mapping[str, str], classes: Mapping[str, int]
) -> int:
    """Insert the sites and lots of a file as they stand there: nothing is checked and nothing can be undone.

    Parameters
    ----------
    session
        Its transaction.
    path
        CSV in UTF-8 with points as decimal signs and ISO days.
    headers
        Our name of a column -> the file's header.
    classes
        Class code -> id.

    Returns
    -------
    int
        Lots.
    """
    sites: dict[str, dict[str, Any]] = {}
    lots: list[dict[str, Any]] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = {name: row[header] for name, header in headers.items()}
            ref = told["site_ref"]
            site = stable_id("site", "core", ref)
            sites.setdefault(
                ref,
                {
                    "id": site,
                    "kind": SiteKind.DONOR,
                    "ref": ref,
                    "name": told["site_name"],
                    "geom": f"SRID=25832;POINT({told['x']} {told['y']})",
                },
            )
            lots.append(
                {
                    "id": stable_id("lot", "core", ref, told["ref"]),
                    "site_id": site,
                    "ref": told["ref"],
                    "class_id": classes[told["class"]],
                    "unit": told["unit"],
                    "quantity": int(float(told["quantity"])),
                    "basis": "surveyed",
                    "available_from": told["available_from"],
                    "available_to": told["available_to"],
                    "firmness": told["firmness"],
                    "price_ore": Decimal(told["price_dkk"]),
                    "documentation": told["documentation"],
                    "screening": told["screening"],
                    "product_status": told["product_status"],
                    "grade": int(told["grade"]) if told["grade"] else None,
                }
            )
    insert_rows(session, Site.__table__, rows=list(sites.values()))  # type: ignore[arg-type]
    insert_rows(session, Lot.__table__, rows=lots)  # type: ignore[arg-type]
    return len(lots)
