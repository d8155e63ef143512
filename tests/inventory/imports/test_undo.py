# SPDX-License-Identifier: EUPL-1.2
"""One import can be undone as a whole, to the last bit, or says what stands in the way."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from inventory.actions.imports.records import KEYS, begin_import, finish_import
from inventory.actions.imports.undo import ImportHeldError, ImportStateError, undo_import
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.hubs import import_hubs
from inventory.imports.lots.importing import import_lots
from inventory.imports.requirements.importing import import_requirements
from inventory.queries.imports.records import list_imports, map_past_headers
from inventory.tables import ImportKind, Lot, Organisation, Site

Write = Callable[..., Path]
Row = dict[str, Any]
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
IMPORTERS = {
    "lots": import_lots,
    "requirements": import_requirements,
    "hubs": import_hubs,
    "buildings": lambda session, path: import_buildings(session, path, today=NOW.date()),
}


def run(session: Session, path: Path, *, kind: str = "lots") -> UUID:
    """Import a file as the commands do; its record, and all that was noted, is in the session."""
    import_id = begin_import(session, kind=ImportKind(kind), file=path.name, at=NOW)
    report = IMPORTERS[kind](session, path)
    assert report.refused == 0, report.findings
    finish_import(session, import_id=import_id, counts=report.count())
    return import_id


def photograph(session: Session) -> dict[str, list[str]]:
    """All rows of the tables an import writes, as text, but for when they changed."""
    session.flush()
    return {
        table: sorted(
            session.execute(
                text(f"SELECT (to_jsonb(t) - 'updated_at' - 'geom')::text FROM {table} t")
            ).scalars()
        )
        for table in KEYS
    } | {"points": sorted(map(str, session.execute(text("SELECT id, geom::text FROM site")).all()))}


@pytest.mark.parametrize("kind", ["lots", "requirements", "buildings", "hubs"])
def test_what_was_inserted_goes(
    session: Session, write_csv: Write, yard: Row, school: Row, house: Row, hub: Row, kind: str
):
    """Undoing the first import of a file leaves the database as it was before."""
    before = photograph(session)
    row = {"lots": yard, "requirements": {**school, "design_option": "A"}, "buildings": house, "hubs": hub}[
        kind
    ]
    import_id = run(session, write_csv([row]), kind=kind)
    assert photograph(session) != before
    counts = undo_import(session, import_id=import_id)
    assert photograph(session) == before
    assert counts["restored"] == 0
    assert counts["deleted"] == {"lots": 3, "requirements": 5, "buildings": 2, "hubs": 3}[kind]
    with pytest.raises(ImportStateError, match="undone"):
        undo_import(session, import_id=import_id)


def test_what_was_changed_is_put_back(session: Session, write_csv: Write, yard: Row):
    """Undoing a later import puts every value back, points and prices to the last digit."""
    yard |= {"x": "588000.123456789", "price_dkk": "3.333", "note": "første"}
    first = run(session, write_csv([yard, {**yard, "ref": "L2"}], name="one.csv"))
    before = photograph(session)
    moved = {
        **yard,
        "x": "588100",
        "quantity": "5",
        "note": "",
        "site_name": "Moved",
        "organisation_kind": "dealer",
    }
    second = run(session, write_csv([moved, {**yard, "ref": "L3"}], name="two.csv"))
    assert photograph(session) != before
    undo_import(session, import_id=second)
    assert photograph(session) == before
    assert [record.status for record in list_imports(session, limit=9)] in (
        ["done", "undone"], ["undone", "done"],
    )  # fmt: skip
    undo_import(session, import_id=first)
    assert session.scalars(select(Lot.id)).all() == []


def test_a_later_change_stands_in_the_way(session: Session, write_csv: Write, yard: Row):
    """A lot that was corrected since is named, in both languages, and nothing is undone."""
    import_id = run(session, write_csv([yard, {**yard, "ref": "L2"}]))
    session.execute(update(Lot).where(Lot.ref == "L2").values(note="corrected"))
    before = photograph(session)
    with pytest.raises(ImportHeldError) as held:
        undo_import(session, import_id=import_id)
    assert "1 × lot changed since (L2)" in held.value.details["why_en"]
    assert "1 × parti er ændret siden (L2)" in held.value.details["why_da"]
    assert photograph(session) == before


def test_a_renamed_organisation_stands_in_the_way(session: Session, write_csv: Write, yard: Row):
    """Tables that keep no date of change are compared with how the import left them."""
    import_id = run(session, write_csv([yard]))
    session.execute(update(Organisation).values(cvr="12345678"))
    with pytest.raises(ImportHeldError, match="organisation changed since"):
        undo_import(session, import_id=import_id)


def test_what_rests_on_it_stands_in_the_way(session: Session, write_csv: Write, yard: Row):
    """A lot of a later import at the site of the first keeps the site: the site and the user are named."""
    first = run(session, write_csv([yard], name="one.csv"))
    known = {"x", "y", "site_name", "organisation", "municipality"}
    row = {name: value for name, value in yard.items() if name not in known} | {"ref": "L2"}
    second = run(session, write_csv([row], name="two.csv"))
    with pytest.raises(ImportHeldError, match=r"1 × site in use by lot \(YARD\)"):
        undo_import(session, import_id=first)
    undo_import(session, import_id=second)
    undo_import(session, import_id=first)
    assert session.query(Site).count() == 0


def test_a_match_stands_in_the_way(session: Session, write_csv: Write, yard: Row, school: Row):
    """A lot and a requirement that a plan names stay, and the match is named."""
    lots = run(session, write_csv([yard], name="lots.csv"))
    wanted = run(session, write_csv([school], name="wanted.csv"), kind="requirements")
    session.execute(
        text("INSERT INTO run (id, status, params) VALUES (gen_random_uuid(), 'requested', '{}')")
    )
    columns = (
        "pick_up, deliver, quantity, delivered, surplus, storage_days, metres, loads, price_ore,"
        " preparation_ore, transport_ore, storage_ore, disposal_ore, penalty_ore, new_ore, co2e_new_g,"
        " co2e_preparation_g, co2e_transport_g, co2e_regulatory_g, cost"
    )
    zeros = ", ".join(["0"] * 15)
    session.execute(
        text(
            "INSERT INTO match (run_id, lot_id, requirement_id, class_id, basis, firmness, storage,"
            f" {columns})"
            " SELECT run.id, lot.id, requirement.id, lot.class_id, 'surveyed', 'permit_given', 'direct',"
            " '2027-05-01',"
            f" '2027-05-01', 5, 5, 0, {zeros} FROM run, lot, requirement"
        )
    )
    for import_id, thing in (
        (lots, r"lot in use by match \(L1\)"),
        (wanted, r"requirement in use by match \(R1\)"),
    ):
        with pytest.raises(ImportHeldError, match=thing):
            undo_import(session, import_id=import_id)


def test_commands_list_and_undo(genbro: Callable[..., Any], write_csv: Write, tmp_path: Path, yard: Row):
    """A file imported by command is listed with its counts, undone by its id, and its mapping remembered."""
    mapping = tmp_path / "m.json"
    path = write_csv([{("Løbenr" if name == "ref" else name): value for name, value in yard.items()}])
    assert genbro("import", "lots", path, "--propose-mapping", mapping).exit_code == 1
    told = json.loads(mapping.read_text())
    assert told["columns"]["Løbenr"] is None
    told["columns"]["Løbenr"] = "ref"
    mapping.write_text(json.dumps(told))
    done = genbro("import", "lots", path, "--mapping", mapping, "--json")
    assert done.exit_code == 0, done.output
    import_id = json.loads(done.stdout)["import"]
    (listed,) = json.loads(genbro("imports", "--json").stdout)
    assert (listed["id"], listed["status"], listed["counts"]["inserted"]) == (import_id, "done", 1)
    assert genbro("import", "lots", path, "--propose-mapping", mapping).exit_code == 0
    assert json.loads(mapping.read_text())["columns"]["Løbenr"] == "ref"
    assert "Undone" in genbro("import", "undo", import_id).output
    again = genbro("import", "undo", import_id)
    assert again.exit_code == 1
    assert "it is undone" in again.stderr
    assert genbro("import", "undo", "00000000-0000-4000-8000-000000000000").exit_code != 0


def test_headers_are_remembered_per_organisation(session: Session):
    """Nobody's headers are not another's."""
    assert map_past_headers(session, kind="lots", organisation_id=None) == {}
