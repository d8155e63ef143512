# SPDX-License-Identifier: EUPL-1.2
"""A lot as a person writes it down on site, and its versions."""

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from inventory.errors import StateError
from inventory.tables import ConditionBasis, Described, Detachability, Fixing, TradeUnit


class LotWrittenOtherwiseError(StateError):
    """Lot {ref} was written down from this form before, and not with the same words. Correct that lot."""


class LotChangedMeanwhileError(StateError):
    """Lot {ref} was corrected by somebody else since it was opened. Compare both, and save again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedLot:
    """A lot as a person writes it down; fields are named and counted as in `lot` and `lot_survey`.

    `ref` is the lot's number within the building: None takes the next free one. `count` is the gross in the
    building, in trade units.
    """

    site_id: UUID
    class_id: int
    count: Decimal
    ref: str | None = None
    trade_unit: TradeUnit = TradeUnit.OWN
    content: Decimal | None = None
    yield_percent: int = 100
    yield_source: str | None = None
    described: Described = Described.MODEL
    identical: int | None = None
    room_id: UUID | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    thickness_mm: int | None = None
    grade: int | None = None
    appearance: int | None = None
    condition_basis: ConditionBasis | None = None
    fixing: Fixing | None = None
    detachability: Detachability | None = None
    access_note: str | None = None
    storage_place: str | None = None
    year: int | None = None
    price_ore: Decimal | None = None
    dismantling_ore: Decimal | None = None
    ce_ref: str | None = None
    dop_ref: str | None = None
    epd_ref: str | None = None
    note: str | None = None


def write_version(survey: SurveyedLot) -> str:
    """Write the version of a lot: the same for the same fields, another once one of them is corrected.

    It follows from the fields alone, so whoever changes them, an import too, makes another version.
    """
    fields = json.dumps(asdict(survey), sort_keys=True, default=str)
    return hashlib.sha256(fields.encode()).hexdigest()[:16]
