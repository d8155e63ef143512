# SPDX-License-Identifier: EUPL-1.2
"""Solving on a cluster of real processes: the same plan as here, whatever becomes of the workers."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cloudpickle
import numpy as np
import pytest

import matcher
from matcher.__main__ import main
from matcher.cluster.errors import ClusterError, OtherVersionError
from matcher.cluster.executor import ClusterExecutor, ClusterPromise, connect_cluster
from matcher.cluster.opening import open_executor
from matcher.decompose import solve_tasks
from matcher.document import describe_plan, write_problem
from matcher.engines import solve_family
from matcher.errors import InputError
from matcher.plan import Plan, Termination
from matcher.problem.problem import Problem
from matcher.progress import Progress
from matcher.solve import solve
from matcher.task import Answer, Limits, Signal, Task, list_tasks
from matcher.types import gather_types
from matcher.value import set_rates

pytestmark = pytest.mark.long


def write_bytes(problem: Problem, plan: Plan) -> bytes:
    """Return a plan with its certificate as it stands in a file."""
    return json.dumps(describe_plan(problem, plan)).encode()


@pytest.fixture(scope="module")
def here(mixed: Problem) -> bytes:
    """Give the plan that one process of our own makes."""
    return write_bytes(mixed, solve(mixed))


def test_two_workers_give_the_plan_of_one_and_of_a_pool(
    pair: Any, mixed: Problem, here: bytes, tmp_path: Path
) -> None:
    """Shards sent or in a folder, two workers or processes of our own: the same bytes; no shard is left."""
    assert write_bytes(mixed, solve(mixed, workers=2)) == here
    for folder in (None, tmp_path):
        with open_executor(pair.address, folder=folder) as executor:
            assert write_bytes(mixed, solve(mixed, executor=executor)) == here
    assert list(tmp_path.iterdir()) == []


def test_the_command_solves_on_a_cluster(
    pair: Any, mixed: Problem, here: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m matcher solve --scheduler` writes the file that it writes without."""
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    write_problem(mixed, problem)
    assert main(["solve", str(problem), "-o", str(plan), "--scheduler", pair.address]) == 0
    assert json.loads(plan.read_text()) == json.loads(here)
    assert json.loads(capsys.readouterr().out)["digest"] == mixed.digest


