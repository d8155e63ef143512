# SPDX-License-Identifier: EUPL-1.2
"""Seeding: what the files say is in the tables, twice is once, and a bad row is named."""

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.seed.reference import ReferenceTableError, reference_folder
from inventory.actions.seed.seed import ClassChangedError, seed_reference
from inventory.actions.seed.sync import ReferenceRefusedError, SeedCount
from inventory.tables import (
    Basis,
    Factor,
    Lot,
    MaterialClass,
    Run,
    Site,
    SiteKind,
    Substitute,
    Unit,
    stable_id,
)

TODAY = date(2027, 3, 1)
CLASSES = (
    "id,code,parent,name_da,name_en,unit,step,mass_kg_per_unit,volume_l_per_unit,density_kg_m3,thickness_mm,"
    "tradable,eak_code,vehicle,attributes,source,note"
)
SEEDED = (
    "attribute",
    "class_attribute",
    "class_word",
    "code_list",
    "factor",
    "lot_step",
    "material_class",
    "municipality",
    "region",
    "road_edge",
    "road_node",
    "screening_limit",
    "substitute",
    "town",
)

# A whole set of tables, as small as it can be.
SMALL = {
    "attributes": "name,unit,step,kind,name_da,name_en,source,note\n"
    "length_mm,mm,1,integer,Længde,Length,s,\n",
    "material_classes": f"{CLASSES}\n"
    "1,wood,,Træ,Wood,m2,1,,,,,false,,,,s,\n"
    "2,board,wood,Brædder,Boards,m2,0.1,13.25,25,530,25,true,17 02 01,van,length_mm,s,\n"
    "3,cladding,wood,Beklædning,Cladding,m2,0.1,10.0045,,,,true,,van,,s,a note\n",
    "substitutes": "class,substitute,p,q,penalty_dkk_per_unit,source,valid_from,status\n"
    "board,cladding,1,1,12.5,s,2026-01-01,assumption\n",
    "factors": "kind,class,key,value,low,high,unit,source,edition,valid_from,valid_to,status\n"
    "new_price,board,,100,80,120,DKK/m2,s,,2026-01-01,,assumption\n"
    "detour,,,1.3,1.1,1.5,ratio,s,,2026-01-01,,assumption\n"
    "new_co2e,board,,9,,,kg CO2e/m2,s,2025,2025-01-01,2026-01-01,sourced\n"
    "new_co2e,board,,8,,,kg CO2e/m2,s,2026,2026-01-01,,sourced\n",
    "code_lists": "list,code,name_da,name_en,source,valid_from,valid_to,note\nroof,3,Fibercement,,s,,,\n",
    "class_words": "class,language,word,source\nboard,da,planker,s\n",
    "regions": "code,name,valid_from,valid_to,successor,source\n"
    "1084,Hovedstaden,2007-01-01,2027-01-01,oest,s\noest,Østdanmark,2027-01-01,,,s\n",
    "municipalities": "code,name,region_code,x,y,source\n0101,København,1084,724781,6176355,s\n",
    "towns": "id,name,x,y,municipality_code,population,source\n7,København,724179,6175777,0101,,s\n",
    "screening_limits": "municipality,substance,unit,clean_below,hazardous_from,note,source,valid_from,"
    "valid_to\n,pcb_total,mg/kg,0.1,50,,s,,\n0101,pcb_total,mg/kg,0.1,50,,s,2026-01-01,\n",
    "lot_steps": "from_status,to_status,undo_only,needs,source,valid_from,valid_to,note\n"
    "offered,withdrawn,false,,s,2026-01-01,,\nwithdrawn,offered,false,amount reuse,s,2026-01-01,,\n",
    "road_nodes": "id,name,x,y,land_mass,source\na,A,700000,6170000,sjaelland,s\nb,B,650000,6150000,fyn,s\n",
    "road_edges": "a,b,metres,kind,name,source\na,b,18000,bridge,,s\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small set of tables."""
    for name, content in SMALL.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def bare(session: Session) -> Session:
    """A session on a database without any reference rows."""
    session.execute(text("TRUNCATE " + ", ".join(SEEDED) + " CASCADE"))
    return session


def add_lot(session: Session, *, class_id: int) -> None:
    """Store a quantity in a class of the small set, on a site of its own."""
    site = Site(id=stable_id("site", "donor", "seed"), kind=SiteKind.DONOR, ref="seed", name="seed")
    session.add(site)
    session.flush()
    session.add(
        Lot(
            id=stable_id("lot", "seed"),
            site_id=site.id,
            ref="a",
            class_id=class_id,
            unit=Unit.M2,
            quantity=1,
            basis=Basis.SURVEYED,
        )
    )
    session.flush()


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text that a table holds."""
    file = folder / f"{name}.csv"
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new), encoding="utf-8")


def read_all(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of the seeded tables."""
    return {
        name: sorted((tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))), key=repr)
        for name in SEEDED
    }


