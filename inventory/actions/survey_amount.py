# SPDX-License-Identifier: EUPL-1.2
"""The only place where a count in trade units becomes the usable quantity in steps of the class."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from inventory.errors import BadInputError
from inventory.tables import TradeUnit, Unit

MOST_STEPS = 1_000_000_000
_MM = Decimal(1000)

# Which dimensions give the content of one trade unit in the class's unit; none means it holds one.
_DIMENSIONS: Mapping[TradeUnit, Mapping[Unit, tuple[str, ...]]] = {
    TradeUnit.PIECE: {
        Unit.PIECE: (),
        Unit.M: ("length_mm",),
        Unit.M2: ("length_mm", "width_mm"),
        Unit.M3: ("length_mm", "width_mm", "thickness_mm"),
    },
    TradeUnit.METRE: {
        Unit.M: (),
        Unit.M2: ("width_mm",),
        Unit.M3: ("width_mm", "thickness_mm"),
    },
}


class ContentMissingError(BadInputError):
    """How many {unit} one {trade_unit} holds cannot be reckoned without {missing}. Give it, or say how much
    each holds.
    """


class AmountRefusedError(BadInputError):
    """The count {count} is not a number from 0 to what a billion steps of {step} hold."""


def find_content(
    trade_unit: TradeUnit, *, unit: Unit, content: Decimal | None, dimensions: Mapping[str, int | None]
) -> Decimal:
    """Say how many units of the class one trade unit holds.

    Parameters
    ----------
    trade_unit
        What is counted in. An element is counted as a piece of its own length.
    unit
        The class's.
    content
        As the surveyor says, such as 512 bricks to a pallet; it wins over the dimensions.
    dimensions
        ``length_mm``, ``width_mm`` and ``thickness_mm``, None where not measured.

    Raises
    ------
    ContentMissingError
        Neither the content nor the dimensions it could be reckoned from are known.
    """
    if content is not None:
        return content
    if trade_unit is TradeUnit.OWN:
        return Decimal(1)
    counted = TradeUnit.PIECE if trade_unit is TradeUnit.ELEMENT else trade_unit
    needed = _DIMENSIONS.get(counted, {}).get(unit)
    missing = "content" if needed is None else ", ".join(name for name in needed if not dimensions.get(name))
    if needed is None or missing:
        raise ContentMissingError(unit=unit, trade_unit=trade_unit, missing=missing)
    product = Decimal(1)
    for name in needed:
        product *= Decimal(dimensions[name] or 0) / _MM
    return product


def count_usable_steps(count: Decimal, *, content: Decimal, yield_percent: int, step: Decimal) -> int:
    """Reckon the whole steps that can be used of a gross count: never more than there is.

    Parameters
    ----------
    count
        Gross in the building, in trade units.
    content
        Units of the class in one trade unit.
    yield_percent
        Share of the gross that comes out whole, 0 to 100.
    step
        Units of the class in one step.

    Returns
    -------
    int
        Rounded down: 3 pallets of 500 bricks at 80 % are 1200; 1.29 m2 of step 0.1 are 12.

    Raises
    ------
    AmountRefusedError
        The count is negative, no number, or more than a billion steps.
    """
    if not count.is_finite() or count < 0 or count * content > MOST_STEPS * step:
        raise AmountRefusedError(count=count, step=step)
    return int((count * content * yield_percent / (100 * step)).to_integral_value(rounding=ROUND_FLOOR))
