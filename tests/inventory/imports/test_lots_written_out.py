# SPDX-License-Identifier: EUPL-1.2
"""Lots written out as a file, and the file read again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from inventory.actions.lots.move import split_lot
from inventory.exports.lot_files import LotFormat, write_lots_file
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.lots.importing import import_lots
from inventory.imports.lots.rows import lay_out_lots
from inventory.queries.imports.keys import map_code_list
from inventory.queries.lots.files import read_file_rows
from inventory.tables import Lot
from tests.inventory.imports.conftest import TERMS, format_csv

Write = Callable[..., Path]
Row = dict[str, Any]


def write_out(session: Session, form: LotFormat, *, language: Literal["da", "en"] = "da") -> bytes:
    """Write all surveyed lots as a file, by number."""
    ids = session.scalars(select(Lot.id).order_by(Lot.ref)).all()
    laid = lay_out_lots(
        read_file_rows(session, lot_ids=ids, exact=True),
        language=language,
        colours=map_code_list(session, name="colour"),
    )
    return write_lots_file(
        form,
        title="Lots",
        names=laid.names,
        heads=laid.heads,
        rows=laid.rows,
        points=laid.points,
        decimal="," if language == "da" else ".",
    )


@pytest.mark.parametrize(("form", "language"), [("csv", "da"), ("xlsx", "en"), ("gpkg", "da")])
def test_lots_written_out_are_read_back(
    session: Session,
    write_csv: Write,
    yard: Row,
    house: Row,
    tmp_path: Path,
    form: LotFormat,
    language: Literal["da", "en"],
):
    """A file written out, split lots and a building's among them, changes nothing when it is read again."""
    import_buildings(session, write_csv([house], name="b.csv"), today=date(2026, 11, 24))
    place = dict.fromkeys(("site_ref", "site_name", "x", "y", "municipality"), "")
    lots = [
        {**yard, **TERMS, "right_paper": "", "price_dkk": "3.455", "note": "=1+1 – æøå;", "colour": "red"},
        {**yard, **place, "ref": "L2", "bbr_id": house["id_lokalId"], "minimum_take": "50"},
    ]
    import_lots(session, write_csv(lots))
    split_lot(session, lot_id=session.scalars(select(Lot.id).where(Lot.ref == "L1")).one(), quantity=2000)
    first = write_out(session, form, language=language)
    held = session.execute(text("SELECT to_jsonb(lot) - 'updated_at' FROM lot ORDER BY ref")).scalars().all()
    path = tmp_path / f"lots.{form}"
    path.write_bytes(first)
    report = import_lots(session, path)
    assert [finding.code for finding in report.findings if finding.severity == "error"] == []
    assert (report.unchanged, report.rows) == (3, 3)
    again = session.execute(text("SELECT to_jsonb(lot) - 'updated_at' FROM lot ORDER BY ref")).scalars().all()
    assert again == held
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    if form == "csv":
        assert write_out(session, form, language=language) == first


WORDS = st.text(
    alphabet=st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_categories=("Cc", "Zs")), min_size=1
)
MAYBE_TERMS = st.fixed_dictionaries(
    {},
    optional={
        "materials_owner": WORDS,
        "sellable_from": st.dates(date(2000, 1, 1), date(2100, 1, 1)).map(date.isoformat),
        "price_at": st.sampled_from(["site", "delivered"]),
        "dismantled_by": st.sampled_from(["seller", "buyer"]),
        "loaded_by": st.sampled_from(["seller", "buyer"]),
        "unloaded_by": st.sampled_from(["seller", "buyer"]),
        "crane": st.sampled_from(["none", "there", "hire"]),
        "minimum_hire_hours": st.integers(0, 8784).map(str),
        "access_note": WORDS,
        "storage_place": WORDS,
        "price_dkk": st.decimals(Decimal(0), Decimal(99_999), places=3).map(str),
    },
)
MAYBE_REUSE = st.one_of(
    st.just({}),
    st.just({"reuse": "direct"}),
    st.fixed_dictionaries(
        {"reuse": st.just("preparation")}, optional={"waste_number": WORDS, "waste_receiver": WORDS}
    ),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(MAYBE_TERMS, MAYBE_REUSE), min_size=1, max_size=6))
def test_whatever_is_said_comes_back_byte_by_byte(
    session: Session, tmp_path: Path, yard: Row, rows: list[tuple[Row, Row]]
):
    """Written out, read where nothing is known and written out again, terms are the same bytes."""
    path = tmp_path / "lots.csv"
    with session.begin_nested() as nested:
        lots = [{**yard, "ref": f"L{at}", **terms, **reuse} for at, (terms, reuse) in enumerate(rows)]
        path.write_text(format_csv(lots), encoding="utf-8")
        import_lots(session, path)
        first = write_out(session, "csv")
        nested.rollback()
    session.expire_all()
    with session.begin_nested() as nested:
        path.write_bytes(first)
        report = import_lots(session, path)
        assert report.inserted == len(rows), report.findings
        assert write_out(session, "csv") == first
        nested.rollback()
    session.expire_all()
