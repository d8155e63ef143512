# SPDX-License-Identifier: EUPL-1.2
"""The matcher's exceptions: one tree, the docstring of a class is its message."""

from __future__ import annotations


class MatcherError(Exception):
    """The matcher cannot go on."""

    def __str__(self) -> str:
        """Return the given text, or the class docstring where none was given."""
        return super().__str__() or (type(self).__doc__ or "").strip()


class InputError(MatcherError):
    """The problem or plan cannot be read as one.

    Parameters
    ----------
    expected
        What would have been right, as a sentence part.
    table, column
        Where in the document, as far as known.
    row
        Row number in the table as it was given, from 0.
    value
        What was found there.
    """

    def __init__(
        self,
        expected: str,
        *,
        table: str | None = None,
        column: str | None = None,
        row: int | None = None,
        value: object = None,
    ) -> None:
        self.expected = expected
        self.table = table
        self.column = column
        self.row = row
        self.value = value
        where = [
            f"table '{table}'" if table is not None else "",
            f"column '{column}'" if column is not None else "",
            f"row {row}" if row is not None else "",
        ]
        place = ", ".join(part for part in where if part)
        found = f" found {value!r}," if value is not None else ""
        super().__init__(f"{place}:{found} expected {expected}" if place else expected)

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross a process border with all its parts."""
        return _rebuild_input_error, (self.expected, self.table, self.column, self.row, self.value)


class UnsupportedError(InputError):
    """The problem asks for a rule that this engine does not have."""

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross a process border with all its parts."""
        return _rebuild_unsupported_error, (self.expected, self.table, self.column, self.row, self.value)


class SolverError(MatcherError):
    """The flow engine did not return an optimal plan."""


def _rebuild_input_error(
    expected: str, table: str | None, column: str | None, row: int | None, value: object
) -> InputError:
    return InputError(expected, table=table, column=column, row=row, value=value)


def _rebuild_unsupported_error(
    expected: str, table: str | None, column: str | None, row: int | None, value: object
) -> UnsupportedError:
    return UnsupportedError(expected, table=table, column=column, row=row, value=value)