def count_changes(counts: dict[str, SeedCount]) -> dict[str, SeedCount]:
    """Leave out the tables in which nothing changed."""
    return {
        name: count
        for name, count in counts.items()
        if count.inserted or count.updated or count.removed or count.kept
    }


def test_seeding_twice_changes_nothing(session: Session) -> None:
    """The package's own tables are seeded already: again, no row is written."""
    before = read_all(session)
    counts = seed_reference(session, today=TODAY)
    assert count_changes(counts) == {}
    assert set(counts) == set(SEEDED)
    assert read_all(session) == before


def test_every_row_of_the_package_is_there(session: Session) -> None:
    """Each table has as many rows as its file has lines."""
    files = {
        "attribute": "attributes",
        "code_list": "code_lists",
        "factor": "factors",
        "lot_step": "lot_steps",
        "material_class": "material_classes",
        "municipality": "municipalities",
        "region": "regions",
        "road_edge": "road_edges",
        "road_node": "road_nodes",
        "screening_limit": "screening_limits",
        "substitute": "substitutes",
        "town": "towns",
    }
    for table, name in files.items():
        content = (reference_folder() / f"{name}.csv").read_text(encoding="utf-8")
        lines = list(csv.DictReader(content.splitlines(keepends=True)))
        assert session.scalars(text(f"SELECT count(*) FROM {table}")).one() == len(lines), table


def test_seeding_an_empty_database(bare: Session, folder: Path) -> None:
    """Rows come as the files say, counts tell of them, and a second time changes nothing."""
    counts = seed_reference(bare, today=TODAY, folder=folder)
    assert {name: count.inserted for name, count in counts.items()} == {
        "attribute": 1,
        "class_attribute": 1,
        "class_word": 7,
        "code_list": 1,
        "factor": 4,
        "lot_step": 2,
        "material_class": 3,
        "municipality": 1,
        "region": 2,
        "road_edge": 1,
        "road_node": 2,
        "screening_limit": 2,
        "substitute": 1,
        "town": 1,
    }
    before = read_all(bare)
    again = seed_reference(bare, today=TODAY, folder=folder)
    assert count_changes(again) == {}
    assert sum(count.unchanged for count in again.values()) == 29
    assert read_all(bare) == before


def test_mass_volume_and_penalty_are_per_step(bare: Session, folder: Path) -> None:
    """Per unit in the file, per step in the table: grams and millilitres half up, penalty in øre."""
    seed_reference(bare, today=TODAY, folder=folder)
    board, cladding = (bare.get_one(MaterialClass, key) for key in (2, 3))
    assert (board.mass_g_per_step, board.volume_ml_per_step) == (1325, 2500)
    assert (cladding.mass_g_per_step, cladding.volume_ml_per_step) == (1000, 0)
    assert bare.scalars(select(Substitute.penalty_ore)).one() == Decimal(125)


def test_changed_row_is_updated_in_place(bare: Session, folder: Path) -> None:
    """A factor whose value changes keeps its id."""
    seed_reference(bare, today=TODAY, folder=folder)
    query = select(Factor).where(Factor.kind == "detour")
    before = bare.scalars(query).one().id
    edit(folder, "factors", "detour,,,1.3", "detour,,,1.25")
    counts = seed_reference(bare, today=TODAY, folder=folder)
    assert count_changes(counts) == {"factor": SeedCount(updated=1, unchanged=3)}
    after = bare.scalars(query).one()
    assert (after.id, after.value) == (before, Decimal("1.25"))


def test_vanished_rows_are_removed(bare: Session, folder: Path) -> None:
    """Rows no longer in the files, and named by nothing, go."""
    seed_reference(bare, today=TODAY, folder=folder)
    edit(folder, "factors", "detour,,,1.3,1.1,1.5,ratio,s,,2026-01-01,,assumption\n", "")
    edit(folder, "substitutes", "board,cladding,1,1,12.5,s,2026-01-01,assumption\n", "")
    edit(
        folder,
        "material_classes",
        "3,cladding,wood,Beklædning,Cladding,m2,0.1,10.0045,,,,true,,van,,s,a note\n",
        "",
    )
    counts = seed_reference(bare, today=TODAY, folder=folder)
    assert {name: count.removed for name, count in count_changes(counts).items()} == {
        "class_word": 2,
        "factor": 1,
        "material_class": 1,
        "substitute": 1,
    }
    assert bare.get(MaterialClass, 3) is None


