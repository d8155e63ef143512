# SPDX-License-Identifier: EUPL-1.2
"""Finding the building a row is about by its address, among those that were loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from inventory.queries.imports.addresses import Addressed, find_postcode, fold_street, map_buildings_at
from inventory.queries.imports.keys import KnownSite


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressBook:
    """The buildings loaded at the addresses of some rows."""

    buildings: Mapping[str, Sequence[Addressed]] = field(default_factory=dict)

    def look_up(self, address: str, *, postcode: str | None) -> list[KnownSite]:
        """Give the buildings an address may mean: one where it is told apart, none where it is not loaded.

        An outbuilding is meant only where nothing else stands there. A postcode that the address or the
        building lacks tells nothing apart.
        """
        wanted = (postcode or find_postcode(address)).strip()
        there = [
            one
            for one in self.buildings.get(fold_street(address), ())
            if not wanted or one.postcode in ("", wanted)
        ]
        main = [one for one in there if not one.outbuilding]
        return [one.site for one in main or there]


def read_address_book(session: Session, *, addresses: Sequence[str | None]) -> AddressBook:
    """Read the buildings loaded at some addresses.

    Parameters
    ----------
    session
        To look them up.
    addresses
        Street and number, with or without postcode and town after a comma; None asks for none.
    """
    streets = {fold_street(address) for address in addresses if address is not None}
    return AddressBook(buildings=map_buildings_at(session, streets=streets))
