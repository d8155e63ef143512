# SPDX-License-Identifier: EUPL-1.2
"""The demo: load its files, match them, and write the plan as files a person can open."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import geopandas as gpd
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from inventory.actions.runs import request_run
from inventory.database import session_factory
from inventory.errors import BadInputError
from inventory.estimates.update import estimate_sites
from inventory.exports.plan_files import ExportPlaceError, write_plan_file
from inventory.exports.plan_picture import write_plan_picture
from inventory.geography.reference import read_reference
from inventory.imports.buildings.importing import import_buildings
from inventory.imports.hubs import import_hubs
from inventory.imports.lots.importing import import_lots
from inventory.imports.requirements.importing import import_requirements
from inventory.matching.defaults import choose_params
from inventory.matching.snapshot import read_snapshot
from inventory.queries.demo_rows import count_foreign_rows
from inventory.queries.foreign_tables import list_relations
from inventory.queries.plans.tables import SRID, read_plan_tables
from inventory.tables.run import Run, RunStatus

# The demo is the same plan on every machine and every day, so its "today" is a day of its own.
AS_OF = date(2026, 12, 1)
FILES = ("buildings.csv", "hubs.csv", "lots.csv", "requirements.csv")
OUTPUTS = ("plan.gpkg", "plan.xlsx", "plan.png", "summary.json")


class DemoFilesMissingError(BadInputError):
    """The demo data is not in {folder}: {missing} cannot be found. It comes with the source of Genbro;
    say where it is with --data.
    """


class NotDemoDatabaseError(BadInputError):
    """The database holds other than demo data ({rows}), so the demo is not loaded into it. Unset
    GENBRO_DATABASE_URL to let the demo use a database of its own, or give the address of an empty one.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDemo:
    """What loading the demo did: rows changed by file, problems found by file, estimated lots."""

    changed: dict[str, int]
    findings: dict[str, int]
    estimated: int


def _read_column(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return sorted({row[column] for row in csv.DictReader(file)})


def refuse_other_data(session: Session, *, folder: Path) -> None:
    """Refuse a database with rows that are not of the demo.

    Raises
    ------
    DemoFilesMissingError
        The demo files are not where they should be.
    NotDemoDatabaseError
        There are other rows.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise DemoFilesMissingError(folder=folder, missing=", ".join(missing))
    foreign = count_foreign_rows(
        session,
        buildings=_read_column(folder / "buildings.csv", "id_lokalId"),
        hubs=_read_column(folder / "hubs.csv", "ref"),
        lots=_read_column(folder / "lots.csv", "ref"),
        projects=_read_column(folder / "requirements.csv", "project_ref"),
        requirements=_read_column(folder / "requirements.csv", "ref"),
    )
    if foreign:
        raise NotDemoDatabaseError(
            rows=", ".join(f"{table} {count}" for table, count in sorted(foreign.items()))
        )


def refuse_other_tables(session: Session) -> None:
    """Refuse a database that Genbro has no tables in, but somebody else has.

    Raises
    ------
    NotDemoDatabaseError
        There is a table or a view.
    """
    names = list_relations(session.connection())
    if names:
        shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        raise NotDemoDatabaseError(rows=f"tables of others: {shown}")


def load_demo(session: Session, *, folder: Path, say: Callable[[str], None]) -> LoadedDemo:
    """Import the demo files and estimate their buildings; again changes nothing. The caller commits."""
    refuse_other_data(session, folder=folder)
    changed: dict[str, int] = {}
    findings: dict[str, int] = {}
    for name in FILES:
        say(f"importing {name}")
        path = folder / name
        if name == "buildings.csv":
            report = import_buildings(session, path, today=AS_OF)
        else:
            importers = {
                "hubs.csv": import_hubs,
                "lots.csv": import_lots,
                "requirements.csv": import_requirements,
            }
            report = importers[name](session, path)
        changed[name] = report.inserted + report.updated
        findings[name] = len(report.findings)
    say("estimating lots from buildings")
    estimated = estimate_sites(session)
    return LoadedDemo(changed=changed, findings=findings, estimated=estimated.lots)


def find_demo_run(engine: Engine) -> UUID | None:
    """Find the run that already answers the demo as it is now: same digest, done."""
    with session_factory(engine)() as session:
        params = choose_params(session, as_of=AS_OF)
    digest = read_snapshot(engine, params=params).problem.digest
    with session_factory(engine)() as session:
        return session.scalars(
            select(Run.id)
            .where(Run.status == RunStatus.DONE, Run.digest == digest)
            .order_by(Run.created_at.desc())
            .limit(1)
        ).first()


def request_demo_run(engine: Engine) -> UUID:
    """Ask for a run of the demo, to be performed at once."""
    with session_factory(engine).begin() as session:
        params = choose_params(session, as_of=AS_OF)
        return request_run(session, params=params.model_dump(mode="json"), at=datetime.now(UTC), queued=False)


def make_summary(run: dict[str, Any]) -> dict[str, Any]:
    """Make what summary.json holds from a run's row: its proof and its key figures."""
    figures = dict(run["summary"])
    runtime = (run["finished_at"] - run["started_at"]).total_seconds()
    return {
        "run": str(run["id"]),
        "digest": run["digest"],
        "termination": run["termination"],
        "objective": run["cost"],
        "bound": run["bound"],
        "baseline": run["baseline"],
        **figures,
        "gap": float(run["gap"]),
        "runtime_s": round(runtime, 3),
    }


def read_land() -> gpd.GeoSeries:
    """Read the land masses as polygons, EPSG:25832."""
    return gpd.GeoSeries.from_wkt([row["wkt"] for row in read_reference("land_masses.csv")], crs=SRID)


def write_outputs(session: Session, *, run_id: UUID, folder: Path) -> dict[str, Any]:
    """Write plan.gpkg, plan.xlsx, plan.png and summary.json of a run into a folder; give the summary.

    Files that already hold this run are left as they are.
    """
    plan = read_plan_tables(session, run_id=run_id)
    summary = make_summary(plan.run)
    done, written = folder / "summary.json", json.dumps(summary, indent=2, sort_keys=True) + "\n"
    if all((folder / name).is_file() for name in OUTPUTS) and done.read_text(encoding="utf-8") == written:
        return summary
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportPlaceError(path=folder, why=error.strerror or str(error)) from error
    write_plan_file(plan, folder / "plan.gpkg")
    write_plan_file(plan, folder / "plan.xlsx")
    write_plan_picture(
        plan,
        folder / "plan.png",
        land=read_land(),
        title=f"Genbro demo plan: {len(plan.matches)} matches",
        note=(
            f"Saves {summary['co2e_kg_real'] / 1000:,.0f} t CO2e and {summary['money_ore'] / 100:,.0f} DKK; "
            f"gap {summary['gap']:.2%}. Land: DAGI 1:500.000, Geodatastyrelsen. Demo data, invented."
        ),
    )
    # Last, so that a summary never speaks of files that are not there.
    done.write_text(written, encoding="utf-8")
    return summary