def test_vanished_class_with_lots_is_closed(bare: Session, folder: Path) -> None:
    """A class that lots still name stays, ended on the day, and comes back when the file names it again."""
    seed_reference(bare, today=TODAY, folder=folder)
    line = "3,cladding,wood,Beklædning,Cladding,m2,0.1,10.0045,,,,true,,van,,s,a note\n"
    add_lot(bare, class_id=3)
    edit(folder, "substitutes", "board,cladding,1,1,12.5,s,2026-01-01,assumption\n", "")
    edit(folder, "material_classes", line, "")
    for day in (TODAY, date(2028, 1, 1)):
        counts = seed_reference(bare, today=day, folder=folder)
        assert counts["material_class"].kept == 1
        assert bare.get_one(MaterialClass, 3).valid_to == TODAY
    edit(folder, "material_classes", "2,board", f"{line}2,board")
    assert seed_reference(bare, today=TODAY, folder=folder)["material_class"].updated == 1
    assert bare.get_one(MaterialClass, 3).valid_to is None


def test_vanished_factor_of_past_runs_is_ended(bare: Session, folder: Path) -> None:
    """Once a run was made, a factor that leaves the files ends today, or when its successor begins."""
    seed_reference(bare, today=TODAY, folder=folder)
    bare.add(Run(id=stable_id("run", "seed")))
    bare.flush()
    edit(folder, "factors", "detour,,,1.3,1.1,1.5,ratio,s,,2026-01-01,,assumption\n", "")
    edit(folder, "factors", ",,2026-01-01,,assumption", ",,2026-06-01,,assumption")
    edit(folder, "factors", "2025,2025-01-01,2026-01-01", "2025,2024-01-01,2026-01-01")
    counts = seed_reference(bare, today=TODAY, folder=folder)
    assert counts["factor"] == SeedCount(inserted=2, unchanged=1, removed=1, kept=2)
    ends = {(factor.kind, factor.valid_from): factor.valid_to for factor in bare.scalars(select(Factor))}
    assert ends == {
        ("detour", date(2026, 1, 1)): TODAY,
        ("new_price", date(2026, 1, 1)): date(2026, 6, 1),
        ("new_price", date(2026, 6, 1)): None,
        ("new_co2e", date(2024, 1, 1)): date(2026, 1, 1),
        ("new_co2e", date(2026, 1, 1)): None,
    }
    again = seed_reference(bare, today=date(2029, 1, 1), folder=folder)
    assert again["factor"] == SeedCount(unchanged=3, kept=2)


def test_next_edition_takes_over(bare: Session, folder: Path) -> None:
    """The old edition is ended and the new one begun in one seeding, whichever line comes first."""
    seed_reference(bare, today=TODAY, folder=folder)
    edit(
        folder,
        "factors",
        "detour,,,1.3,1.1,1.5,ratio,s,,2026-01-01,,assumption\n",
        "detour,,,1.2,1.1,1.5,ratio,s,,2027-01-01,,assumption\n"
        "detour,,,1.3,1.1,1.5,ratio,s,,2026-01-01,2027-01-01,assumption\n",
    )
    counts = seed_reference(bare, today=TODAY, folder=folder)
    assert count_changes(counts) == {"factor": SeedCount(inserted=1, updated=1, unchanged=3)}


