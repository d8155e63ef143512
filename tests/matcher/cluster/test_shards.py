# SPDX-License-Identifier: EUPL-1.2
"""A task as a shard: the same task comes out, and the same bytes every time."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import numpy as np

from matcher.account import list_versions
from matcher.cluster.shards import pack_task, unpack_task
from matcher.cluster.versions import describe_version, hash_sources
from matcher.problem.problem import Problem, digest_problem, list_params
from matcher.task import Limits, Task, list_tasks
from matcher.types import gather_types
from matcher.value import set_rates


def cut(problem: Problem) -> list[Task]:
    """Cut a problem into its tasks."""
    typed = gather_types(problem, apart=np.zeros(len(problem.classes.id), dtype=np.bool_))
    return list_tasks(
        typed.problem,
        weights=typed.lots.count,
        quanta=set_rates(problem).quantum,
        limits=Limits(gap=0.01, work=2.5, held=1000),
    )


def assert_same(one: Task, other: Task) -> None:
    """Assert that two tasks are the same in every column."""
    assert one.number == other.number
    assert one.limits == other.limits
    assert list_params(one.problem.params) == list_params(other.problem.params)
    assert one.problem.attributes == other.problem.attributes
    assert digest_problem(one.problem) == digest_problem(other.problem)
    for item in fields(Task):
        array = getattr(one, item.name)
        if isinstance(array, np.ndarray):
            assert array.dtype == getattr(other, item.name).dtype
            assert np.array_equal(array, getattr(other, item.name))


def test_a_task_comes_out_as_it_went_in(mixed: Problem) -> None:
    """Every column of every table, its type included, and the same bytes for the same task."""
    tasks = cut(mixed)
    assert len(tasks) > 3
    for task in tasks:
        shard = pack_task(task)
        assert_same(task, unpack_task(shard))
        assert pack_task(unpack_task(shard)) == shard


def test_odd_tables_come_through(build: Callable[..., Problem]) -> None:
    """Given pairs, Danish letters, attributes, nulls, and tables without rows."""
    problem = build(
        lots=[
            {"attribute.length_mm": 150, "kind": "blå æske"},
            {"quantity": 0, "low": 1, "likely": 2, "high": 3},
        ],
        requirements=[{"minimum.length_mm": 100, "unknown_ok.length_mm": True, "project": None}],
        substitutes={},
        pairs={"lot": ["l0"], "requirement": ["r0"], "cost": [-5]},
    )
    (task,) = cut(problem)
    assert task.problem.pairs is not None
    taken = unpack_task(pack_task(task))
    assert_same(task, taken)
    assert not taken.problem.lots.quantity.flags.writeable


def test_a_version_is_the_sources_and_what_computes() -> None:
    """The hash of the matcher's sources stands first, with the versions that a plan records."""
    version = describe_version()
    assert {name: version[name] for name in list_versions()} == list_versions()
    assert len(version["matcher"]) == 64


def test_sources_differ_by_a_byte_or_a_name(tmp_path: Path) -> None:
    """Content and place of every source count; what is no source does not."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").write_text("1")
    first = hash_sources(tmp_path)
    (tmp_path / "a" / "note.txt").write_text("x")
    assert hash_sources(tmp_path) == first
    (tmp_path / "a" / "b.py").write_text("2")
    changed = hash_sources(tmp_path)
    (tmp_path / "a" / "b.py").rename(tmp_path / "b.py")
    assert len({first, changed, hash_sources(tmp_path)}) == 3
