# SPDX-License-Identifier: EUPL-1.2
"""The Materialepas of a lot: what Genbro knows, and what people said in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.documentation.materialepas.document import Values
from inventory.documentation.materialepas.fields import list_plain_fields
from inventory.documentation.materialepas.fill import PassFacts, SampleKnown, TestKnown, fill_pass
from inventory.queries.attachments import read_attachments
from inventory.queries.documentation import read_line_of_class, read_tests
from inventory.queries.samples import read_samples
from inventory.tables import (
    AttachmentKind,
    Basis,
    Building,
    Lot,
    LotSurvey,
    MaterialClass,
    Materialepas,
    Organisation,
    Site,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassState:
    """The pass of a surveyed lot: `known` is what Genbro fills in, `said` what people said beyond it."""

    lot_id: UUID
    ref: str
    name_da: str
    name_en: str
    known: Values
    said: Values

    @property
    def values(self) -> Values:
        """What the pass says: what people said, else what is known."""
        return self.known | self.said

    def make_public(self) -> PassState:
        """Take out what names a person: there are no accounts yet, and a page is open to all."""
        personal = {field.path: None for field in list_plain_fields() if field.personal}
        return replace(self, known=self.known | personal, said=self.said | personal)


def read_pass(session: Session, *, lot_id: UUID, base_url: str) -> PassState | None:
    """Read the pass of a surveyed lot, or None where there is no such lot.

    Parameters
    ----------
    session, lot_id
        Where and which.
    base_url
        Where the server is found, for the addresses of photos and documents.
    """
    row = session.execute(
        select(
            Lot.ref,
            Lot.class_id,
            Lot.year,
            Lot.length_mm,
            Lot.width_mm,
            Lot.height_mm,
            Lot.thickness_mm,
            MaterialClass.name_da,
            MaterialClass.name_en,
            Organisation.name.label("company"),
            Building.year_built,
            LotSurvey.condition_basis,
            LotSurvey.fixing,
            LotSurvey.dop_ref,
            LotSurvey.epd_ref,
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .join(Site, Site.id == Lot.site_id)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
        .outerjoin(Building, Building.site_id == Site.id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .where(Lot.id == lot_id, Lot.basis == Basis.SURVEYED)
    ).one_or_none()
    if row is None:
        return None
    files = read_attachments(session, owner="lot", owner_id=lot_id)
    links = {file.id: f"{base_url.rstrip('/')}/files/{file.id}" for file in files}
    facts = PassFacts(
        classes=read_line_of_class(session, class_id=row.class_id),
        class_name_da=row.name_da,
        company=row.company,
        year_built=row.year_built,
        year_made=row.year,
        length_mm=row.length_mm,
        width_mm=row.width_mm,
        height_mm=row.height_mm,
        thickness_mm=row.thickness_mm,
        looked_over=row.condition_basis is not None,
        fixing=row.fixing,
        dop_ref=row.dop_ref,
        epd_ref=row.epd_ref,
        photos=[links[file.id] for file in files if file.kind == AttachmentKind.PHOTO],
        documents=[links[file.id] for file in files if file.kind == AttachmentKind.DOCUMENT],
        samples=[
            SampleKnown(substance=sample.substance, value=sample.value, below=sample.below, unit=sample.unit)
            for sample in read_samples(session, lot_id=lot_id)
        ],
        tests=[
            TestKnown(
                code=test.test,
                outcome=test.outcome.value,
                result=test.result,
                laboratory=test.laboratory,
                tested_on=test.tested_on,
            )
            for test in read_tests(session, lot_id=lot_id)
        ],
    )
    said: dict[str, Any] | None = session.scalar(
        select(Materialepas.said).where(Materialepas.lot_id == lot_id)
    )
    return PassState(
        lot_id=lot_id,
        ref=row.ref,
        name_da=row.name_da,
        name_en=row.name_en,
        known=fill_pass(facts),
        said=said or {},
    )
