# SPDX-License-Identifier: EUPL-1.2
"""What a check finds: a rule, what breaks it, what should stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks.

    Parameters
    ----------
    rule
        Code of the rule.
    subject
        What breaks it: ids, or the name of a figure.
    expected, found
        What should stand there and what does.
    """

    rule: str
    subject: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.rule}: {self.subject}: expected {self.expected}, found {self.found}"
