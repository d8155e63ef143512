# SPDX-License-Identifier: EUPL-1.2
"""Learning from the surveys of the database, and reading back what a site's estimates were moved by."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from inventory.actions.learn import FactorToKeep, keep_learned_factors
from inventory.estimates.adjust import Learned
from inventory.estimates.eras import read_eras
from inventory.estimates.evidence import gather_observations
from inventory.estimates.learning import METHOD, LearnedFactor, Prior, learn_factors, read_prior
from inventory.estimates.rules import EstimateRules
from inventory.queries.estimate_inputs import read_buildings_of
from inventory.queries.learned_factors import read_kept_factors, read_site_factors
from inventory.queries.same_parts import read_same_parts
from inventory.queries.surveys.evidence import read_evidence


def learn_from_surveys(session: Session, *, rules: EstimateRules) -> Learned:
    """Learn from every survey of the database and keep the factors that are new.

    Parameters
    ----------
    session : Session
        Its transaction; nothing is committed here.
    rules : EstimateRules

    Returns
    -------
    Learned
        What to estimate the other buildings with.
    """
    eras, surveyed = read_eras(), read_evidence(session)
    if surveyed.empty:
        return Learned(eras=eras)
    buildings = read_buildings_of(session, site_ids=sorted(set(surveyed["site_id"]), key=str))
    observations = list(
        gather_observations(buildings, surveyed, rules=rules, eras=eras, parts=read_same_parts())
    )
    factors = learn_factors(observations, prior=read_prior())
    keep_learned_factors(session, factors=map(_tell_factor, factors))
    return Learned(
        factors=factors,
        eras=eras,
        own=frozenset((seen.site_id, seen.class_code) for seen in observations),
    )


def read_learned(session: Session, *, site_id: uuid.UUID) -> Learned:
    """Read what the estimates of a site were moved by when they were made."""
    rows = read_site_factors(session, site_id=site_id)
    return Learned(factors=tuple(map(_read_factor, rows)), eras=read_eras())


def read_last_learned(session: Session, *, site_id: uuid.UUID) -> Learned:
    """Read what the last estimate of all moved with, for one site: its own surveys move nothing of it.

    All surveys of the country are read by `learn_from_surveys` alone, with the next estimate of all.
    """
    factors = tuple(map(_read_factor, read_kept_factors(session)))
    own = frozenset(
        (site_id, one.class_code)
        for one in factors
        if any(seen["site_id"] == str(site_id) for seen in one.evidence)
    )
    return Learned(factors=factors, eras=read_eras(), own=own)


def _read_factor(row: Any) -> LearnedFactor:
    return LearnedFactor(
        id=row.id,
        class_code=row.class_code,
        group=row.use_group,
        era=row.era,
        looked=row.looked,
        found=row.found,
        factor=float(row.factor),
        spread=float(row.spread),
        prior=Prior(surveys=float(row.prior_surveys), spread=float(row.prior_spread)),
        evidence=tuple(row.evidence),
    )


def _tell_factor(one: LearnedFactor) -> FactorToKeep:
    return FactorToKeep(
        id=one.id,
        class_code=one.class_code,
        use_group=one.group,
        era=one.era,
        method=METHOD,
        prior_surveys=one.prior.surveys,
        prior_spread=one.prior.spread,
        looked=one.looked,
        found=one.found,
        factor=one.factor,
        spread=one.spread,
        evidence=list(one.evidence),
    )
