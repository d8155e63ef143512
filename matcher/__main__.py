# SPDX-License-Identifier: EUPL-1.2
"""The matcher from file to file: solve, check, explain; no database, no clock."""

from __future__ import annotations

import argparse
import json
import math
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from matcher.check.check import check
from matcher.compiling import is_kept
from matcher.cutting.command import add_cut_commands
from matcher.document import read_problem, write_plan
from matcher.errors import InputError, MatcherError
from matcher.explain.advice import find_advice
from matcher.explain.explain import explain
from matcher.explain.sentences import tell, tell_advice
from matcher.explain.told import RequirementExplanation
from matcher.read_plan import read_plan
from matcher.reference import make_page, make_plan_schema, make_problem_schema, write_text
from matcher.rules import uses_side_rules

if TYPE_CHECKING:
    from matcher.progress import Progress

DONE = 0
BROKEN = 1
BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 ok, 1 a rule is broken, 2 bad input.

    Parameters
    ----------
    arguments
        Words of the command line; those of the process where None.
    """
    options = _make_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        _say(f"bad input: {error}", error=True)
        return BAD_INPUT
    except OSError as error:
        _say(f"bad input: {error.filename}: {error.strerror}", error=True)
        return BAD_INPUT
    except MatcherError as error:
        _say(f"failed: {error}", error=True)
        return BROKEN


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matcher", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("solve", help="read a problem, write an optimal plan")
    command.add_argument("problem", type=Path, metavar="P")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN")
    command.add_argument(
        "--workers", type=_take_workers, default=1, metavar="N", help="processes (default 1)"
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="solve on the Dask cluster of this scheduler, tcp://HOST:PORT or tls://HOST:PORT, instead",
    )
    command.add_argument(
        "--shards",
        type=Path,
        metavar="FOLDER",
        help="folder every machine of the cluster sees under this path: shards are written there, not sent",
    )
    command.add_argument(
        "--gap",
        type=_take_share,
        default=0.0,
        metavar="G",
        help="share of the attainable saving that may be missing (default 0: the optimum)",
    )
    command.add_argument(
        "--time",
        type=_take_seconds,
        metavar="SECONDS",
        help="have the best plan so far by then; Ctrl-C asks for it at once",
    )
    command.add_argument(
        "--progress",
        action="store_true",
        help="tell how far it is, on stderr (as it does by itself on a terminal)",
    )
    command.set_defaults(run=_solve)
    command = commands.add_parser("check", help="prove a plan against its problem")
    command.add_argument("problem", type=Path, metavar="P")
    command.add_argument("plan", type=Path, metavar="PLAN")
    command.add_argument(
        "--digest", help="digest of the problem, from whoever holds it (default: the problem's own)"
    )
    command.add_argument("--workers", type=_take_workers, default=1, metavar="N", help="threads (default 1)")
    command.set_defaults(run=_check)
    command = commands.add_parser("explain", help="say what became of a requirement, a lot or a pair")
    command.add_argument("problem", type=Path, metavar="P")
    command.add_argument("plan", type=Path, metavar="PLAN")
    command.add_argument("id", metavar="ID", help="id of a requirement or a lot")
    command.add_argument(
        "--lot", metavar="LOT", help="id of a lot: explain the pair of it and requirement ID"
    )
    command.add_argument(
        "--in", dest="language", choices=("da", "en"), help="in sentences of this language, with advice"
    )
    command.set_defaults(run=_explain)
    command = commands.add_parser("schema", help="print a JSON Schema, or the reference page")
    command.add_argument("what", choices=("problem", "plan", "page"))
    command.set_defaults(run=_print_schema)
    add_cut_commands(commands)
    return parser


def _take_workers(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError("a number of processes from 1 to 256")
    return number


def _take_share(text: str) -> float:
    number = float(text)
    if not 0.0 <= number <= 1.0:
        raise argparse.ArgumentTypeError("a share from 0 to 1")
    return number


def _take_seconds(text: str) -> float:
    number = float(text)
    if not 0.0 < number < math.inf:
        raise argparse.ArgumentTypeError("seconds, more than 0")
    return number


def _say(text: str, *, error: bool = False) -> None:
    (sys.stderr if error else sys.stdout).write(text + "\n")


def _solve(options: argparse.Namespace) -> int:
    # only this command needs the solver: check and explain start without it
    from matcher.cluster.opening import open_executor  # noqa: PLC0415
    from matcher.plain import simplex  # noqa: PLC0415
    from matcher.side import sweep  # noqa: PLC0415
    from matcher.solve import solve  # noqa: PLC0415

    problem = read_problem(options.problem)
    teller = _Teller().tell if options.progress or sys.stderr.isatty() else None
    engine = sweep if uses_side_rules(problem) else simplex
    if teller is not None and not is_kept(Path(str(engine.__file__))):
        _say("compiling, once: the next solve on this machine begins at once", error=True)
    with (
        open_executor(options.scheduler, folder=options.shards) as executor,
        _noticing_interrupts() as interrupts,
    ):
        plan = solve(
            problem,
            workers=options.workers,
            executor=executor,
            gap=options.gap,
            seconds=options.time,
            should_stop=lambda: bool(interrupts),
            progress=teller,
        )
    write_plan(problem, plan, options.output)
    _say(json.dumps({"digest": plan.digest, "termination": plan.termination, **plan.figures}, indent=1))
    return DONE


@contextmanager
def _noticing_interrupts() -> Iterator[list[int]]:
    """Note the first Ctrl-C instead of ending; the second one ends."""
    interrupts: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        interrupts.append(number)
        signal.signal(signal.SIGINT, before)
        _say("stopping with the best plan so far; again to end without one", error=True)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)


class _Teller:
    """Tells on stderr how far a solve is, at each step and whenever another part of it is done."""

    def __init__(self) -> None:
        self._told: tuple[str, int] = ("", -1)

    def tell(self, progress: Progress) -> None:
        """Tell once for each step and percent of the work."""
        percent = 100 * progress.done // max(progress.total, 1)
        if (progress.step, percent) == self._told:
            return
        self._told = (progress.step, percent)
        left = "" if progress.seconds_left is None else f", about {progress.seconds_left:.0f} s left"
        gap = "" if progress.gap is None else f", gap {progress.gap:.2g}"
        _say(f"{progress.step}: {percent} %{left}{gap}", error=True)


def _check(options: argparse.Namespace) -> int:
    problem = read_problem(options.problem)
    plan = read_plan(problem, options.plan)
    digest = options.digest or problem.digest
    violations = check(problem, plan, digest=digest, workers=options.workers)
    for violation in violations:
        _say(str(violation))
    if not violations:
        _say(f"ok: {plan.digest}, gap {plan.certificate.gap:g}")
    return BROKEN if violations else DONE


def _explain(options: argparse.Namespace) -> int:
    problem = read_problem(options.problem)
    plan = read_plan(problem, options.plan)
    told = explain(problem, plan, options.id, lot=options.lot)
    if options.language:
        _say("\n".join(tell(problem, told, language=options.language)))
        if isinstance(told, RequirementExplanation) and told.unmet and problem.pairs is None:
            advice = find_advice(problem, plan, told.requirement)
            _say("\n".join(tell_advice(problem, told.requirement, advice, language=options.language)))
        return DONE
    _say(json.dumps(asdict(told), ensure_ascii=False, indent=1))
    return DONE


def _print_schema(options: argparse.Namespace) -> int:
    if options.what == "page":
        _say(make_page().rstrip("\n"))
    else:
        made = make_problem_schema() if options.what == "problem" else make_plan_schema()
        _say(write_text(made).rstrip("\n"))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
