# SPDX-License-Identifier: EUPL-1.2
"""The factors a run uses: for each kind, class and name the one in force, or the latest edition before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, text

from inventory.errors import BadInputError


class MissingFactorError(BadInputError):
    """There is no {kind} for {subject}; add a row to the factor table and run again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorInForce:
    """One number with its origin; `superseded` where its validity had ended and nothing newer is known."""

    id: int
    kind: str
    class_id: int | None
    key: str
    value: Decimal
    unit: str
    source: str
    edition: str | None
    assumption: bool
    superseded: bool


# In force first; otherwise the newest that once was, which the plan then marks as superseded.
_IN_FORCE = text(
    """
    SELECT DISTINCT ON (kind, class_id, key)
           id, kind, class_id, key, value, unit, source, edition, status = 'assumption' AS assumption,
           coalesce(valid_to <= :as_of, false) AS superseded
      FROM factor
     WHERE valid_from <= :as_of
     ORDER BY kind, class_id, key, (valid_to IS NULL OR valid_to > :as_of) DESC, valid_from DESC, id
    """
)


@dataclass(slots=True, kw_only=True)
class Facts:
    """Look-ups over the factors in force, remembering which ones were used."""

    by_name: dict[tuple[str, int | None, str], FactorInForce]
    used: set[int] = field(default_factory=set)

    def find(self, kind: str, *, class_id: int | None = None, key: str = "") -> FactorInForce | None:
        """Find a factor, or None; a found one counts as used."""
        factor = self.by_name.get((kind, class_id, key))
        if factor is not None:
            self.used.add(factor.id)
        return factor

    def value(self, kind: str, *, subject: str, class_id: int | None = None, key: str = "") -> Decimal:
        """Give the value of a factor that must exist.

        Raises
        ------
        MissingFactorError
            It does not; `subject` says for what.
        """
        factor = self.find(kind, class_id=class_id, key=key)
        if factor is None:
            raise MissingFactorError(kind=kind, subject=subject)
        return factor.value

    def keys(self, kind: str) -> Iterable[str]:
        """List the names within a kind, in order."""
        return sorted(
            key for (its_kind, class_id, key) in self.by_name if its_kind == kind and class_id is None
        )

    def editions(self) -> list[dict[str, object]]:
        """List the editions of the factors used, with how many of each are assumptions or superseded."""
        counts: dict[str, dict[str, int]] = {}
        for factor in self.by_name.values():
            if factor.id in self.used:
                count = counts.setdefault(
                    factor.edition or "", {"factors": 0, "assumptions": 0, "superseded": 0}
                )
                count["factors"] += 1
                count["assumptions"] += factor.assumption
                count["superseded"] += factor.superseded
        return [{"edition": edition, **count} for edition, count in sorted(counts.items())]


def read_facts(connection: Connection, *, as_of: date) -> Facts:
    """Read the factors in force on a day, inside the connection's transaction."""
    rows = connection.execute(_IN_FORCE, {"as_of": as_of}).mappings()
    return Facts(by_name={(row["kind"], row["class_id"], row["key"]): FactorInForce(**row) for row in rows})
