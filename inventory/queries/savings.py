# SPDX-License-Identifier: EUPL-1.2
"""What a lot saves against new, before transport: each part with the factor it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.queries.offers import AnyRow, factor_in_force
from inventory.tables import Factor, ProductStatus

_EMISSIONS = ("new_co2e", "preparation_co2e")
_MONEY = ("new_price", "used_price", "preparation_price", "disposal_avoided")
KINDS = (*_EMISSIONS, *_MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingPart:
    """One figure of a saving: positive adds to what is saved, negative takes from it.

    `per_unit` and `amount` are in kg CO2e or in kroner; `factor` is empty where the lot itself gives the
    figure.
    """

    kind: str
    per_unit: Decimal
    amount: Decimal
    factor: AnyRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What a quantity of a lot saves against buying it new, before transport and storage.

    `co2e_real_kg` is new less preparation; `co2e_regulatory_kg` counts a used product as zero (BR18) and
    anything else as new, what is not decided too; `money_dkk` is the new price less the used one and its
    preparation, plus disposal avoided. None where a figure needed for it is missing.
    """

    emissions: list[SavingPart]
    money: list[SavingPart]
    co2e_real_kg: Decimal | None
    co2e_regulatory_kg: Decimal | None
    money_dkk: Decimal | None


def _read_factors(session: Session, *, class_id: int, today: date) -> dict[str, AnyRow]:
    rows = session.execute(
        select(Factor.__table__).where(
            Factor.kind.in_(KINDS), *factor_in_force(Factor, class_id=class_id, today=today)
        )
    )
    return {row.kind: row for row in rows}


def _own_price(lot: AnyRow, kind: str, step: Decimal) -> Decimal | None:
    """Return what the lot itself says of a price, in kroner per unit."""
    ore = {
        "used_price": lot.price_ore,
        "preparation_price": lot.preparation_ore,
        "disposal_avoided": lot.disposal_ore,
    }
    own = ore.get(kind)
    return None if own is None else Decimal(own) / 100 / step


def compute_saving(
    session: Session, *, lot: AnyRow, material: AnyRow, amount: Decimal, today: date
) -> Saving:
    """Compute what an amount (in the class's unit) of a lot saves against new."""
    factors = _read_factors(session, class_id=lot.class_id, today=today)
    parts: dict[str, SavingPart] = {}
    for kind in KINDS:
        factor = factors.get(kind)
        own = _own_price(lot, kind, material.step)
        value = own if own is not None else (factor.value if factor is not None else None)
        if value is None:
            continue
        sign = 1 if kind in {"new_co2e", "new_price", "disposal_avoided"} else -1
        parts[kind] = SavingPart(
            kind=kind, per_unit=value, amount=sign * value * amount, factor=factor if own is None else None
        )
    emissions = [parts[kind] for kind in _EMISSIONS if kind in parts]
    money = [parts[kind] for kind in _MONEY if kind in parts]
    new = parts.get("new_co2e")
    used_product = lot.product_status == ProductStatus.USED
    return Saving(
        emissions=emissions,
        money=money,
        co2e_real_kg=sum((part.amount for part in emissions), Decimal(0)) if new else None,
        co2e_regulatory_kg=(new.amount if used_product else Decimal(0)) if new else None,
        money_dkk=sum((part.amount for part in money), Decimal(0)) if "new_price" in parts else None,
    )
