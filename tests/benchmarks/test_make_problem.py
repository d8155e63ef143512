# SPDX-License-Identifier: EUPL-1.2
"""Made-up problems: the same again from the same seed, believable, and importable."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from benchmarks.make_problem import draw_problem, main
from benchmarks.transportation import list_transportations
from inventory.geography.reference import read_reference
from inventory.imports.lots.importing import import_lots
from inventory.imports.requirements.importing import import_requirements
from matcher.check.check import check
from matcher.reasons import REASONS
from matcher.solve import solve


def test_the_seed_decides() -> None:
    """The same seed gives the same digest, another one another."""
    first = draw_problem(n_lots=300, n_requirements=30, n_classes=12)
    assert draw_problem(n_lots=300, n_requirements=30, n_classes=12).digest == first.digest
    assert draw_problem(n_lots=300, n_requirements=30, n_classes=12, seed=1).digest != first.digest


def test_sizes_are_as_asked() -> None:
    """Rows and classes as asked; four lots a donor, ten requirements a project; not more classes than are."""
    problem = draw_problem(n_lots=301, n_requirements=31, n_classes=12)
    assert len(problem.lots.id) == 301
    assert len(problem.requirements.id) == 31
    assert len(problem.classes.id) == 12
    assert len(problem.sites.id) == 76 + 4
    with pytest.raises(ValueError, match="n_classes is 999"):
        draw_problem(n_lots=10, n_requirements=1, n_classes=999)


def test_sites_stand_near_real_towns() -> None:
    """No site is farther from every town than a large town is wide."""
    problem = draw_problem(n_lots=4000, n_requirements=400, n_classes=60)
    towns = np.array([(float(town["x"]), float(town["y"])) for town in read_reference("towns.csv")])
    for x, y in zip(problem.sites.x_m.tolist(), problem.sites.y_m.tolist(), strict=True):
        assert np.hypot(*(towns - (x, y)).T).min() < 45_000
    assert len(set(problem.sites.land)) > 5


def test_the_problem_is_not_a_trivial_one() -> None:
    """Its optimal plan passes the check, splits requirements and lots, and has many reasons for the unmet."""
    problem = draw_problem(n_lots=3000, n_requirements=300, n_classes=30)
    plan = solve(problem)
    assert check(problem, plan, digest=problem.digest) == []
    assert np.bincount(plan.matches.requirement).max() >= 3
    assert np.bincount(plan.matches.lot).max() >= 2
    assert plan.matches.storage_days.max() > 0
    assert len({REASONS[code] for code in plan.unmet.reason.tolist()}) >= 4


def test_arrays_for_the_peers_hold_pairs_that_save() -> None:
    """Every pair of every family saves something, and rows are counted from 0 without gaps."""
    for case in list_transportations(draw_problem(n_lots=800, n_requirements=80, n_classes=12)):
        assert case.saving.min() > 0
        assert np.array_equal(np.unique(case.lot), np.arange(len(case.supply)))
        assert np.array_equal(np.unique(case.wanted), np.arange(len(case.demand)))


def test_its_files_can_be_imported(tmp_path: Path, session: Session) -> None:
    """The importers take every row of the files without an error."""
    arguments = ["--lots", "60", "--requirements", "20", "--to", str(tmp_path)]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    lots = import_lots(session, tmp_path / "lots.csv")
    wanted = import_requirements(session, tmp_path / "requirements.csv")
    assert (lots.rows, lots.refused, lots.inserted) == (60, 0, 60), lots.findings[:3]
    assert (wanted.rows, wanted.refused, wanted.inserted) == (20, 0, 20), wanted.findings[:3]
