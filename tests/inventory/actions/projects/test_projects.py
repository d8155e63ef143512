# SPDX-License-Identifier: EUPL-1.2
"""Projects begun, corrected and undone, with their sites, builders and design options."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inventory.actions.projects.design_options import (
    OptionInUseError,
    OptionNameTakenError,
    add_option,
    choose_option,
    remove_option,
    rename_option,
)
from inventory.actions.projects.projects import (
    ProjectChangedError,
    ProjectDatesError,
    ProjectFacts,
    ProjectNumberTakenError,
    begin_project,
    correct_project,
)
from inventory.actions.projects.requirements import add_requirement, withdraw_requirement
from inventory.actions.projects.undo import undo_project
from inventory.actions.projects.undone import ChangedAfterwardsError, NothingLeftToUndoError
from inventory.actions.projects.wanted import OptionElsewhereError, Wanted
from inventory.queries.projects.change_log import find_undoable_change, read_last_change, read_project_history
from inventory.queries.projects.projects import (
    list_design_options,
    list_projects,
    list_wanted,
    read_project,
    read_project_values,
)
from inventory.tables import MaterialClass, Organisation, OrganisationKind, Project, Site

FACTS = ProjectFacts(
    name="Ny skole",
    x=565300.0,
    y=6257200.0,
    land_mass="jylland",
    municipality_code="0730",
    town="Randers",
    organisation="Randers Kommune",
    organisation_kind=OrganisationKind.MUNICIPALITY,
    building_type="skole",
    area_m2=Decimal(2400),
    starts=date(2027, 5, 1),
    ends=date(2028, 8, 1),
)


def want(session: Session, **more: object) -> Wanted:
    """A requirement of 4,200 bricks in summer."""
    brick = session.scalars(select(MaterialClass).where(MaterialClass.code == "brick_lime_mortar")).one()
    values = {"quantity": 4200, "wanted_from": date(2027, 6, 1), "wanted_to": date(2027, 9, 1)} | more
    return Wanted(class_id=brick.id, **values)  # type: ignore[arg-type]


def test_a_project_is_begun_with_its_site_and_builder(session: Session) -> None:
    """Site, builder and the next free number come with it; a number is nobody else's."""
    first = begin_project(session, facts=FACTS, by="AB")
    second = begin_project(session, facts=replace(FACTS, name="Børnehus"))
    row = read_project(session, project_id=first)
    assert row is not None
    assert (row.ref, row.name, row.x, row.municipality_name) == ("P-1", "Ny skole", 565300.0, "Randers")
    assert (row.organisation_name, row.organisation_kind) == ("Randers Kommune", "municipality")
    other = read_project(session, project_id=second)
    assert other is not None
    assert (other.ref, other.organisation_id) == ("P-2", row.organisation_id)
    assert begin_project(session, facts=FACTS, ref="SKOLE-7") != first
    with pytest.raises(ProjectNumberTakenError, match="SKOLE-7"):
        begin_project(session, facts=FACTS, ref="SKOLE-7")
    with pytest.raises(ProjectDatesError):
        begin_project(session, facts=replace(FACTS, ends=date(2027, 5, 1)))


def test_a_correction_is_kept_and_undone_with_site_and_builder(session: Session) -> None:
    """Each field before and after is in the history; undoing gives all of them back, once each."""
    project = begin_project(session, facts=FACTS)
    before = read_project_values(session, project_id=project)
    moved = replace(FACTS, x=574200.5, town="Aarhus", organisation="Aarhus Kommune", area_m2=None, ends=None)
    assert correct_project(session, project_id=project, facts=moved, by="CD", why="flyttet")
    assert not correct_project(session, project_id=project, facts=moved)
    again = replace(moved, name="Nyere skole")
    assert correct_project(session, project_id=project, facts=again)
    lines = read_project_history(session, project_id=project)
    assert [line.kind for line in lines] == ["project_corrected", "project_corrected", "project_begun"]
    assert lines[1].data["changes"]["area_m2"] == ["2400", None]
    assert lines[1].data["why"] == "flyttet"
    assert undo_project(session, project_id=project) == "project_corrected"
    assert read_project_values(session, project_id=project)["name"] == "Ny skole"
    undo_project(session, project_id=project)
    assert read_project_values(session, project_id=project) == before
    assert (
        session.scalar(select(Site.name).where(Site.id == session.get_one(Project, project).site_id))
        == "Ny skole"
    )
    with pytest.raises(NothingLeftToUndoError):
        undo_project(session, project_id=project)


