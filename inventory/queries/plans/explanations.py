# SPDX-License-Identifier: EUPL-1.2
"""Explanations kept with runs, and the names of what they speak of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from inventory.errors import BadInputError
from inventory.queries.instant import NamedLot, name_lots
from inventory.queries.names import name_requirements
from inventory.queries.offers import AnyRow
from inventory.tables import Explanation, Project, Requirement, Run, Site, Unmet


class RequirementNotFoundError(BadInputError):
    """Cannot use the requirement "{given}": {why}."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What people call lots, requirements and hubs, by id as text.

    `requirements` has rows of `inventory.queries.names.name_requirements`, `hubs` names.
    """

    lots: dict[str, NamedLot]
    requirements: dict[str, AnyRow]
    hubs: dict[str, str]


def find_explanation(session: Session, *, requirement_id: UUID, run_id: UUID | None = None) -> AnyRow | None:
    """Find what a run told of a requirement, or the newest run that told anything of it.

    Returns
    -------
    row or None
        `run_id`, `run_at`, `told`.
    """
    query = (
        select(Explanation.run_id, Run.created_at.label("run_at"), Explanation.told)
        .join(Run, Run.id == Explanation.run_id)
        .where(Explanation.requirement_id == requirement_id)
        .order_by(Run.created_at.desc(), Run.id)
        .limit(1)
    )
    if run_id is not None:
        query = query.where(Explanation.run_id == run_id)
    return session.execute(query).one_or_none()


def list_explanations(session: Session, *, run_id: UUID, limit: int) -> Sequence[AnyRow]:
    """List what a run told: `requirement_id` and `told`, those with a part bought new first."""
    short = select(Unmet.requirement_id).where(Unmet.run_id == run_id)
    query = (
        select(Explanation.requirement_id, Explanation.told)
        .join(Requirement, Requirement.id == Explanation.requirement_id)
        .join(Project, Project.id == Requirement.project_id)
        .where(Explanation.run_id == run_id)
        .order_by(Requirement.id.in_(short).desc(), Project.name, Requirement.ref, Requirement.id)
        .limit(limit)
    )
    return session.execute(query).all()


def name_all(session: Session, *, named: Collection[tuple[str, str]]) -> Named:
    """Read the names of all that explanations speak of.

    Parameters
    ----------
    session
        Any.
    named
        Kinds and ids, as `matcher.explain.told.list_named` yields them.
    """
    ids: dict[str, set[str]] = {"lot": set(), "requirement": set(), "hub": set()}
    for kind, one in named:
        ids[kind].add(one)
    wanted = name_requirements(session, ids=[UUID(one) for one in sorted(ids["requirement"])])
    hubs = select(cast(Site.id, Text), Site.name).where(Site.id.in_([UUID(one) for one in ids["hub"]]))
    known = session.execute(hubs).all() if ids["hub"] else ()
    return Named(
        lots=name_lots(session, ids=sorted(ids["lot"])),
        requirements={str(one): row for one, row in wanted.items()},
        hubs={row[0]: row[1] for row in known},
    )


def find_requirement(session: Session, given: str) -> UUID:
    """Find a requirement by its ref, by PROJECT/REF, or by its id or the first letters of that.

    Raises
    ------
    RequirementNotFoundError
        None, or more than one, answers to it.
    """
    project, _, ref = given.rpartition("/")
    named = select(Requirement.id, Project.ref).join(Project, Project.id == Requirement.project_id)
    named = named.where(Requirement.ref == ref)
    if project:
        named = named.where(Project.ref == project)
    found = session.execute(named.order_by(Project.ref).limit(10)).all()
    if len(found) > 1:
        choices = ", ".join(f"{row.ref}/{ref}" for row in found)
        raise RequirementNotFoundError(given=given, why=f"several projects have one: say which, of {choices}")
    begins = given.strip().lower()
    if not found and begins:
        by_id = select(Requirement.id, Requirement.ref)
        by_id = by_id.where(cast(Requirement.id, Text).startswith(begins, autoescape=True))
        found = session.execute(by_id.limit(2)).all()
    if len(found) != 1:
        raise RequirementNotFoundError(
            given=given,
            why="more than one id begins like that"
            if found
            else "no requirement has this ref, and no id begins like that",
        )
    one: UUID = found[0].id
    return one
