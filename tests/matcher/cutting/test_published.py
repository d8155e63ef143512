# SPDX-License-Identifier: EUPL-1.2
"""Published instances of one stock length: as few bars as was proven elsewhere, and proven again here."""

import pytest

from benchmarks.cutting_instances import BAR_COST, PUBLISHED, PublishedCutting, pose_published
from matcher.cutting.check import check_cutting
from matcher.cutting.solve import solve_cutting
from matcher.plan import Termination


@pytest.mark.parametrize("instance", PUBLISHED, ids=lambda instance: instance.name)
def test_the_published_optimum_is_proven(instance: PublishedCutting) -> None:
    """Cost, bound and the literature agree."""
    problem = pose_published(instance)
    plan = solve_cutting(problem)
    assert check_cutting(problem, plan, digest=problem.digest) == []
    assert plan.termination == Termination.OPTIMAL
    assert plan.certificate.cost == plan.certificate.bound == instance.optimum * BAR_COST


def test_the_instances_are_those_published() -> None:
    """Sums told with them: 407,160 mm of paper, 120 and 60 items, twenty bars filled to the last unit."""
    paper, uniform, triplets = PUBLISHED
    sums = [sum(length * count for length, count in each.pieces.items()) for each in PUBLISHED]
    assert sums[0] == 407_160
    assert sum(uniform.pieces.values()) == 120
    assert sum(triplets.pieces.values()) == 60
    assert sums[2] == 20 * triplets.bar
    assert paper.bar == 5_600
