# SPDX-License-Identifier: EUPL-1.2
"""Importing a building model: its types become lots of a site, or requirements of a project."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from inventory.actions.bulk.counts import Progress, RowsWritten, ignore_progress
from inventory.actions.imports.events import record_import
from inventory.actions.imports.lots import write_lots
from inventory.actions.imports.model import empty_parts
from inventory.actions.imports.requirements import write_requirements
from inventory.imports.cells.places import read_geography
from inventory.imports.findings import Findings
from inventory.imports.messages import MESSAGES
from inventory.imports.model.amounts import Amount, find_amount
from inventory.imports.model.choices import Choice, Part, choose_classes, list_parts
from inventory.imports.model.judging import check_row, judge_parts, may_be_taken
from inventory.imports.model.mapping import ModelMapping
from inventory.imports.model.naming import mark_model, name_part
from inventory.imports.model.place import PlaceTold, list_places, measure_apart
from inventory.imports.model.table import make_table
from inventory.imports.model.target import Target, find_target, write_target
from inventory.imports.model.types import list_types
from inventory.imports.model.values import FIBRE_CEMENT, list_kept, make_lot, make_requirement
from inventory.imports.model.wording import SOURCES, count_left_out
from inventory.imports.refusal import FileRefusedError
from inventory.imports.report import ImportReport
from inventory.queries.imports.ifc_rules import map_ifc_rules
from inventory.queries.imports.keys import KnownClass, list_known_classes
from inventory.queries.imports.model_targets import list_earlier_parts
from inventory.takeoff.rows import Takeoff

_NAMED = 5


def propose_choices(
    session: Session, takeoff: Takeoff, *, mapping: ModelMapping | None, organisation_id: UUID | None
) -> tuple[list[Choice], dict[str, KnownClass]]:
    """Choose or propose the class of each type of a model.

    Returns
    -------
    choices : list of Choice
        Each whole before its layers.
    known : dict
        The classes that can be traded, by code.

    Raises
    ------
    FileRefusedError
        ``not_seeded``.
    """
    known = {one.code: one for one in list_known_classes(session) if one.tradable}
    if not known:
        raise FileRefusedError(file="-", code="not_seeded", expected="material_class")
    choices = choose_classes(
        list_types(takeoff),
        decided={} if mapping is None else mapping.classes,
        rules=map_ifc_rules(session, organisation_id=organisation_id),
        known=frozenset(known),
    )
    return choices, known


def import_model(
    session: Session,
    takeoff: Takeoff,
    *,
    file: str,
    mapping: ModelMapping,
    organisation_id: UUID | None = None,
    dry_run: bool = False,
    progress: Progress = ignore_progress,
) -> ImportReport:
    """Import a building model.

    Parameters
    ----------
    session
        Its transaction takes everything; the caller commits, or rolls back a dry run.
    takeoff
        What the model holds.
    file
        Its name.
    mapping
        Which type is which class, to where, and when.
    organisation_id
        Whose rules are remembered.
    dry_run
        Only noted in the report.
    progress
        Told about steps and rows.

    Returns
    -------
    ImportReport
        One row per type and size. Those without class or quantity are refused; those a person left out are
        blank.

    Raises
    ------
    FileRefusedError
        As `find_target`; ``wanted_window_missing`` where a requirement has no window.
    """
    choices, known = propose_choices(session, takeoff, mapping=mapping, organisation_id=organisation_id)
    parts, left = list_parts(choices)
    classes = [known.get(part.choice.class_code or "") for part in parts]
    amounts = [
        None if of_class is None else find_amount(part.row, of_class=of_class)
        for part, of_class in zip(parts, classes, strict=True)
    ]
    checks = [
        check_row(part.row, measure="" if amount is None else amount.measure)
        for part, amount in zip(parts, amounts, strict=True)
    ]
    table = make_table(parts, amounts=amounts, classes=classes, checks=checks, left=left, file=file)
    findings = Findings(table=table)
    judge_parts(findings, parts, amounts=amounts, classes=classes)
    progress("check", len(parts) // 2, len(parts))
    geography = read_geography()
    places = list_places(takeoff.place, hand=mapping.point, geography=geography)
    target = find_target(session, mapping=mapping, places=places, file=file)
    _say_place(findings, target=target, places=places)
    _say_model(findings, takeoff=takeoff)
    rows = _make_rows(
        findings,
        parts,
        amounts=amounts,
        classes=classes,
        target=target,
        mapping=mapping,
        mark=mark_model(takeoff.project, file=file),
    )
    progress("check", len(parts), len(parts))
    write_target(session, target=target, kind=mapping.kind, geography=geography)
    written = _write(session, rows, mapping=mapping, progress=progress)
    gone = _empty_gone(
        session,
        findings,
        ids={row[0] for row in rows},
        target=target,
        kind=mapping.kind,
        mark=mark_model(takeoff.project, file=file),
    )
    record_import(session, kind=mapping.kind, file=file, written=written)
    figures = {
        "types": len(rows),
        "open": sum(part.choice.open for part in parts),
        "left": left,
        "gone": gone,
    }
    return findings.make_report(kind=mapping.kind, written=written, figures=figures, dry_run=dry_run)


def _make_rows(
    findings: Findings,
    parts: Sequence[Part],
    *,
    amounts: Sequence[Amount | None],
    classes: Sequence[KnownClass | None],
    target: Target,
    mapping: ModelMapping,
    mark: str,
) -> list[tuple[object, ...]]:
    file = findings.table.file
    window = mapping.window or target.window
    if mapping.kind == "lots" and window is None:
        findings.add(None, code="window_missing")
    elif mapping.kind == "lots" and mapping.window and not (mapping.firmness or target.firmness):
        findings.add(None, code="firmness_assumed")
    rows: list[tuple[object, ...]] = []
    named: Counter[str] = Counter()
    for index, (part, amount, of_class) in enumerate(zip(parts, amounts, classes, strict=True)):
        if amount is None or of_class is None or not may_be_taken(amount):
            continue
        first = name_part(part.row, mark=mark)
        ref = name_part(part.row, mark=mark, again=named[first])
        named[first] += 1
        if mapping.kind == "lots":
            if of_class.code == FIBRE_CEMENT:
                findings.add(index, code="asbestos_suspect", column="class")
            row = make_lot(
                part.row,
                ref=ref,
                amount=amount,
                of_class=of_class,
                target=target,
                mapping=mapping,
                file=file,
            )
        else:
            if window is None:
                raise FileRefusedError(file=file, code="wanted_window_missing", found=target.ref)
            row = make_requirement(
                part.row,
                ref=ref,
                amount=amount,
                of_class=of_class,
                target=target,
                mapping=mapping,
                window=window,
            )
        rows.append(row)
    return rows


def _write(
    session: Session, rows: Sequence[Sequence[object]], *, mapping: ModelMapping, progress: Progress
) -> RowsWritten:
    write = write_lots if mapping.kind == "lots" else write_requirements
    return write(session, rows=rows, keep=list_kept(mapping), progress=progress)


def _empty_gone(
    session: Session, findings: Findings, *, ids: set[object], target: Target, kind: str, mark: str
) -> int:
    """Set what the model had before and has no more to nothing, and say so."""
    owner = target.site_id if kind == "lots" else target.id
    earlier = list_earlier_parts(session, kind=kind, owner_id=owner, mark=mark)
    gone = [part for part in earlier if part.id not in ids]
    empty_parts(session, kind=kind, ids=[part.id for part in gone])
    if gone:
        names = "; ".join(part.ref.partition(f" {mark}")[0] for part in gone[:_NAMED])
        more = "; ..." if len(gone) > _NAMED else ""
        findings.add(None, code="gone_from_model", count=len(gone), names=names + more)
    return len(gone)


def _say_model(findings: Findings, *, takeoff: Takeoff) -> None:
    if takeoff.left_out:
        da, en = count_left_out(takeoff.left_out)
        findings.add(None, code="left_out_of_model", counts_da=da, counts_en=en)
    if takeoff.repeated:
        findings.add(None, code="guid_repeated", count=takeoff.repeated)


def _say_place(findings: Findings, *, target: Target, places: Sequence[PlaceTold]) -> None:
    """Say where the site stands by whom, what was not believed and why, and what is far away."""
    if target.place is not None:
        da, en = SOURCES[target.place.source]
        findings.add(None, code="place_used", told=target.place.told, source_da=da, source_en=en)
    elif target.standing is not None:
        findings.add(None, code="place_kept", ref=target.ref)
    here = target.place.xy if target.place is not None else target.standing
    for one in places:
        if one.problem:
            message = MESSAGES[one.problem]
            da, en = SOURCES[one.source]
            findings.add(
                None,
                code="place_not_used",
                told=one.told,
                source_da=da,
                source_en=en,
                why_da=message.da.format(name=one.name),
                why_en=message.en.format(name=one.name),
            )
        elif one.xy is not None and here is not None:
            metres = measure_apart(one.xy, here)
            if metres is not None:
                findings.add(None, code="place_far_from_site", told=one.told, km=f"{metres / 1000:.1f}")
