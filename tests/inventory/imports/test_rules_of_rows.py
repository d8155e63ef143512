# SPDX-License-Identifier: EUPL-1.2
"""The rules that rows of lots and requirements set, as they land in the tables."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.imports.lots.importing import import_lots
from inventory.imports.requirements.importing import import_requirements
from inventory.tables import DesignOption, Lot, Organisation, Project, Requirement

Write = Callable[..., Path]
Row = dict[str, Any]

LOT_RULES: dict[str, Row] = {
    "da": {"Mindste udtag": "250,5", "Alt eller intet": "ja", "Produkt": "Rød blødstrøgen"},
    "en": {"Minimum take": "250.5", "All or nothing": "yes", "Product": "Rød blødstrøgen"},
}
REQUIREMENT_RULES: dict[str, Row] = {
    "da": {
        "Designvariant": "Tegl",
        "Mindst opfyldt (%)": "alt eller intet",
        "Højst antal donorer": "3",
        "Kun ét produkt": "ja",
        "Spild (%)": "7,5",
        "Prioritet (%)": "150",
        "Projektets merpris højst (kr.)": "250000,50",
    },
    "en": {
        "Design option": "Tegl",
        "At least fulfilled (%)": "all or nothing",
        "Most donors": "3",
        "One product only": "yes",
        "Breakage (%)": "7.5",
        "Priority (%)": "150",
        "Project's most above new (DKK)": "250000.50",
    },
}


@pytest.mark.parametrize("language", ["da", "en"])
def test_rules_of_a_lot(session: Session, write_csv: Write, yard: Row, language: str):
    """Each rule is read under its Danish and its English header, in whole steps of the class."""
    row = {**yard, "class": "floorboard_timber", "unit": "m2", "quantity": "1000", **LOT_RULES[language]}
    report = import_lots(session, write_csv([row]))
    assert report.findings == ()
    lot = session.scalars(select(Lot)).one()
    assert (lot.minimum_take, lot.indivisible, lot.kind) == (2505, True, "Rød blødstrøgen")
    assert import_lots(session, write_csv([row])).unchanged == 1


def test_a_lot_without_rules_has_none(session: Session, write_csv: Write, yard: Row):
    """Empty cells, and files without the columns, set no rule and take one back."""
    import_lots(session, write_csv([{**yard, "minimum_take": "5", "indivisible": "ja", "kind": "x"}]))
    import_lots(session, write_csv([yard]))
    lot = session.scalars(select(Lot)).one()
    assert (lot.minimum_take, lot.indivisible, lot.kind) == (0, False, None)


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"minimum_take": "12001"}, "minimum_take_above_quantity", "minimum_take"),
        ({"minimum_take": "-1"}, "number_out_of_range", "minimum_take"),
        ({"minimum_take": "some"}, "not_a_number", "minimum_take"),
        ({"indivisible": "perhaps"}, "word_unknown", "indivisible"),
        ({"organisation_kind": "shop"}, "word_unknown", "organisation_kind"),
    ],
)
def test_wrong_rules_of_a_lot_refuse_the_row(
    session: Session, write_csv: Write, yard: Row, changes: Row, code: str, column: str
):
    """A rule that cannot be is named by row and column; the other row is taken."""
    report = import_lots(session, write_csv([{**yard, "ref": "GOOD"}, {**yard, **changes}]))
    assert [(f.code, f.column, f.row) for f in report.findings if f.severity == "error"] == [
        (code, column, 3)
    ]
    assert (report.inserted, report.refused) == (1, 1)


@pytest.mark.parametrize("language", ["da", "en"])
def test_rules_of_a_requirement(session: Session, write_csv: Write, school: Row, language: str):
    """Shares land in permille, the budget in oere on the project, the design option under its name."""
    row = {**school, **REQUIREMENT_RULES[language]}
    report = import_requirements(session, write_csv([row]))
    assert report.findings == ()
    wanted = session.scalars(select(Requirement)).one()
    assert (wanted.minimum_fulfilment_permille, wanted.most_donors, wanted.one_kind) == (1000, 3, True)
    assert (wanted.breakage_permille, wanted.priority_permille) == (75, 1500)
    option = session.scalars(select(DesignOption)).one()
    assert (wanted.design_option_id, option.name, option.chosen) == (option.id, "Tegl", False)
    assert session.scalars(select(Project.budget_ore)).one() == 25_000_050
    assert import_requirements(session, write_csv([row])).unchanged == 1


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"minimum_fulfilment_pct": "0.8"}, "share_unclear", "minimum_fulfilment_pct"),
        ({"minimum_fulfilment_pct": "120"}, "number_out_of_range", "minimum_fulfilment_pct"),
        ({"minimum_fulfilment_pct": "all"}, "not_a_number", "minimum_fulfilment_pct"),
        ({"breakage_pct": "95"}, "number_out_of_range", "breakage_pct"),
        ({"priority_pct": "-10"}, "number_out_of_range", "priority_pct"),
        ({"most_donors": "2.5"}, "not_whole", "most_donors"),
        ({"one_kind": "perhaps"}, "word_unknown", "one_kind"),
        ({"project_budget_dkk": "-1"}, "number_out_of_range", "project_budget_dkk"),
        ({"project_area_m2": "-4"}, "number_out_of_range", "project_area_m2"),
        ({"project_starts": "31-02-2027"}, "not_a_date", "project_starts"),
        (
            {"project_starts": "2028-01-01", "project_ends": "2028-01-01"},
            "window_empty",
            "project_ends",
        ),
        ({"design_option": "x" * 201}, "text_too_long", "design_option"),
    ],
)
def test_wrong_rules_of_a_requirement_refuse_the_row(
    session: Session, write_csv: Write, school: Row, changes: Row, code: str, column: str
):
    """A rule that cannot be is named by row and column; the other row is taken."""
    good = {**school, "ref": "GOOD", "project_ref": "OTHER"}
    report = import_requirements(session, write_csv([good, {**school, **changes}]))
    assert [(f.code, f.column, f.row) for f in report.findings if f.severity == "error"] == [
        (code, column, 3)
    ]
    assert session.scalars(select(Requirement.ref)).all() == ["GOOD"]


def test_options_and_budget_belong_to_the_project(session: Session, write_csv: Write, school: Row):
    """Rows share an option; a budget stays where a later file says nothing, and a contradiction is told."""
    rows = [
        {**school, "ref": "A", "design_option": "Tegl", "project_budget_dkk": "1000"},
        {**school, "ref": "B", "design_option": "Tegl", "project_budget_dkk": "2000"},
        {**school, "ref": "C", "design_option": "Træ"},
    ]
    report = import_requirements(session, write_csv(rows))
    assert [(f.code, f.row) for f in report.findings] == [("site_disagrees", 3)]
    assert sorted(session.scalars(select(DesignOption.name))) == ["Tegl", "Træ"]
    import_requirements(session, write_csv([school]))
    session.expire_all()
    assert session.scalars(select(Project.budget_ore)).one() == 100_000


def test_kind_of_organisation(session: Session, write_csv: Write, yard: Row, school: Row):
    """A file may say what an organisation is, in either language; another file leaves that as it is."""
    import_lots(session, write_csv([{**yard, "organisation_kind": "Nedrivningsfirma"}]))
    import_requirements(session, write_csv([{**school, "organisation_kind": "municipality"}]))
    import_requirements(session, write_csv([school]))
    kinds = dict(session.execute(select(Organisation.name, Organisation.kind)).all())
    assert kinds == {"Fyns Nedrivning": "demolition_firm", "Odense Kommune": "municipality"}


def test_area_and_days_belong_to_the_project(session: Session, write_csv: Write, school: Row):
    """They are kept where a later file is silent; its days replace both, so that no half of each remains."""
    days = {"project_starts": "2027-03-01", "project_ends": "2028-09-01"}
    import_requirements(session, write_csv([{**school, "project_area_m2": "4200.5", **days}]))
    import_requirements(session, write_csv([school]))
    told = select(Project.area_m2, Project.starts, Project.ends)
    assert session.execute(told).one() == (Decimal("4200.5"), date(2027, 3, 1), date(2028, 9, 1))
    import_requirements(session, write_csv([{**school, "project_starts": "2029-01-01"}]))
    assert session.execute(told).one() == (Decimal("4200.5"), date(2029, 1, 1), None)
