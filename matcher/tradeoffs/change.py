# SPDX-License-Identifier: EUPL-1.2
"""The same problem with other params."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from matcher.problem.problem import Problem, digest_problem, list_params, make_params


def change_params(problem: Problem, changes: dict[str, Any]) -> Problem:
    """Return the problem with some params changed, and the digest that goes with them.

    Parameters
    ----------
    problem
        Any problem.
    changes
        Values by name, as in `matcher.problem.problem.make_params`.

    Raises
    ------
    InputError
        For a name that is not known or a value out of range.
    """
    changed = replace(problem, params=make_params({**list_params(problem.params), **changes}), digest="")
    return replace(changed, digest=digest_problem(changed))
