# SPDX-License-Identifier: EUPL-1.2
"""genbro screen, as a surveyor calls it: samples in, lots judged, the event log told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from inventory.cli.main import main
from inventory.database import open_session
from inventory.tables import Event, Lot, Sample, Screening

HEAD = "site;lot;place;substance;result;unit;laboratory;accreditation;sampled_on;report\n"
SLAGELSE = (639_000, 6_142_500)
Call = Callable[..., Result]


@pytest.fixture
def call(own_database_url: str, monkeypatch: pytest.MonkeyPatch, make_country: Callable[..., Any]) -> Call:
    """Call genbro on a database with lots that nobody has screened, in Haderslev."""
    with open_session(own_database_url) as session:
        country = make_country(session)
        donor = country.site("school", SLAGELSE, municipality_code="0510")
        for ref in ("doors", "walls", "roof"):
            country.lot(ref, donor, screening=Screening.UNKNOWN)
        suspect = country.lot("slate", donor, screening=Screening.UNKNOWN)
        suspect.asbestos_suspect, suspect.suspicion = True, ["asbestos_roof"]
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


def _write(path: Path, *rows: str) -> Path:
    file = path / "samples.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def _read(url: str) -> dict[str, tuple[str, bool]]:
    with open_session(url) as session:
        rows = session.execute(select(Lot.ref, Lot.screening, Lot.asbestos_suspect))
        return {row.ref: (str(row.screening), row.asbestos_suspect) for row in rows}


def _events(url: str) -> list[dict[str, Any]]:
    with open_session(url) as session:
        query = select(Event.data).where(Event.kind == "lot_screened").order_by(Event.id)
        return list(session.scalars(query))


def test_screening_follows_from_samples(call: Call, own_database_url: str, tmp_path: Path):
    """Haderslev's own mercury limit makes a lot hazardous where guidance would not; asbestos is cleared."""
    file = _write(
        tmp_path,
        "school;doors;frame, 1st floor;mercury;600;mg/kg TS;Lab A;DANAK 1;2026-10-01;r1.pdf",
        "school;walls;plaster;lead;12,5;mg/kg;Lab A;;2026-10-01;",
        "school;slate;roof north;asbestos;ikke påvist;presence;Lab A;DANAK 1;2026-10-01;r2.pdf",
    )
    result = call("screen", file, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["samples_added"] == 3
    assert _read(own_database_url) == {
        "doors": ("hazardous", False),
        "walls": ("clean", False),
        "roof": ("unknown", False),
        "slate": ("clean", False),
    }
    events = {event["decided_by"][0]["substance"]: event for event in _events(own_database_url)}
    mercury = events["mercury"]
    assert mercury["before"] == "unknown"
    limit = mercury["decided_by"][0]["limit"]
    assert (limit["municipality_code"], limit["hazardous_from"]) == ("0510", "500")
    assert "haderslev.dk" in limit["source"]
    assert events["lead"]["decided_by"][0]["limit"]["municipality_code"] is None


def test_sent_twice_is_taken_once(call: Call, own_database_url: str, tmp_path: Path):
    """The same file again adds nothing and writes no event; another result for the same sample is refused."""
    row = "school;walls;plaster;lead;12.5;mg/kg;Lab A;;2026-10-01;"
    file = _write(tmp_path, row, row)
    assert "1 samples added" in call("screen", file).output
    assert "0 samples added" in call("screen", file).output
    assert len(_events(own_database_url)) == 1
    result = call("screen", _write(tmp_path, row.replace("12.5", "99")))
    assert result.exit_code == 1
    assert "it says 12.5, not 99" in " ".join(result.output.split())
    assert _read(own_database_url)["walls"] == ("clean", False)


def test_one_result_on_two_lots_is_noticed(call: Call, tmp_path: Path):
    """A report used for two lots is pointed out; results below detection are alike and are not."""
    result = call(
        "screen",
        _write(
            tmp_path,
            "school;walls;plaster;lead;312.7;mg/kg;Lab A;;2026-10-01;",
            "school;roof;flashing;lead;312.7;mg/kg;Lab A;;2026-10-01;",
            "school;walls;plaster;cadmium;<0.1;mg/kg;Lab A;;2026-10-01;",
            "school;roof;flashing;cadmium;<0.1;mg/kg;Lab A;;2026-10-01;",
        ),
    )
    assert result.exit_code == 0, result.output
    assert "Look again: lead 312.7 mg/kg dry matter of Lab A" in result.stderr
    assert "cadmium" not in result.stderr


def test_wrong_cells_are_all_named_and_nothing_is_taken(call: Call, own_database_url: str, tmp_path: Path):
    """Each wrong cell is told with row, column, value and what was expected; the good row waits."""
    result = call(
        "screen",
        _write(
            tmp_path,
            "school;walls;plaster;lead;12.5;mg/kg;Lab A;;2026-10-01;",
            "school;cellar;plaster;lead;12.5;mg/kg;Lab A;;2026-10-01;",
            "school;walls;joint;leed;12.5;mg/kg;Lab A;;2026-10-01;",
            "school;walls;joint;lead;some;mg/kg;Lab A;;2026-10-01;",
            "school;walls;joint;lead;1;mg/kg;Lab A;;31-02-2026;",
            "school;walls;joint;lead;1;mg/kg;;;2026-10-01;",
            "school;walls;joint;lead;1;mg/kg;Lab A;;2199-01-01;",
        ),
    )
    assert result.exit_code == 2
    told = " ".join(result.stderr.split())
    for words in (
        "row 3, column lot: 'cellar': no surveyed lot",
        "row 4, column substance: 'leed', expected one such as lead",
        "row 5, columns result and unit: Cannot read the result 'some'",
        "row 6, column sampled_on: '31-02-2026'",
        "row 7, column laboratory: empty",
        "row 8, column sampled_on: '2199-01-01'",
    ):
        assert words in told
    with open_session(own_database_url) as session:
        assert session.scalars(select(Sample.id)).all() == []


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "it is empty"), (b"PK\x03\x04\0\0", "no text file"), (b"site;lot\nx;y\n", "the first row lacks")],
)
def test_other_files_are_refused(call: Call, tmp_path: Path, data: bytes, words: str):
    """An empty file, a workbook and a table of something else are told from samples."""
    file = tmp_path / "other.csv"
    file.write_bytes(data)
    result = call("screen", file)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_danish_is_spoken_where_asked(call: Call, tmp_path: Path):
    """Wrong cells, a changed sample and the summary are told in Danish."""
    wrong = _write(
        tmp_path,
        "school;doors;1. sal;led;12;mg/kg;Lab;;2026-10-01;",
        "school;nothing;1. sal;lead;meget;mg/kg;Lab;;2150-10-01;",
        "school;doors;;lead;12;mg/kg;Lab;;2026-10-01;",
    )
    told = call("screen", wrong, "--language", "da")
    assert told.exit_code == 2
    for words in (
        "har celler, der ikke kan læses. Intet er gemt",
        "række 2, kolonnen substance: 'led', forventet et stof som lead",
        "række 3, kolonnen lot: 'nothing': intet kortlagt parti af det navn",
        "forventet et tal som 12,5",
        "forventet en dag til og med",
        "række 4, kolonnen place: tom",
    ):
        assert words in told.stderr, told.stderr
    right = _write(tmp_path, "school;doors;1. sal;lead;12;mg/kg;Lab;;2026-10-01;")
    assert "1 prøver gemt." in call("screen", right, "--language", "da").stdout
    changed = _write(tmp_path, "school;doors;1. sal;lead;13;mg/kg;Lab;;2026-10-01;")
    again = call("screen", changed, "--language", "da")
    assert again.exit_code == 1
    assert "findes allerede og siger 12, ikke 13" in again.stderr
    (tmp_path / "samples.csv").write_text("site;lot\n")
    assert "første række mangler place" in call("screen", tmp_path / "samples.csv", "--language", "da").stderr
