# SPDX-License-Identifier: EUPL-1.2
"""Surveys move the estimates of other buildings: named, kept, repeatable, and never those of the demo."""

import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from inventory.estimates.update import estimate_sites, explain_site
from inventory.queries.comparison import read_comparison
from inventory.tables import (
    Basis,
    LearnedFactor,
    Lot,
    LotStatus,
    MaterialClass,
    Organisation,
    ProductStatus,
    Site,
    stable_id,
)

MakeBuilding = Callable[..., uuid.UUID]
ReadLots = Callable[[uuid.UUID], dict[str, Lot]]
Survey = Callable[..., uuid.UUID]
CODE = "brick_lime_mortar"


@pytest.fixture
def survey(session: Session) -> Survey:
    """Write down a surveyed lot of a site: ``survey(site, quantity, code=..., **values)``."""

    def write(site: uuid.UUID, quantity: int, *, code: str = CODE, **values: object) -> uuid.UUID:
        found = session.execute(
            select(MaterialClass.id, MaterialClass.unit).where(MaterialClass.code == code)
        ).one()
        lot = uuid.uuid4()
        session.add(
            Lot(
                id=lot,
                site_id=site,
                ref=str(lot)[:8],
                class_id=found.id,
                unit=found.unit,
                quantity=quantity,
                basis=Basis.SURVEYED,
                **values,
            )
        )
        session.flush()
        return lot

    return write


@pytest.fixture
def street(make_building: MakeBuilding) -> list[uuid.UUID]:
    """Six houses alike."""
    return [make_building(f"house {number}") for number in range(6)]


def test_surveys_move_the_other_houses(
    session: Session, street: list[uuid.UUID], survey: Survey, read_lots: ReadLots
) -> None:
    """Five houses with half the bricks: the sixth is estimated lower under a named factor; theirs stay."""
    estimate_sites(session)
    before = {site: read_lots(site)[CODE].quantity for site in street}
    for site in street[:5]:
        survey(site, before[site] // 2)
    report = estimate_sites(session)
    (lesson,) = report.learned
    assert (report.surveyed, lesson.class_code, lesson.group, lesson.era) == (
        5,
        CODE,
        "detached",
        "1931_1960",
    )
    assert (lesson.looked, lesson.found, lesson.lots) == (5, 5, 1)
    assert lesson.factor == pytest.approx(0.5**0.5, rel=1e-3)
    moved = read_lots(street[5])[CODE]
    assert moved.quantity == pytest.approx(before[street[5]] * lesson.factor, rel=1e-3)
    kept = session.get_one(LearnedFactor, moved.learned_factor_id)
    assert float(kept.factor) == lesson.factor
    assert {row["site_id"] for row in kept.evidence} == {str(site) for site in street[:5]}
    for site in street[:5]:
        own = read_lots(site)[CODE]
        assert (own.quantity, own.learned_factor_id) == (before[site], None)
    assert all(lot.learned_factor_id is None for code, lot in read_lots(street[5]).items() if code != CODE)


def test_estimating_again_changes_nothing(session: Session, street: list[uuid.UUID], survey: Survey) -> None:
    """A second estimate from the same surveys writes no lot and no factor."""
    survey(street[0], 4000)
    estimate_sites(session)
    factors = session.scalars(select(LearnedFactor.id)).all()
    versions = dict(session.execute(text("SELECT id, xmin::text || ctid::text FROM lot")).all())
    assert estimate_sites(session).written.changed == 0
    assert dict(session.execute(text("SELECT id, xmin::text || ctid::text FROM lot")).all()) == versions
    assert session.scalars(select(LearnedFactor.id)).all() == factors


def test_another_survey_is_another_version(
    session: Session, street: list[uuid.UUID], survey: Survey, read_lots: ReadLots
) -> None:
    """A new survey gives a new factor and keeps the old one; without surveys the tables' figure is back."""
    estimate_sites(session)
    tables = read_lots(street[5])[CODE].quantity
    survey(street[0], 4000)
    estimate_sites(session)
    first = read_lots(street[5])[CODE].learned_factor_id
    survey(street[1], 4000)
    estimate_sites(session)
    second = read_lots(street[5])[CODE].learned_factor_id
    assert len({first, second, None}) == 3
    assert session.scalar(select(func.count()).select_from(LearnedFactor)) == 2
    report = estimate_sites(session, surveys=False)
    back = read_lots(street[5])[CODE]
    assert (back.quantity, back.learned_factor_id, report.learned) == (tables, None, ())


def test_generated_surplus_and_withdrawn_surveys_teach_nothing(
    session: Session, street: list[uuid.UUID], survey: Survey
) -> None:
    """A demo organisation's site, goods never built in, and a survey partly withdrawn are no truth."""
    demo = stable_id("organisation", "Prøve (demo)")
    session.add(Organisation(id=demo, name="Prøve (demo)"))
    session.flush()
    session.get_one(Site, street[0]).organisation_id = demo
    survey(street[0], 4000)
    survey(street[1], 4000, product_status=ProductStatus.SURPLUS)
    survey(street[2], 4000)
    survey(street[2], 3000, status=LotStatus.WITHDRAWN)
    report = estimate_sites(session)
    assert (report.surveyed, report.learned) == (0, ())
    survey(street[3], 4000)
    assert estimate_sites(session).surveyed == 1


def test_a_surveyed_nothing_lowers_the_chance(
    session: Session, street: list[uuid.UUID], survey: Survey, read_lots: ReadLots
) -> None:
    """A survey that looked and found none moves the low end of the others to nothing."""
    for site in street[:2]:
        survey(site, 0)
    (lesson,) = estimate_sites(session).learned
    assert (lesson.looked, lesson.found, lesson.factor) == (2, 0, 1.0)
    assert read_lots(street[5])[CODE].quantity_low == 0


def test_pages_read_how_many_surveys_stand_behind(
    session: Session, street: list[uuid.UUID], survey: Survey, read_lots: ReadLots
) -> None:
    """The comparison carries buildings and factor where they moved the estimate; the explanation agrees."""
    survey(street[0], 4000)
    estimate_sites(session)
    bricks = next(row for row in read_comparison(session, site_id=street[5]) if row.looked is not None)
    assert (bricks.looked, bricks.found) == (1, 1)
    assert all(row.looked is None for row in read_comparison(session, site_id=street[0]))
    explanation = explain_site(session, site_id=street[5])
    assert explanation is not None
    use = next(one for one in explanation.rules if one.class_code == CODE)
    assert use.learned is not None
    assert use.learned.factor == float(bricks.factor)
    assert round(use.likely) == read_lots(street[5])[CODE].quantity
