# SPDX-License-Identifier: EUPL-1.2
"""Taking off a model: refused early, measured in a child process that may fall without taking us along."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from inventory.takeoff.refusal import DAMAGED, ModelRefusedError, refuse_foreign
from inventory.takeoff.rows import Takeoff, read_takeoff


def take_off(path: Path, *, seconds: float = 300) -> Takeoff:
    """Read what a building model holds: `measure_apart`, as rows."""
    return read_takeoff(measure_apart(path, seconds=seconds))


def measure_apart(path: Path, *, seconds: float = 300) -> dict[str, Any]:
    """Measure a building model in a process of its own.

    Parameters
    ----------
    path
        The IFC file.
    seconds
        How long the measuring may take.

    Returns
    -------
    dict
        What `inventory.takeoff.rows.read_takeoff` reads.

    Raises
    ------
    ModelRefusedError
        If the file is no whole model of a known schema, cannot be read, or takes too long or too much memory.
    """
    refuse_foreign(path)
    with TemporaryDirectory() as folder:
        answer = Path(folder) / "rows.json"
        try:
            done = subprocess.run(
                [sys.executable, "-m", "inventory.takeoff.measure", str(path.resolve()), str(answer)],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ModelRefusedError(file=path.name, code="too_slow", expected=f"{seconds:g}") from error
        if done.returncode != 0 or not answer.is_file():
            lines = done.stderr.strip().splitlines() or [f"exit {done.returncode}"]
            if lines[-1].startswith(DAMAGED):
                lost = lines[-1].removeprefix(DAMAGED).strip()
                raise ModelRefusedError(file=path.name, code="damaged", found=lost)
            raise ModelRefusedError(file=path.name, code="unreadable", found=lines[-1][:200])
        document: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    if not document["rows"]:
        raise ModelRefusedError(file=path.name, code="nothing_built")
    return document
