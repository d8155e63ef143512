# SPDX-License-Identifier: EUPL-1.2
"""What a planner chooses for a run; stored on the run and part of its digest."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class RunParams(BaseModel):
    """The parameters of one run.

    Money is in oere, distance in metres, storage in days; `detour_permille` is the road distance per thousand
    metres of straight line (matching.md section 4, tier a). `as_of` decides which factors are in force. With
    `trip_costs` a lorry is paid by the trip and the load begun instead of by the tonne; `count_transfers`
    says whether a price that one public body pays another counts; the first `fair_share_permille` of every
    requirement counts `fair_weight_permille` more where it is bought new.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    municipalities: tuple[str, ...] = ()
    wanted_from: date | None = None
    wanted_to: date | None = None
    quantile: Literal["p10", "p50", "p90"] = "p10"
    carbon_price_ore_per_tonne: int = Field(ge=0)
    detour_permille: int = Field(ge=1000)
    near_metres: int = Field(gt=0)
    default_max_metres: int = Field(gt=0)
    cap_metres: int = Field(gt=0)
    default_storage_days: int = Field(ge=0)
    trip_costs: bool = False
    count_transfers: bool = True
    fair_share_permille: int = Field(default=0, ge=0, le=1000)
    fair_weight_permille: int = Field(default=0, ge=0, le=1_000_000)

    @property
    def selection(self) -> dict[str, list[str] | str]:
        """Which requirements take part, as the problem file records it."""
        chosen: dict[str, list[str] | str] = {}
        if self.municipalities:
            chosen["municipalities"] = list(self.municipalities)
        if self.wanted_from:
            chosen["from"] = self.wanted_from.isoformat()
        if self.wanted_to:
            chosen["to"] = self.wanted_to.isoformat()
        return chosen
