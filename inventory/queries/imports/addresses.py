# SPDX-License-Identifier: EUPL-1.2
"""Which buildings that were loaded stand at an address."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, any_, cast, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Session

from inventory.queries.imports.keys import KnownSite, know_site, select_sites
from inventory.tables import Building, Site, SiteKind

_POSTCODE = re.compile(r"\b([0-9]{4})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A building at an address: its site, postcode (empty: not known), and whether it is an outbuilding."""

    site: KnownSite
    postcode: str
    outbuilding: bool


def fold_street(address: str) -> str:
    """Give street and number of an address as they are compared: what stands before the first comma."""
    return " ".join(address.partition(",")[0].split()).lower()


def find_postcode(address: str) -> str:
    """Find the postcode an address tells after its first comma; empty where it tells none."""
    found = _POSTCODE.search(address.partition(",")[2])
    return found[1] if found else ""


def map_buildings_at(session: Session, *, streets: Collection[str]) -> dict[str, list[Addressed]]:
    """Map streets and numbers, as `fold_street` gives them, to the donor buildings loaded with them."""
    wanted = sorted(set(streets))
    if not wanted:
        return {}
    query = (
        select_sites()
        .add_columns(Site.address, Site.postcode, Building.outbuilding)
        .where(
            Site.kind == SiteKind.DONOR,
            Building.site_id.is_not(None),
            _street() == any_(cast(wanted, ARRAY(TEXT))),
        )
    )
    found: dict[str, list[Addressed]] = {}
    for row in session.execute(query):
        one = Addressed(
            site=know_site(row),
            postcode=row.postcode or find_postcode(row.address),
            outbuilding=row.outbuilding,
        )
        found.setdefault(fold_street(row.address), []).append(one)
    return found


def are_addresses_loaded(session: Session) -> bool:
    """Say whether any donor building was loaded with an address."""
    there = exists().where(
        Site.kind == SiteKind.DONOR, Site.address.is_not(None), Building.site_id == Site.id
    )
    return bool(session.scalar(select(there)))


def _street() -> ColumnElement[str]:
    """Write street and number in the database as `fold_street` does here."""
    return func.lower(
        func.btrim(func.regexp_replace(func.split_part(Site.address, ",", 1), r"\s+", " ", "g"))
    )
