# SPDX-License-Identifier: EUPL-1.2
"""A requirement as a person writes it down, and what of it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.tables import ATTRIBUTES, ClassAttribute, DesignOption, Documentation, MaterialClass

MOST_STEPS = 1_000_000_000


class WantedMaterialError(BadInputError):
    """There is no material {class_id} that can be wanted: choose one that can be traded."""


class WantedQuantityError(BadInputError):
    """A requirement wants from one step to a billion steps of its material, not {quantity}."""


class WantedWindowError(BadInputError):
    """The last day lies before the first: from {first} to the day before {end}."""


class CommitTooLateError(BadInputError):
    """The first day to commit, {day}, lies behind the window, which ends before {end}."""


class BoundsRefusedError(BadInputError):
    """Of {attribute}, {least} to {most} cannot be asked: {why}."""


class OptionElsewhereError(BadInputError):
    """The design option chosen is none of this project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A requirement, its fields named and counted as in the table; `bounds` are least and most by attribute.

    `wanted_to` is the day after the last. Of `bounds`, only what the class declares may be there.
    """

    class_id: int
    quantity: int
    wanted_from: date
    wanted_to: date
    design_option_id: UUID | None = None
    commit_from: date | None = None
    max_metres: int | None = None
    storage_days: int | None = None
    substitutes_ok: bool = False
    unknown_screening_ok: bool = False
    documentation_min: Documentation = Documentation.BASIC
    new_price_ore: Decimal | None = None
    minimum_fulfilment_permille: int = 0
    most_donors: int = 0
    one_kind: bool = False
    breakage_permille: int = 0
    priority_permille: int = 0
    bounds: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    unknown_ok: tuple[str, ...] = ()

    def list_values(self) -> dict[str, Any]:
        """List the columns it fills, by name: every one that people write."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "bounds"}
        for name in ATTRIBUTES:
            least, most = self.bounds.get(name, (None, None))
            values |= {f"{name}_min": least, f"{name}_max": most}
        return values | {"unknown_ok": [name for name in ATTRIBUTES if name in self.unknown_ok]}


def check_wanted(session: Session, *, project_id: UUID, values: Mapping[str, Any]) -> MaterialClass:
    """Check the columns of a requirement together.

    Parameters
    ----------
    session
        To look up class, attributes and design option.
    project_id
        Whose it is.
    values
        Every column that people write, by name.

    Returns
    -------
    MaterialClass
        Its class.

    Raises
    ------
    WantedMaterialError, WantedQuantityError, WantedWindowError, CommitTooLateError
        See there.
    BoundsRefusedError, OptionElsewhereError
        See there.
    """
    material = session.get(MaterialClass, values["class_id"])
    if material is None or not material.tradable:
        raise WantedMaterialError(class_id=values["class_id"])
    if not 1 <= values["quantity"] <= MOST_STEPS:
        raise WantedQuantityError(quantity=values["quantity"])
    first, end, commit = values["wanted_from"], values["wanted_to"], values["commit_from"]
    if first >= end:
        raise WantedWindowError(first=first, end=end)
    if commit is not None and commit >= end:
        raise CommitTooLateError(day=commit, end=end)
    declared = set(
        session.scalars(select(ClassAttribute.attribute).where(ClassAttribute.class_id == material.id))
    )
    for name in ATTRIBUTES:
        least, most = values[f"{name}_min"], values[f"{name}_max"]
        asked = least is not None or most is not None or name in values["unknown_ok"]
        if asked and name not in declared:
            why = f"{material.name_en} has no such attribute"
            raise BoundsRefusedError(attribute=name, least=least, most=most, why=why)
        if least is not None and most is not None and least > most:
            why = "the least is more than the most"
            raise BoundsRefusedError(attribute=name, least=least, most=most, why=why)
    option = values["design_option_id"]
    if option is not None:
        found = session.get(DesignOption, option)
        if found is None or found.project_id != project_id:
            raise OptionElsewhereError
    return material
