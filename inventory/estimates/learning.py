# SPDX-License-Identifier: EUPL-1.2
"""What surveys teach: how far estimates of a class, use and era were off, against what was known before."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from inventory.tables import stable_id

METHOD = 1
"""Version of the update; a change of its formulas is a new one, and so gives new factors."""

LEAST_FOUND = 0.5
"""Steps counted where something was there of which nothing is usable: half up it would be nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """How much the tables weigh: as many surveyed buildings, for the middle and for the width of a range."""

    surveys: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A class of one building as estimated from the tables alone, and as surveyed; quantities in steps.

    `variance` is that of the estimate's logarithm, given that the class is there; `found` says whether the
    survey met it at all.
    """

    site_id: uuid.UUID
    class_code: str
    group: str
    era: str
    likely: float
    variance: float
    surveyed: float
    found: bool

    def tell(self) -> dict[str, Any]:
        """Tell it as JSON, with nine digits: what is stored is what is reckoned with."""
        return {
            "site_id": str(self.site_id),
            "likely": _cut(self.likely),
            "variance": _cut(self.variance),
            "surveyed": _cut(self.surveyed),
            "found": self.found,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedFactor:
    """What surveyed buildings of one class, use and era say of the others.

    Parameters
    ----------
    id : UUID
        Made of the evidence, the prior and the method: the same surveys give the same factor.
    class_code, group, era : str
        Class, use group and era of construction.
    looked, found : int
        Buildings where a survey says whether the class is there, and those where it is.
    factor : float
        What the likely quantity is multiplied by.
    spread : float
        What the width of the range is multiplied by, in logarithms.
    prior : Prior
    evidence : tuple of dict
        One per building, as `Observation.tell` gives it.
    """

    id: uuid.UUID
    class_code: str
    group: str
    era: str
    looked: int
    found: int
    factor: float
    spread: float
    prior: Prior
    evidence: tuple[dict[str, Any], ...] = ()

    def weigh_presence(self, presence: float) -> float:
        """Give the chance that the class is there, from the table's and the buildings looked at.

        The conjugate update of a beta distribution worth ``prior.surveys`` buildings: (k p + found) / (k +
        looked).
        """
        return (self.prior.surveys * presence + self.found) / (self.prior.surveys + self.looked)


def read_prior() -> Prior:
    """Read the packaged weights of the prior."""
    table = resources.files("inventory").joinpath("reference", "survey_prior.csv")
    rows = csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"), newline=""))
    values = {row["name"]: float(row["value"]) for row in rows if not row["valid_to"]}
    return Prior(surveys=values["prior_surveys"], spread=values["prior_spread"])


def learn_factors(observations: Iterable[Observation], *, prior: Prior) -> tuple[LearnedFactor, ...]:
    """Learn a factor for every class, use group and era that was surveyed.

    The logarithm y of surveyed / likely is taken as normal about an error theta that the buildings of the
    class, use and era share. With k = ``prior.surveys`` and nu = ``prior.spread``, a range of log variance v
    is read as v = w (1 + 1/k): w is the buildings' own variance and w/k how well the tables know theta. This
    is the normal and inverse gamma prior (Gelman et al., Bayesian Data Analysis, 3rd ed., 3.3), and with
    w_i of each building and w the mean of them

    - theta = sum(y_i / w_i) / (k / w + sum(1 / w_i)); with ranges alike n / (n + k) of the mean of y
    - phi = (nu + sum((y_i - theta)^2 / w_i) + k theta^2 / w) / (nu + n)
    - factor = exp(theta), spread^2 = phi (1 + 1 / (k + n)) / (1 + 1 / k)

    so that no survey leaves both at one, one survey moves little, and many outweigh the tables. Whole steps
    add 1 / (12 q^2) to w_i, the variance of rounding a quantity q. Where a class was met but nothing of it
    is usable, half a step is counted. Buildings where it was looked for and not met say nothing of the
    quantity; they count in the chance that it is there (`LearnedFactor.weigh_presence`).

    Parameters
    ----------
    observations : iterable of Observation
        At most one per building and class, in any order.
    prior : Prior

    Returns
    -------
    tuple of LearnedFactor
        By class, use group and era.
    """
    cells: dict[tuple[str, str, str], list[Observation]] = {}
    for seen in observations:
        cells.setdefault((seen.class_code, seen.group, seen.era), []).append(seen)
    return tuple(_learn(cell, cells[cell], prior=prior) for cell in sorted(cells))


def _learn(cell: tuple[str, str, str], seen: list[Observation], *, prior: Prior) -> LearnedFactor:
    class_code, group, era = cell
    evidence = tuple(one.tell() for one in sorted(seen, key=lambda one: str(one.site_id)))
    factor, spread = _weigh([row for row in evidence if row["found"]], prior=prior)
    told = json.dumps([METHOD, prior.surveys, prior.spread, evidence], sort_keys=True)
    return LearnedFactor(
        id=stable_id("learned_factor", *cell, hashlib.sha256(told.encode()).hexdigest()),
        class_code=class_code,
        group=group,
        era=era,
        looked=len(evidence),
        found=sum(row["found"] for row in evidence),
        factor=_cut(factor),
        spread=_cut(spread),
        prior=prior,
        evidence=evidence,
    )


def _weigh(found: list[dict[str, Any]], *, prior: Prior) -> tuple[float, float]:
    """Give factor and spread of the buildings where the class was met."""
    if not found:
        return 1.0, 1.0
    count, known = len(found), prior.surveys
    amounts = [max(row["surveyed"], LEAST_FOUND) for row in found]
    errors = [math.log(amount / row["likely"]) for amount, row in zip(amounts, found, strict=True)]
    own = [
        row["variance"] / (1 + 1 / known) + 1 / (12 * amount**2)
        for amount, row in zip(amounts, found, strict=True)
    ]
    typical = math.fsum(own) / count
    shared = math.fsum(y / w for y, w in zip(errors, own, strict=True)) / (
        known / typical + math.fsum(1 / w for w in own)
    )
    squares = math.fsum((y - shared) ** 2 / w for y, w in zip(errors, own, strict=True))
    scale = (prior.spread + squares + known * shared**2 / typical) / (prior.spread + count)
    return math.exp(shared), math.sqrt(scale * (1 + 1 / (known + count)) / (1 + 1 / known))


def _cut(value: float) -> float:
    """Keep nine digits, so that another machine's last bit makes no other factor."""
    return float(f"{value:.9g}")
