# SPDX-License-Identifier: EUPL-1.2
"""Screen a lot: keep what laboratories found, and let its screening follow from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from inventory.actions.documentation import settle_documentation
from inventory.actions.events import record_event
from inventory.errors import StateError
from inventory.queries.lots.origins import list_made_of
from inventory.queries.samples import judge_lot
from inventory.screening.reading import Reading
from inventory.screening.verdict import ASBESTOS, Verdict
from inventory.tables import Basis, Lot, Sample, Screening, stable_id


class SampleChangedError(StateError):
    """Cannot keep the sample of {substance} taken at {place} on {sampled_on}: there is one already, and it
    says {found}, not {wanted}. Give another place or day where it is another sample.
    """


class LotNotSurveyedError(StateError):
    """Cannot keep a sample of lot {lot_id}: it is an estimate, which the next one replaces. Survey
    it first.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSample:
    """A laboratory's result, as written and as read."""

    lot_id: UUID
    place: str
    substance: str
    text: str
    text_unit: str
    reading: Reading
    laboratory: str
    accreditation: str | None
    sampled_on: date
    report: str | None

    @property
    def id(self) -> UUID:
        """Its id: the same sample sent twice is one."""
        return stable_id("sample", self.lot_id, self.place, self.substance, self.sampled_on)


def add_samples(session: Session, *, samples: Sequence[NewSample]) -> set[UUID]:
    """Keep samples; one that is there already with the same result is passed over.

    Returns
    -------
    set of UUID
        The ids of those that are new.

    Raises
    ------
    LotNotSurveyedError
        If a lot is an estimate.
    SampleChangedError
        If a sample of the same lot, place, substance and day says something else.
    """
    wanted = {sample.lot_id for sample in samples}
    estimates = select(Lot.id).where(Lot.id.in_(wanted), Lot.basis != Basis.SURVEYED)
    for lot_id in session.scalars(estimates.order_by(Lot.id).limit(1)):
        raise LotNotSurveyedError(lot_id=lot_id)
    new: set[UUID] = set()
    for sample in samples:
        values = {
            "value": sample.reading.value,
            "below": sample.reading.below,
            "unit": sample.reading.unit,
        }
        added = session.scalar(
            insert(Sample)
            .values(
                id=sample.id,
                lot_id=sample.lot_id,
                place=sample.place,
                substance=sample.substance,
                reading=sample.text,
                reading_unit=sample.text_unit,
                laboratory=sample.laboratory,
                accreditation=sample.accreditation,
                sampled_on=sample.sampled_on,
                report=sample.report,
                **values,
            )
            .on_conflict_do_nothing()
            .returning(Sample.id)
        )
        if added is not None:
            new.add(added)
            continue
        there = session.execute(
            select(Sample.value, Sample.below, Sample.unit, Sample.reading).where(Sample.id == sample.id)
        ).one()
        if (there.value, there.below, there.unit) != tuple(values.values()):
            raise SampleChangedError(
                substance=sample.substance,
                place=sample.place,
                sampled_on=sample.sampled_on,
                found=there.reading,
                wanted=sample.text,
            )
    return new


def screen_lot(session: Session, *, lot_id: UUID, today: date) -> Verdict:
    """Let the screening of a lot follow from its samples, and write what decided it in the event log.

    A lot suspected of asbestos is cleared only by samples that found none; a sample that found some makes it
    suspected. Nothing is written where nothing changes.

    Raises
    ------
    sqlalchemy.exc.NoResultFound
        There is no such lot.
    """
    lot = session.execute(select(Lot).where(Lot.id == lot_id).with_for_update()).scalar_one()
    verdict = judge_lot(session, lot_id=lot_id, today=today)
    asbestos = [finding.result for finding in verdict.findings if finding.substance == ASBESTOS]
    suspect = Screening.CLEAN not in asbestos if asbestos else lot.asbestos_suspect
    before = (lot.screening, lot.asbestos_suspect)
    if before != (verdict.result, suspect):
        lot.screening, lot.asbestos_suspect = verdict.result, suspect
        record_event(
            session,
            kind="lot_screened",
            subject_kind="lot",
            subject_id=lot_id,
            data={"before": before[0], "asbestos_before": before[1], **_remember(verdict, today=today)},
        )
        session.flush()
        if lot.basis is Basis.SURVEYED:
            settle_documentation(session, lot_id=lot_id)
    return verdict


def screen_made_of(session: Session, *, lot_id: UUID, today: date) -> Verdict:
    """Screen a lot, and the lots made of it, which its samples speak of too; as `screen_lot`.

    Returns
    -------
    Verdict
        On the lot itself.
    """
    made = list_made_of(session, lot_id=lot_id)
    first, *_parts = [screen_lot(session, lot_id=one, today=today) for one in made]
    return first


def _remember(verdict: Verdict, *, today: date) -> dict[str, Any]:
    """Write a verdict as JSON: what decided it, held against which limit of whom."""
    deciding = [finding for finding in verdict.findings if finding.result == verdict.result]
    return {
        "result": verdict.result,
        "day": today.isoformat(),
        "open": {suspicion: list(substances) for suspicion, substances in verdict.open},
        "decided_by": [
            {
                "substance": finding.substance,
                "why": finding.why,
                "value": str(finding.worst.value),
                "below": finding.worst.below,
                "unit": finding.worst.unit,
                "limit": None
                if finding.limit is None
                else {
                    name: None if value is None else str(value)
                    for name, value in asdict(finding.limit).items()
                },
            }
            for finding in deciding
        ],
    }
