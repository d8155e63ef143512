# SPDX-License-Identifier: EUPL-1.2
"""The published instances: their proven optima, and the paper's rule on elements counted by hand."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers.assignment import assign_by_matrix
from benchmarks.reuse_paper import (
    INSTANCES,
    Elements,
    PublishedInstance,
    assign_elements,
    count_saving_kg,
    read_elements,
)


def test_elements_counted_by_hand() -> None:
    """Of two alike demands one takes the thin element; too short, too weak or too thick ones stay."""
    elements = Elements(
        demand=np.array([[2.0, 0.01, 1e-9], [2.0, 0.01, 1e-9], [4.0, 0.01, 1e-9]]),
        supply=np.array(
            [
                [3.0, 0.01, 1e-9],  # fits the first two, saves 2 x (0.289 - 0.0225) = 0.533
                [5.0, 0.02, 2e-9],  # fits all; saves 2 x (0.289 - 0.045) = 0.488, or 4 x 0.244 = 0.976
                [5.0, 0.20, 2e-9],  # fits all, yet reusing it emits more than a new one
                [9.0, 0.01, 9e-10],  # too weak for any
            ]
        ),
    )
    found = assign_elements(elements)
    assert sorted(zip(found.demand.tolist(), found.supply.tolist(), strict=True)) == [(0, 0), (2, 1)]
    assert found.saved_kg == pytest.approx(0.533 + 0.976)
    assert assign_by_matrix(elements) == pytest.approx(0.533 + 0.976)


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda instance: instance.name)
def test_the_proven_optimum(real_data: Path, instance: PublishedInstance) -> None:
    """From measures read to plan checked, every element used once, and nothing left to gain."""
    elements = read_elements(real_data, instance=instance)
    assert elements.demand.shape == (instance.demand, 3)
    assert elements.supply.shape == (instance.supply, 3)
    found = assign_elements(elements)
    assert found.saved_kg == pytest.approx(instance.proven_kg, abs=0.001)
    assert found.plan.certificate.cost == found.plan.certificate.bound
    assert len(np.unique(found.demand)) == len(found.demand)
    assert len(np.unique(found.supply)) == len(found.supply)
    wanted, used = elements.demand[found.demand], elements.supply[found.supply]
    assert (used >= wanted).all()
    assert count_saving_kg(wanted, used).min() > 0
