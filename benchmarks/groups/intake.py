# SPDX-License-Identifier: EUPL-1.2
"""Into PostGIS: rows by COPY, a country's lots, and a whole file with its checks, against SQLAlchemy Core."""

import os
import random
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.bars import BARS
from benchmarks.contest import SECONDS, Answer, Contest, Sides
from benchmarks.import_files import write_import_files
from benchmarks.make_problem import draw_tables
from benchmarks.peers.core_insert import describe_table, insert_file, insert_rows
from benchmarks.scale import Scale
from inventory.actions.bulk.copying import copy_into
from inventory.actions.imports.lots import LOT_TYPES, write_lots
from inventory.actions.imports.records import begin_import, finish_import
from inventory.database import make_engine, session_factory
from inventory.imports.lots.importing import import_lots
from inventory.imports.mapping import FileMapping
from inventory.postgres.cluster import ensure_database
from inventory.postgres.throwaway import open_throwaway_cluster
from inventory.tables import ImportKind, Lot
from inventory.upgrade import upgrade_database

SEED = 5
LOTS_PER_SITE = 10
PEERS_SHARE = 10
"""The peer inserts one lot of so many."""
NOT_SAID: Mapping[str, object] = dict.fromkeys(LOT_TYPES) | {
    "asbestos_suspect": False,
    "suspicion": [],
    "product_status": "used",
    "minimum_take": 0,
    "indivisible": False,
}
"""What an import writes of a lot where its file says nothing."""
HEADERS = {
    "ref": "Nr",
    "site_ref": "Sag",
    "site_name": "Adresse",
    "x": "Øst",
    "y": "Nord",
    "class": "Materiale",
    "quantity": "Antal",
    "unit": "Enhed",
    "available_from": "Fri fra",
    "available_to": "Fri til",
    "firmness": "Status",
    "price_dkk": "Pris",
    "preparation_dkk": "Klargøring",
    "documentation": "Papirer",
    "screening": "Miljø",
    "product_status": "Produkt",
    "grade": "Stand",
}
"""Our columns as a firm might call them: all are mapped, none is guessed."""
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A database with the reference data, and rows of lots for its sites."""

    sessions: sessionmaker[Session]
    rows: Rows


def list_intake_contests(scale: Scale) -> list[Contest]:
    """List the contests of what comes in."""
    core = "SQLAlchemy Core, insertmanyvalues"
    return [
        Contest(
            group="intake",
            name=f"{bar}_core",
            bar=BARS[bar],
            peer=peer,
            unit=SECONDS,
            runs=runs,
            packages=("sqlalchemy", "psycopg", "postgis"),
            open_sides=opened,
        )
        for bar, peer, runs, opened in (
            ("intake_copy", core, scale.runs, partial(_open_copy, count=scale.copied)),
            (
                "intake_load",
                f"{core}, a lot of {PEERS_SHARE}, multiplied up",
                scale.runs_long,
                partial(_open_load, count=scale.loaded),
            ),
            (
                "intake_csv",
                f"csv and {core}: nothing checked, placed or noted",
                scale.runs_long,
                partial(_open_csv, count=scale.imported),
            ),
        )
    ]


@contextmanager
def _open_database(*, lots: int = 0) -> Iterator[Store]:
    """Upgrade a throw-away database, with as many sites and rows of lots for them as are asked for."""
    with open_throwaway_cluster() as cluster:
        url = ensure_database(cluster, name="benchmark")
        upgrade_database(url)
        engine = make_engine(url)
        try:
            sessions = session_factory(engine)
            yield Store(sessions=sessions, rows=_draw_lots(sessions, count=lots) if lots else [])
        finally:
            engine.dispose()


def _draw_lots(sessions: sessionmaker[Session], *, count: int) -> Rows:
    draw = random.Random(SEED)
    with sessions.begin() as session:
        session.execute(
            text(
                "INSERT INTO site (id, kind, ref, name, geom, available_from, available_to, firmness)"
                " SELECT gen_random_uuid(), 'donor', 's' || n, 's' || n, ST_SetSRID(ST_MakePoint("
                " 450000 + random() * 400000, 6060000 + random() * 300000), 25832),"
                " '2027-01-01', '2028-01-01', 'possible' FROM generate_series(1, :sites) AS n"
            ),
            {"sites": -(-count // LOTS_PER_SITE)},
        )
        sites = list(session.scalars(text("SELECT id FROM site")))
        classes = session.execute(text("SELECT id, unit, step FROM material_class WHERE tradable")).all()
    rows = []
    for number in range(count):
        class_id, unit, step = draw.choice(classes)
        ore = draw.randint(1, 100_000) * step
        rows.append(
            {
                "id": uuid.UUID(int=draw.getrandbits(128)),
                "site_id": sites[number // LOTS_PER_SITE],
                "ref": f"L{number}",
                "class_id": class_id,
                "unit": unit,
                "quantity": draw.randint(1, 5000),
                "available_from": date(2027, 3, 1),
                "available_to": date(2027, 9, 1),
                "firmness": "permit_given",
                "documentation": draw.choice(("none", "basic", "tested")),
                "screening": draw.choice(("clean", "unknown")),
                "price_ore": int(ore) if ore == int(ore) else ore,  # as `read_prices` gives it
            }
        )
    return rows


@contextmanager
def _open_copy(*, count: int) -> Iterator[Sides]:
    with _open_database(lots=count) as store:
        rows = [
            NOT_SAID
            | row
            | {"year": 1900 + at % 100, "decide_by": row["available_to"], "note": f"Stack {at}, under roof"}
            for at, row in enumerate(store.rows)
        ]
        tuples = [tuple(row[name] for name in LOT_TYPES) for row in rows]
        table = describe_table("import_lot", types=LOT_TYPES)

        def copy(session: Session) -> None:
            table.create(session.connection())
            copy_into(
                session,
                table=table.name,
                columns=tuple(LOT_TYPES),
                rows=tuples,
                types=tuple(LOT_TYPES.values()),
            )

        def insert(session: Session) -> None:
            table.create(session.connection())
            insert_rows(session, table, rows=rows)

        yield Sides(
            ours=partial(_run, store, copy, table="import_lot"),
            theirs=partial(_run, store, insert, table="import_lot"),
            size=f"{count:,} rows of {len(LOT_TYPES)} columns, no index",
        )


@contextmanager
def _open_load(*, count: int) -> Iterator[Sides]:
    with _open_database(lots=count) as store:
        tuples = [tuple((NOT_SAID | row)[name] for name in LOT_TYPES) for row in store.rows]
        few = [{**row, "basis": "surveyed"} for row in store.rows[::PEERS_SHARE]]

        def load(session: Session) -> None:
            write_lots(session, rows=tuples)

        def insert(session: Session) -> None:
            insert_rows(session, Lot.__table__, rows=few)  # type: ignore[arg-type]

        yield Sides(
            ours=partial(_run, store, load, table="lot"),
            theirs=partial(_run, store, insert, table="lot", times=PEERS_SHARE),
            size=f"{count:,} lots with their points, keys, checks and indexes",
            warm=lambda: None,
        )


@contextmanager
def _open_csv(*, count: int) -> Iterator[Sides]:
    with _open_database() as store, tempfile.TemporaryDirectory() as folder:
        drawn = draw_tables(n_lots=count, n_requirements=max(1, count // 100), n_classes=30)
        path, _ = write_import_files(drawn, folder=Path(folder))
        _rename_headers(path)
        mapping = FileMapping(kind="lots", columns={header: name for name, header in HEADERS.items()})
        with store.sessions() as session:
            classes = {
                row.code: row.id for row in session.execute(text("SELECT code, id FROM material_class"))
            }

        def take(session: Session) -> None:
            at = datetime(2026, 11, 27, tzinfo=UTC)
            record = begin_import(
                session, kind=ImportKind.LOTS, file=path.name, at=at, mapping=mapping.make_document()
            )
            report = import_lots(session, path, mapping=mapping)
            finish_import(session, import_id=record, counts=report.count())

        def insert(session: Session) -> None:
            insert_file(session, path, headers=HEADERS, classes=classes)

        yield Sides(
            ours=partial(_run, store, take, table="lot"),
            theirs=partial(_run, store, insert, table="lot"),
            size=f"{count:,} rows of {len(HEADERS)} columns with headers of their own",
        )


def _rename_headers(path: Path) -> None:
    header, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(",".join(HEADERS[name] for name in header.split(",")) + "\n" + rest, encoding="utf-8")


def _run(store: Store, work: Callable[[Session], None], *, table: str, times: int = 1) -> Answer:
    """Time work in one transaction, whose rows are counted and taken back afterwards.

    Counted and taken back outside the time; a commit would add to both sides what the disk takes.
    """
    with store.sessions() as session:
        server = session.scalars(text("SELECT pg_backend_pid()")).one()
        start, cpu, served = perf_counter(), process_time(), _read_cpu(server)
        work(session)
        session.flush()
        seconds = perf_counter() - start
        spent, served = process_time() - cpu, _read_cpu(server) - served
        count = session.scalars(text(f"SELECT count(*) FROM {table}")).one()
        session.rollback()
    return Answer(
        value=float(count * times),
        figures={"cpu_s": spent * times, "server_s": served * times},
        seconds=seconds * times,
    )


def _read_cpu(process: int) -> float:
    """Read the processor's seconds of a process, of user and system."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
