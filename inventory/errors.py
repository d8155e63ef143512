# SPDX-License-Identifier: EUPL-1.2
"""The root of the inventory's exceptions: a class's docstring is its message."""

from typing import Any, ClassVar


class GenbroError(Exception):
    """Genbro cannot go on."""

    exit_code: ClassVar[int] = 1

    def __init__(self, **details: Any) -> None:
        """Fill the placeholders of the class's docstring with `details`.

        Parameters
        ----------
        **details
            One value for each ``{placeholder}`` in the docstring; kept as `details` for machines.
        """
        self.details = details
        template = " ".join((type(self).__doc__ or GenbroError.__doc__ or "").split())
        super().__init__(template.format_map(details))


class BadInputError(GenbroError):
    """Cannot use {what}: {why}."""

    exit_code: ClassVar[int] = 2


class StateError(GenbroError):
    """Cannot {what} now: {why}."""
