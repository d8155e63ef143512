# SPDX-License-Identifier: EUPL-1.2
"""Which buildings' estimates a learned factor moves, and how far."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inventory.estimates.attributes import Attributes
from inventory.estimates.eras import Era, name_eras
from inventory.estimates.learning import LearnedFactor
from inventory.estimates.spread import Floats

NOT_MOVED = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Learned factors, and which buildings they leave alone.

    Parameters
    ----------
    factors : tuple of LearnedFactor
        At most one per class, use group and era.
    eras : tuple of Era
    own : frozenset of (site id, class code)
        Classes of buildings that were surveyed themselves: their estimates stay as the tables give them, so
        that estimate and survey can be compared.
    """

    factors: tuple[LearnedFactor, ...] = ()
    eras: tuple[Era, ...] = ()
    own: frozenset[tuple[uuid.UUID, str]] = frozenset()


NOTHING_LEARNED = Learned()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """How a class of some buildings is moved; arrays have their length.

    `log_factor` is added to the log median, `variance_scale` multiplies the log variance, `presence` is the
    chance that the class is there, `taken` the row of `Learned.factors`, -1 where none moves it.
    """

    log_factor: Floats
    variance_scale: Floats
    presence: Floats
    taken: NDArray[np.int64]


def find_adjustment(
    class_code: str,
    *,
    presence: float,
    rows: NDArray[np.int64],
    attributes: Attributes,
    learned: Learned,
) -> Adjustment | None:
    """Find how far surveys of other buildings move a class.

    Parameters
    ----------
    class_code : str
    presence : float
        The chance that it is there, as the tables have it.
    rows : array of int, shape (m,)
        Numbers of the buildings that may hold it.
    attributes : Attributes
        Of all buildings.
    learned : Learned

    Returns
    -------
    Adjustment or None
        None where nothing was learned of the class.
    """
    factors = [(number, one) for number, one in enumerate(learned.factors) if one.class_code == class_code]
    if not factors:
        return None
    eras = name_eras(attributes.year[rows], eras=learned.eras)
    free = _find_free(class_code, rows=rows, attributes=attributes, learned=learned)
    found = Adjustment(
        log_factor=np.zeros(len(rows)),
        variance_scale=np.ones(len(rows)),
        presence=np.full(len(rows), presence),
        taken=np.full(len(rows), NOT_MOVED, dtype=np.int64),
    )
    groups = attributes.group[rows]
    for number, one in factors:
        if one.group not in attributes.group_names:
            continue
        moved = free & (groups == attributes.group_names.index(one.group)) & (eras == one.era)
        found.log_factor[moved] = np.log(one.factor)
        found.variance_scale[moved] = one.spread**2
        found.presence[moved] = one.weigh_presence(presence)
        found.taken[moved] = number
    return found


def _find_free(
    class_code: str, *, rows: NDArray[np.int64], attributes: Attributes, learned: Learned
) -> NDArray[np.bool_]:
    """Tell which of the buildings were not surveyed for the class themselves."""
    own = {site for site, code in learned.own if code == class_code}
    if not own:
        return np.ones(len(rows), dtype=np.bool_)
    return np.fromiter((site not in own for site in attributes.site_id[rows]), np.bool_, count=len(rows))