def test_two_who_correct_at_once_are_told(session: Session) -> None:
    """A correction that starts from an older state is refused, and so is undoing over a later hand."""
    project = begin_project(session, facts=FACTS)
    seen = read_last_change(session, subject=("project", project))
    correct_project(session, project_id=project, facts=replace(FACTS, name="A"), seen=seen)
    with pytest.raises(ProjectChangedError):
        correct_project(session, project_id=project, facts=replace(FACTS, name="B"), seen=seen)
    session.get_one(Project, project).name = "by a file"
    session.flush()
    with pytest.raises(ChangedAfterwardsError, match="name"):
        undo_project(session, project_id=project)


def test_moving_a_project_leaves_its_neighbour_where_it_stands(session: Session) -> None:
    """Two projects on one site: the one that moves gets a site of its own."""
    project = begin_project(session, facts=FACTS)
    site = session.get_one(Project, project).site_id
    session.add(Project(id=uuid4(), ref="N", name="Nabo", site_id=site))
    session.flush()
    correct_project(session, project_id=project, facts=replace(FACTS, x=600000.0))
    assert session.get_one(Project, project).site_id != site
    assert session.scalar(select(func.ST_X(Site.geom)).where(Site.id == site)) == 565300.0


def test_the_list_finds_by_name_number_builder_and_place(session: Session) -> None:
    """Words find projects by what they are called and by where and whose they are; % is a letter."""
    begin_project(session, facts=FACTS, ref="A%B")
    begin_project(session, facts=replace(FACTS, name="Børnehus", town="Vejle", organisation="Vejle Kommune"))
    assert list_projects(session).total == 2
    for words, names in {
        "skole": ["Ny skole"],
        "vejle": ["Børnehus"],
        "A%": ["Ny skole"],
        "%": ["Ny skole"],
        "randers": ["Børnehus", "Ny skole"],
        "ingen": [],
    }.items():
        assert [row.name for row in list_projects(session, words=words).rows] == names, words


def test_design_options_are_chosen_copied_and_undone(session: Session) -> None:
    """One of them is chosen; a copy takes the requirements along; each step of it is undone in turn."""
    project = begin_project(session, facts=FACTS)
    brick = add_option(session, project_id=project, name="Tegl")
    for _ in range(2):
        add_requirement(session, project_id=project, wanted=want(session, design_option_id=brick))
    wood = add_option(session, project_id=project, name="Træ", copy_of=brick)
    options = {row.name: row.requirements for row in list_design_options(session, project_id=project)}
    assert options == {"Tegl": 2, "Træ": 2}
    with pytest.raises(OptionNameTakenError):
        add_option(session, project_id=project, name="Træ")
    with pytest.raises(OptionElsewhereError):
        other = begin_project(session, facts=FACTS)
        choose_option(session, project_id=other, option_id=wood)
    assert choose_option(session, project_id=project, option_id=brick)
    assert choose_option(session, project_id=project, option_id=wood)
    assert not choose_option(session, project_id=project, option_id=wood)
    assert rename_option(session, project_id=project, option_id=wood, name="Limtræ")
    assert undo_project(session, project_id=project) == "design_option_renamed"
    assert undo_project(session, project_id=project) == "design_option_chosen"
    assert [row.name for row in list_design_options(session, project_id=project) if row.chosen] == ["Tegl"]
    assert undo_project(session, project_id=project) == "design_option_chosen"
    assert not any(row.chosen for row in list_design_options(session, project_id=project))
    with pytest.raises(OptionInUseError, match="2 requirements"):
        undo_project(session, project_id=project)
    with pytest.raises(OptionInUseError):
        remove_option(session, project_id=project, option_id=wood)


def test_an_empty_design_option_is_removed_and_comes_back(session: Session) -> None:
    """What holds nothing may go; undoing brings it back under its name, and then takes it away again."""
    project = begin_project(session, facts=FACTS)
    option = add_option(session, project_id=project, name="Tegl")
    remove_option(session, project_id=project, option_id=option)
    assert list_design_options(session, project_id=project) == []
    undo_project(session, project_id=project)
    assert [row.id for row in list_design_options(session, project_id=project)] == [option]
    undo_project(session, project_id=project)
    assert list_design_options(session, project_id=project) == []
    assert find_undoable_change(session, subject=("project", project)) is None


def test_the_list_counts_what_is_open(session: Session) -> None:
    """Removed requirements are in the project and not in its count."""
    project = begin_project(session, facts=FACTS)
    kept = add_requirement(session, project_id=project, wanted=want(session))
    gone = add_requirement(session, project_id=project, wanted=want(session))
    withdraw_requirement(session, requirement_id=gone)
    assert [row.requirements for row in list_projects(session).rows] == [1]
    statuses = {row.id: row.status for row in list_wanted(session, project_id=project)}
    assert statuses == {kept: "open", gone: "withdrawn"}
    assert session.scalar(select(func.count()).select_from(Organisation)) == 1
