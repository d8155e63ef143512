# SPDX-License-Identifier: EUPL-1.2
"""Many at once: starts that meet, and throw-away clusters that go."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inventory.postgres.cluster import is_answering, read_status
from inventory.postgres.errors import ClusterBusyError
from inventory.postgres.lock import hold_lock
from inventory.postgres.paths import Cluster
from inventory.postgres.throwaway import PREFIX, open_throwaway_cluster
from tests.conftest import open_cluster

pytestmark = pytest.mark.long

TESTS = """
import time
def test_wait(cluster):
    print(f"at {cluster.home}", flush=True)
    time.sleep(60)
"""


def test_starts_that_meet_make_one_server(new_cluster: Cluster, genbro: list[str]) -> None:
    """Four programs start the same cluster and ask for its database: one makes it, all get one answer."""
    environment = {"PATH": os.environ["PATH"], "GENBRO_HOME": str(new_cluster.home)}
    commands = [[*genbro, "db", "start", "--json"]] * 2 + [[*genbro, "db", "url", "--json"]] * 2
    programs = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for command in commands
    ]
    answers = []
    for program in programs:
        out, _ = program.communicate(timeout=120)
        assert program.returncode == 0
        answers.append(json.loads(out))
    assert sum(bool(answer.get("started")) for answer in answers) <= 1
    assert answers[2] == answers[3]
    assert read_status(new_cluster).answering


def test_a_lock_that_is_never_let_go_is_named(tmp_path: Path) -> None:
    """After the patience is over the message says where and how long."""
    with (
        hold_lock(tmp_path / "lock"),
        pytest.raises(ClusterBusyError, match=str(tmp_path)),
        hold_lock(tmp_path / "lock", patience_s=0.2),
    ):
        pass


def test_a_throw_away_cluster_is_gone_at_the_end() -> None:
    """Neither folder nor server is left, after an error too."""
    with pytest.raises(ZeroDivisionError), open_throwaway_cluster() as cluster:
        pid = read_status(cluster).pid
        raise ZeroDivisionError
    assert not cluster.home.exists()
    assert pid is not None
    assert not Path(f"/proc/{pid}/cwd").exists() or Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_test_run_leaves_no_cluster(way: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C removes the cluster at once; after a kill -9 the next throw-away cluster removes it."""
    (tmp_path / "test_wait.py").write_text(TESTS)
    conftest = Path(__file__).resolve().parents[2] / "conftest.py"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-s",
        "-q",
        "-p",
        "no:cacheprovider",
        "--confcutdir",
        str(tmp_path),
    ]
    command += ["-p", "conftest", "--rootdir", str(tmp_path), "-c", os.devnull, str(tmp_path)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{conftest.parent}:{conftest.parents[1]}"}
    program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert program.stdout is not None
    home = Path()
    for line in program.stdout:
        if "at /" in line:
            home = Path(line.partition("at ")[2].strip())
            break
    assert home.name.startswith(PREFIX)
    assert home.is_dir()
    program.send_signal(way)
    program.stdout.close()
    program.wait(timeout=60)
    if way == signal.SIGKILL:
        assert home.is_dir()
        with open_cluster() as cluster:
            assert is_answering(cluster)
    deadline = time.monotonic() + 10
    while home.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not home.exists()
