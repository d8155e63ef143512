# SPDX-License-Identifier: EUPL-1.2
"""Cells pasted from a spreadsheet become a file that the import reads, filled in by the project."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.actions.projects.projects import begin_project
from inventory.imports.pasted import PastedFor, fix_project, read_pasted
from inventory.imports.requirements.importing import import_requirements
from inventory.tables import Requirement
from tests.inventory.actions.projects.test_projects import FACTS

TABBED = (
    "Materiale\tMængde\tMindste bredde (mm)\n"
    "Mursten i kalkmørtel\t4.200\t\nIndvendig dør\t30\t800\nHuldæk\t120,5\t\n"
)


@pytest.fixture
def project(session: Session) -> PastedFor:
    """A project with a window."""
    project_id = begin_project(session, facts=FACTS, ref="SKOLE")
    return PastedFor(id=project_id, ref="SKOLE", starts=FACTS.starts, ends=FACTS.ends)


def take_in(session: Session, folder: Path, text: str, *, project: PastedFor) -> list[Requirement]:
    """Read what is pasted, import it and give the requirements."""
    pasted = read_pasted(session, text, project=project)
    assert pasted is not None
    assert pasted.missing == ()
    file = folder / "indsat.csv"
    file.write_bytes(pasted.content)
    report = import_requirements(session, file, mapping=pasted.mapping)
    assert report.refused == 0, report
    query = select(Requirement).where(Requirement.project_id == project.id).order_by(Requirement.ref)
    return list(session.scalars(query))


def test_three_requirements_by_tabs(session: Session, tmp_path: Path, project: PastedFor) -> None:
    """Number, unit, project and window are filled in; amounts are read as Danish ones."""
    made = take_in(session, tmp_path, TABBED, project=project)
    assert [(one.ref, one.unit, one.quantity, one.width_mm_min) for one in made] == [
        ("B-001", "piece", 4200, None),
        ("B-002", "piece", 30, 800),
        ("B-003", "m2", 1205, None),
    ]
    assert {(one.wanted_from, one.wanted_to) for one in made} == {(FACTS.starts, FACTS.ends)}
    more = take_in(session, tmp_path, TABBED, project=project)
    assert [one.ref for one in more][3:] == ["B-004", "B-005", "B-006"]


@pytest.mark.parametrize(
    "text",
    [
        "brick_lime_mortar;4200\ndoor_inner;30\n",
        "Mursten i kalkmørtel\t4200\tstk\nIndvendig dør\t30\tstk",
        "4200|Clay brick in lime mortar\r\n30|Inner door\r\n",
    ],
)
def test_no_header_is_needed(session: Session, tmp_path: Path, project: PastedFor, text: str) -> None:
    """Material, amount and unit are known by what stands in them, in any order and either language."""
    made = take_in(session, tmp_path, text, project=project)
    assert [(one.quantity, one.unit) for one in made] == [(4200, "piece"), (30, "piece")]


def test_a_window_and_number_of_its_own_win(session: Session, tmp_path: Path, project: PastedFor) -> None:
    """What a row says itself is taken: nothing of the project's stands over it."""
    text = "Nr;Materiale;Antal;Ønsket fra;Ønsket til\nD1;Indvendig dør;12;01-03-2028;01-06-2028\n"
    (made,) = take_in(session, tmp_path, text, project=project)
    assert (made.ref, made.wanted_from, made.wanted_to) == ("D1", date(2028, 3, 1), date(2028, 6, 1))


def test_what_is_missing_is_told(session: Session, project: PastedFor) -> None:
    """A column nobody can guess is named, and nothing is no file."""
    pasted = read_pasted(session, "Materiale;Bemærkning\nIndvendig dør;hvid\n", project=project)
    assert pasted is not None
    assert pasted.missing == ("quantity",)
    assert read_pasted(session, " \n\t\n", project=project) is None
    undated = PastedFor(id=UUID(int=1), ref="X", starts=None, ends=None)
    pasted = read_pasted(session, "Indvendig dør;3", project=undated)
    assert pasted is not None
    assert pasted.missing == ("wanted_from", "wanted_to")
    assert fix_project(project=undated).fixed == {"project_ref": "X"}
    assert set(fix_project(project=project).fixed) == {"project_ref", "wanted_from", "wanted_to"}
