# SPDX-License-Identifier: EUPL-1.2
"""Learning from the surveys of the database, and reading back what a site's estimates were moved by."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from inventory.actions.learn import FactorToKeep, keep_learned_factors
from inventory.estimates.adjust import Learned
from inventory.estimates.eras import read_eras
from inventory.estimates.evidence import gather_observations
from inventory.estimates.learning import METHOD, LearnedFactor, Prior, learn_factors, read_prior
from inventory.estimates.rules import EstimateRules
from inventory.queries.estimate_inputs import read_buildings_of
from inventory.queries.learned_factors import read_site_factors
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
    return Learned(
        factors=tuple(
            LearnedFactor(
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
            for row in read_site_factors(session, site_id=site_id)
        ),
        eras=read_eras(),
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