def test_one_worker_gives_the_same(single: Any, mixed: Problem, here: bytes) -> None:
    """A cluster of one is a cluster."""
    with open_executor(single.address) as executor:
        assert write_bytes(mixed, solve(mixed, executor=executor)) == here


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Give a folder with the matcher in another version: one line more in one of its sources."""
    folder = tmp_path / "other"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(matcher.__file__).parent, folder / "matcher", ignore=ignored)
    with (folder / "matcher" / "value.py").open("a") as source:
        source.write("# a later thought\n")
    return folder


class Accident:
    """Gives tasks to a cluster and kills a worker once some are out."""

    def __init__(self, executor: ClusterExecutor, machines: Any, *, after: int) -> None:
        self.open_board = executor.open_board
        self._executor, self._machines, self._left = executor, machines, after

    def submit(self, *arguments: Any) -> ClusterPromise:
        """Give out a task; the worker dies after the last but one of those that were to be out before."""
        promise = self._executor.submit(*arguments)
        self._left -= 1
        if self._left == 0:
            self._machines.kill_worker(0)
        return promise


@pytest.mark.parametrize("shared", [False, True])
def test_a_worker_killed_in_the_middle_changes_nothing(
    single: Any, mixed: Problem, here: bytes, tmp_path: Path, *, shared: bool
) -> None:
    """Its families, begun or waiting, are done again by the other one."""
    single.add_worker()
    with connect_cluster(single.address, folder=tmp_path if shared else None) as executor:
        told = Accident(executor, single, after=4)
        assert write_bytes(mixed, solve(mixed, executor=told)) == here
        assert (
            executor.given_again > 0
        ) is not shared  # a shard in a folder is not lost: Dask sees to it alone


def test_all_workers_killed_and_another_one_started(single: Any, mixed: Problem, here: bytes) -> None:
    """A run waits for a worker to come back, and goes on."""
    killed: list[Progress] = []

    def kill(progress: Progress) -> None:
        if progress.step == "solve" and not killed:
            killed.append(progress)
            single.kill_worker(0)
            single.add_worker()

    with open_executor(single.address) as executor:
        assert write_bytes(mixed, solve(mixed, executor=executor, progress=kill)) == here
    assert killed


def wait_for_stop(task: Task, signal: Signal) -> Answer:
    """Say that a half is done until told to end, then solve; give up after a while."""
    end = time.monotonic() + 15.0
    while not signal.tell(0.5):
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
    return solve_family(task, signal)


@pytest.fixture
def by_value() -> Iterator[None]:
    """Let workers have the functions of this file, which they cannot import."""
    module = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(module)
    yield
    cloudpickle.unregister_pickle_by_value(module)


@pytest.mark.usefixtures("by_value")
def test_running_tasks_tell_how_far_they_are_and_hear_a_stop(pair: Any, mixed: Problem, here: bytes) -> None:
    """Half done is heard here, then the word to end there; the next solve is not stopped."""
    typed = gather_types(mixed, apart=np.ones(len(mixed.classes.id), dtype=np.bool_))
    tasks = list_tasks(
        typed.problem, weights=typed.lots.count, quanta=set_rates(mixed).quantum, limits=Limits()
    )
    heard: list[float] = []

    def watch(shares: Sequence[float]) -> bool:
        heard.append(max(shares))
        return heard[-1] == 0.5

    with open_executor(pair.address) as executor:
        answers = solve_tasks(tasks, engine=wait_for_stop, executor=executor, watch=watch)
        assert 0.5 in heard
        assert len(answers) == len(tasks)
        assert Termination.STOPPED in {answer.termination for answer in answers}
        assert write_bytes(mixed, solve(mixed, executor=executor)) == here


def test_a_worker_of_another_version_is_refused(single: Any, other: Path) -> None:
    """One line more in the sources of one worker: the run does not begin, and says where and what to do."""
    single.add_worker(path=other)
    said = r"worker at tcp://.*: matcher .* install the same release"
    with pytest.raises(OtherVersionError, match=said), open_executor(single.address):
        pass


def test_a_worker_of_another_version_that_comes_late_is_refused(
    single: Any, mixed: Problem, other: Path
) -> None:
    """It came after the run had begun: the first family it gets ends the run with the same words."""
    with open_executor(single.address) as executor:
        single.kill_worker(0)
        single.add_worker(path=other)
        with pytest.raises(OtherVersionError, match=r"runs another version: matcher"):
            solve(mixed, executor=executor)


def test_nobody_there_is_said_plainly(
    mixed: Problem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No scheduler: exit code 1, one line, and what to look at; no plan is left."""
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    write_problem(mixed, problem)
    assert main(["solve", str(problem), "-o", str(plan), "--scheduler", "tcp://127.0.0.1:9"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("failed: No scheduler answers at tcp://127.0.0.1:9")
    assert "dask scheduler" in said
    assert said.count("\n") == 1
    assert not plan.exists()


def test_tls_without_a_certificate_is_said_plainly() -> None:
    """What is missing is in Dask's configuration; nobody is called."""
    with pytest.raises(ClusterError, match="names no certificate"), open_executor("tls://127.0.0.1:9"):
        pass


def test_no_workers_is_said_plainly(tmp_path: Path, single: Any) -> None:
    """A scheduler alone solves nothing."""
    single.kill_worker(0)
    with (
        pytest.raises(ClusterError, match=r"has no workers.*dask worker tcp://"),
        open_executor(single.address),
    ):
        pass


@pytest.mark.parametrize("address", ["", "10.0.0.5:8786", "http://host:80", "tcp://host", "tcp://host:port"])
def test_what_is_no_address_is_refused(address: str) -> None:
    """A scheduler's address has a way, a host and a port."""
    with pytest.raises(InputError, match="tcp://HOST:PORT"), open_executor(address):
        pass


def test_dask_is_loaded_only_where_a_cluster_is_asked_for() -> None:
    """It takes seconds and may not be installed."""
    program = (
        "import sys, matcher.__main__, matcher.solve, matcher.cluster.opening, inventory.matching.perform\n"
        "from matcher.cluster.opening import open_executor\n"
        "with open_executor(None) as executor: assert executor is None\n"
        "print({name.partition('.')[0] for name in sys.modules} & {'dask', 'distributed'})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_without_dask_it_says_what_to_install() -> None:
    """An environment without the extra gives a sentence, not a traceback."""
    program = (
        "import sys\n"
        "sys.modules['distributed'] = None\n"
        "from matcher.cluster.opening import open_executor\n"
        "with open_executor('tcp://127.0.0.1:9'): pass\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "install Genbro with its extra `cluster`" in done.stderr