@pytest.mark.parametrize(
    "case",
    [
        ("attributes", "integer", "whole", 2, "kind"),
        ("attributes", "length_mm,mm", "smell,mm", 2, "name"),
        ("material_classes", "2,board", "x,board", 3, "id"),
        ("material_classes", "3,cladding", "2,cladding", 4, "id"),
        ("material_classes", "3,cladding", "3,board", 4, "code"),
        ("material_classes", "2,board,wood", "2,board,metal", 3, "parent"),
        ("material_classes", "1,wood,,", "1,wood,board,", 2, "parent"),
        ("material_classes", "m2,0.1,13.25", "sqm,0.1,13.25", 3, "unit"),
        ("material_classes", "m2,0.1,13.25", "m2,0,13.25", 3, "step"),
        ("material_classes", "m2,0.1,13.25", "m2,0.1,", 3, "mass_kg_per_unit"),
        ("material_classes", "m2,0.1,13.25", 'm2,0.1,"13,25"', 3, "mass_kg_per_unit"),
        ("material_classes", "530,25,true", "530,25,yes", 3, "tradable"),
        ("material_classes", "17 02 01,van", "17 02 01,", 3, "vehicle"),
        ("material_classes", "van,length_mm", "van,length_mm colour", 3, "attributes"),
        ("material_classes", "s,a note", "s,a,note", 4, "-"),
        ("substitutes", "board,cladding", "board,wood", 2, "substitute"),
        ("substitutes", "1,1,12.5", "0,1,12.5", 2, "p"),
        ("factors", "new_price,board", "new_price,plank", 2, "class"),
        ("factors", "100,80,120", "100,110,120", 2, "value"),
        ("factors", "100,80,120", "NaN,80,120", 2, "value"),
        ("factors", "1.3,1.1,1.5", "1.3,1.1,", 3, "low"),
        ("factors", "2025-01-01,2026-01-01", "2025-01-01,2025-01-01", 4, "valid_to"),
        ("factors", "2025-01-01,2026-01-01", "2025-01-01,2026-01-02", 5, "valid_from"),
        ("factors", "2025,2025-01-01", "2025,01-01-2025", 4, "valid_from"),
        ("regions", "2027-01-01,oest", "2027-01-01,west", 2, "successor"),
        ("municipalities", "København,1084", "København,1099", 2, "region_code"),
        ("municipalities", "724781,6176355", "6176355,724781", 2, "x"),
        ("towns", "7,København", "7,", 2, "name"),
        ("screening_limits", "\n0101,pcb", "\n0999,pcb", 3, "municipality"),
        ("road_edges", "a,b,18000", "a,c,18000", 2, "b"),
        ("road_edges", "a,b,18000", "a,b,0", 2, "metres"),
        ("road_edges", "bridge,,s\n", "bridge,,s\nb,a,18000,bridge,,s\n", 3, "b"),
        ("code_lists", "list,code", "liste,code", 1, "list liste"),
        ("code_lists", "list,code", "list,extra,code", 1, "extra"),
    ],
)
def test_bad_row_is_named(bare: Session, folder: Path, case: tuple[str, str, str, int, str]) -> None:
    """File, line and column of a row that is not right are told, and nothing is written."""
    name, old, new, line, column = case
    edit(folder, name, old, new)
    with pytest.raises(ReferenceTableError) as caught:
        seed_reference(bare, today=TODAY, folder=folder)
    details = caught.value.details
    assert (details["file"], details["line"], details["column"]) == (f"{name}.csv", line, column)
    assert bare.scalars(select(MaterialClass)).all() == []


def test_missing_file_is_named(bare: Session, folder: Path) -> None:
    """A table that is not packaged is an error, not an empty table."""
    (folder / "towns.csv").unlink()
    with pytest.raises(ReferenceTableError, match=r"towns\.csv"):
        seed_reference(bare, today=TODAY, folder=folder)


def test_rule_of_the_database_is_told(bare: Session, folder: Path) -> None:
    """What only the database refuses is told by the table and the rule."""
    edit(folder, "regions", "1084,Hoved", "10840,Hoved")
    edit(folder, "municipalities", "København,1084", "København,10840")
    with pytest.raises(ReferenceRefusedError, match=r"(?s)region.*(too long|code_four_signs)"):
        seed_reference(bare, today=TODAY, folder=folder)


def test_class_keeps_its_id(bare: Session, folder: Path) -> None:
    """The id of a class is for good: lots, requirements and plans name it."""
    seed_reference(bare, today=TODAY, folder=folder)
    edit(folder, "material_classes", "3,cladding", "4,cladding")
    with pytest.raises(ClassChangedError, match="id from 3 to 4"):
        seed_reference(bare, today=TODAY, folder=folder)


def test_step_changes_only_while_nothing_counts_in_it(bare: Session, folder: Path) -> None:
    """A class without quantities may change its step, its substitutes with it; one with lots may not."""
    seed_reference(bare, today=TODAY, folder=folder)
    file = folder / "material_classes.csv"
    shutil.copy(file, folder / "before.csv")
    file.write_text(file.read_text(encoding="utf-8").replace("m2,0.1", "m2,0.5"), encoding="utf-8")
    seed_reference(bare, today=TODAY, folder=folder)
    assert bare.get_one(MaterialClass, 2).mass_g_per_step == 6625
    assert bare.scalars(select(Substitute.penalty_ore)).one() == Decimal(625)
    add_lot(bare, class_id=2)
    shutil.copy(folder / "before.csv", file)
    with pytest.raises(ClassChangedError, match=r"step from 0\.5 to 0\.1"):
        seed_reference(bare, today=TODAY, folder=folder)


def test_substitutes_may_convert(bare: Session, folder: Path) -> None:
    """Two steps offered that make three wanted are kept as they are written."""
    edit(folder, "substitutes", "1,1,12.5", "3,2,12.5")
    seed_reference(bare, folder=folder)
    assert bare.execute(select(Substitute.p, Substitute.q)).one() == (3, 2)
