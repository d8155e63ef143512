# SPDX-License-Identifier: EUPL-1.2
"""The commands of cutting, file to file: `cut` makes a plan, `check-cut` proves one without a solver."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from matcher.cutting.check import check_cutting
from matcher.cutting.document import (
    read_cutting_plan,
    read_cutting_problem,
    write_cutting_plan,
)
from matcher.cutting.offcuts import list_offcuts
from matcher.json_file import write_object

DONE = 0
BROKEN = 1


def add_cut_commands(commands: Any) -> None:
    """Add the commands to a parser's.

    Parameters
    ----------
    commands
        What `argparse.ArgumentParser.add_subparsers` gave; a command is run by its ``run``, which returns
        the exit code: 0 ok, 1 a rule is broken.
    """
    command = commands.add_parser("cut", help="read a cutting problem, write a cutting plan")
    command.add_argument("problem", type=Path, metavar="P")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN")
    command.add_argument("--offcuts", type=Path, metavar="FILE", help="write the off-cuts as new bars")
    command.set_defaults(run=_cut)
    command = commands.add_parser("check-cut", help="prove a cutting plan against its problem")
    command.add_argument("problem", type=Path, metavar="P")
    command.add_argument("plan", type=Path, metavar="PLAN")
    command.add_argument(
        "--digest", help="digest of the problem, from whoever holds it (default: the problem's own)"
    )
    command.set_defaults(run=_check)


def _cut(options: argparse.Namespace) -> int:
    # only this command needs the solver: checking runs where HiGHS is not loaded
    from matcher.cutting.solve import solve_cutting  # noqa: PLC0415

    problem = read_cutting_problem(options.problem)
    plan = solve_cutting(problem)
    write_cutting_plan(problem, plan, options.output)
    if options.offcuts is not None:
        write_object({"bars": list_offcuts(problem, plan)}, options.offcuts)
    certificate = plan.certificate
    told = {
        "digest": plan.digest,
        "termination": str(plan.termination),
        "cost": certificate.cost,
        "bound": certificate.bound,
        "baseline": certificate.baseline,
        "gap": certificate.gap,
        **plan.figures,
    }
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return DONE


def _check(options: argparse.Namespace) -> int:
    problem = read_cutting_problem(options.problem)
    plan = read_cutting_plan(problem, options.plan)
    violations = check_cutting(problem, plan, digest=options.digest or problem.digest)
    for violation in violations:
        sys.stdout.write(f"{violation}\n")
    if not violations:
        sys.stdout.write(f"ok: {plan.digest}, gap {plan.certificate.gap:g}\n")
    return BROKEN if violations else DONE
