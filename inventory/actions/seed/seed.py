# SPDX-License-Identifier: EUPL-1.2
"""Seed the reference tables: classes, factors, code lists, limits, places and roads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.resources.abc import Traversable
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, text
from sqlalchemy.orm import Session

from inventory.actions.seed.classes import (
    class_ids,
    read_attributes,
    read_class_attributes,
    read_class_lines,
    read_class_words,
    read_classes,
    read_factors,
    read_substitutes,
)
from inventory.actions.seed.codes import read_code_lists, read_screening_limits
from inventory.actions.seed.lot_steps import read_lot_steps
from inventory.actions.seed.places import (
    read_municipalities,
    read_regions,
    read_road_edges,
    read_road_nodes,
    read_towns,
)
from inventory.actions.seed.reference import Values, reference_folder
from inventory.actions.seed.sync import (
    ReferenceTable,
    SeedCount,
    find_vanished,
    match_key,
    retire_rows,
    upsert_rows,
)
from inventory.errors import GenbroError
from inventory.tables import (
    Attribute,
    ClassAttribute,
    ClassWord,
    CodeList,
    Factor,
    Lot,
    LotStep,
    MaterialClass,
    Municipality,
    Region,
    Requirement,
    RoadEdge,
    RoadNode,
    Run,
    ScreeningLimit,
    Substitute,
    Town,
)

# Two programs that seed at once take turns.
SEED_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('genbro seed_reference'))")


class ClassChangedError(GenbroError):
    """Class {code} cannot change its {what} from {before} to {after}: {why}."""


def seed_reference(
    session: Session, *, today: date | None = None, folder: Traversable | None = None
) -> dict[str, SeedCount]:
    """Bring the reference tables to the state of the files that come with the package.

    Rows are known by their natural keys. A row no longer in the files is removed, or, where others
    name it, kept and ended today. Seeding twice changes nothing. Nothing is committed.

    Parameters
    ----------
    session : Session
    today : date, optional
        The day on which rows that left the files end; the database's day where not given.
    folder : Traversable, optional
        Where the files lie; the package's own where not given.

    Returns
    -------
    dict[str, SeedCount]
        What was done, by table.

    Raises
    ------
    ReferenceTableError
        Where a file has a row that is not right; nothing has been written then.
    ClassChangedError
        Where a class would change its id, or its unit or step while lots or requirements count in it.
    ReferenceRefusedError
        Where the database refuses a row.
    """
    references = read_references(folder or reference_folder())
    session.execute(SEED_LOCK)
    day = today if today is not None else session.scalars(select(func.current_date())).one()
    by_name = {one.model.__tablename__: one for one in references}
    refuse_class_changes(session, by_name["material_class"].rows)
    drop_rescaled_substitutes(session, by_name["material_class"].rows)
    counts: dict[str, SeedCount] = {
        "factor": SeedCount(**retire_factors(session, by_name["factor"], today=day))
    }
    for one in references:
        name = one.model.__tablename__
        inserted, updated = upsert_rows(session, one)
        counts[name] = replace(
            counts.get(name, SeedCount()),
            inserted=inserted,
            updated=updated,
            unchanged=len(one.rows) - inserted - updated,
        )
    for one in reversed(references):
        if one.model is Factor:
            continue
        removed, kept = retire_rows(session, one, keys=find_vanished(session, one), today=day)
        name = one.model.__tablename__
        counts[name] = replace(counts[name], removed=removed, kept=kept)
    # The rows were written past the session: what it holds of them is old.
    session.expire_all()
    return counts


def read_references(folder: Traversable) -> list[ReferenceTable]:
    """Read every reference table, each after those it names; this touches no database."""
    attributes = read_attributes(folder)
    lines = read_class_lines(folder)
    classes = read_classes(lines)
    regions = read_regions(folder)
    municipalities = read_municipalities(folder, regions=index_rows(regions, "code"))
    municipality_codes = index_rows(municipalities, "code")
    nodes = read_road_nodes(folder)
    attribute_names = [row["name"] for row in attributes]
    tables: list[tuple[Any, str, Sequence[Values]]] = [
        (Attribute, "name", attributes),
        (MaterialClass, "id", classes),
        (
            ClassAttribute,
            "class_id attribute",
            read_class_attributes(lines, attributes=attribute_names),
        ),
        (ClassWord, "class_id language word", read_class_words(folder, lines=lines)),
        (
            Substitute,
            "class_id substitute_id",
            read_substitutes(folder, classes=index_rows(classes, "code")),
        ),
        (Factor, "kind class_id key valid_from", read_factors(folder, ids=class_ids(lines))),
        (CodeList, "list code", read_code_lists(folder)),
        (Region, "code", regions),
        (Municipality, "code", municipalities),
        (Town, "id", read_towns(folder, municipalities=municipality_codes)),
        (
            ScreeningLimit,
            "municipality_code substance unit valid_from",
            read_screening_limits(folder, municipalities=municipality_codes),
        ),
        (LotStep, "from_status to_status", read_lot_steps(folder)),
        (RoadNode, "id", nodes),
        (RoadEdge, "a b", read_road_edges(folder, nodes=index_rows(nodes, "id"))),
    ]
    return [ReferenceTable(model=model, key=tuple(key.split()), rows=rows) for model, key, rows in tables]


def index_rows(rows: Sequence[Values], column: str) -> dict[str, Values]:
    """Index rows by a column."""
    return {row[column]: row for row in rows}


def refuse_class_changes(session: Session, rows: Sequence[Values]) -> None:
    """Refuse a class that takes another id, or counts otherwise while quantities are stored in it."""
    wanted = {row["code"]: row for row in rows}
    used = or_(
        exists().where(Lot.class_id == MaterialClass.id),
        exists().where(Requirement.class_id == MaterialClass.id),
    )
    for found, is_used in session.execute(select(MaterialClass, used)):
        row = wanted.get(found.code)
        if row is None:
            continue
        for what in ("id", "unit", "step"):
            before, after = getattr(found, what), row[what]
            if before != after and (what == "id" or is_used):
                why = "ids are for good" if what == "id" else "lots or requirements count in it"
                raise ClassChangedError(code=found.code, what=what, before=before, after=after, why=why)


def drop_rescaled_substitutes(session: Session, rows: Sequence[Values]) -> None:
    """Drop the substitutes of classes whose unit or step changes; they are written anew."""
    wanted = {row["id"]: row for row in rows}
    changed = [
        found.id
        for found in session.scalars(select(MaterialClass))
        if (row := wanted.get(found.id)) is not None
        and (found.unit, found.step) != (row["unit"], row["step"])
    ]
    session.execute(
        delete(Substitute).where(or_(Substitute.class_id.in_(changed), Substitute.substitute_id.in_(changed)))
    )


def retire_factors(session: Session, reference: ReferenceTable, *, today: date) -> dict[str, int]:
    """End the factors no longer in the files, so that past runs can still name them.

    Without any run they are removed. Otherwise a factor ends today, or on the earlier day on which
    another of its name takes over; one that another covers from its first day is removed.
    """
    removed = kept = 0
    keep = session.scalars(select(exists().select_from(Run))).one()
    starts: dict[tuple[Any, ...], list[date]] = {}
    for row in reference.rows:
        starts.setdefault((row["kind"], row["class_id"], row["key"]), []).append(row["valid_from"])
    for key in find_vanished(session, reference):
        factor = session.scalars(select(Factor).where(match_key(reference, key))).one()
        same_name = starts.get(key[:3], [])
        ends = min([today, *(start for start in same_name if start > factor.valid_from)])
        covered = any(start <= factor.valid_from for start in same_name)
        if not keep or covered or ends <= factor.valid_from:
            session.delete(factor)
            removed += 1
        else:
            factor.valid_to = ends if factor.valid_to is None else min(ends, factor.valid_to)
            kept += 1
    session.flush()
    return {"removed": removed, "kept": kept}
