# SPDX-License-Identifier: EUPL-1.2
"""What reuse saves, from tables to figures: by hand, as the plan says it, and as the files say it."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import Engine, select

from inventory.actions.runs import request_run
from inventory.cli.main import main
from inventory.database import make_engine, session_factory
from inventory.matching.defaults import choose_params
from inventory.matching.perform import perform_run
from inventory.matching.purchase import NoMatchError, compare_purchase
from inventory.matching.savings import NoProjectError, find_savings
from inventory.queries.plans.tables import read_plan_tables
from inventory.queries.saved import read_plan_accounts
from inventory.savings.account import SUMMED, join_accounts
from inventory.tables import LotSurvey, Party, ProductStatus, Project, Run, stable_id

TODAY = date(2026, 12, 1)
SLAGELSE, KORSOER, NYBORG = (639_000, 6_142_500), (634_500, 6_133_500), (611_500, 6_130_500)
PROJECT = stable_id("project", "school")


@pytest.fixture
def built(own_database_url: str, make_country: Callable[..., Any]) -> Iterator[Engine]:
    """Used bricks of a public donor that wait eleven days, undecided tiles, and a school that wants both."""
    engine = make_engine(own_database_url)
    with session_factory(engine).begin() as session:
        country = make_country(session)
        donor = country.site("donor", SLAGELSE, organisation_id=country.builder.id)
        country.lot(
            "bricks",
            donor,
            quantity=800,
            available_to=date(2027, 4, 1),
            product_status=ProductStatus.USED,
            dismantled_by=Party.SELLER,
        )
        far = country.site("far", NYBORG)
        tiles = country.lot("tiles", far, code="roof_tile_clay", quantity=300, available_to=date(2027, 9, 1))
        session.add(LotSurvey(lot_id=tiles.id, count=Decimal(300), dismantling_ore=Decimal("2.5")))
        country.lot("more", far, quantity=90, available_to=date(2027, 9, 1), price_ore=790)
        project = country.project("school", KORSOER)
        project.building_type, project.area_m2 = "school", Decimal(1000)
        project.starts = date(2027, 3, 1)
        country.requirement(
            "bricks", project, quantity=1000, wanted_from=date(2027, 4, 11), wanted_to=date(2027, 5, 1)
        )
        country.requirement(
            "tiles", project, code="roof_tile_clay", quantity=250, new_price_ore=Decimal("3000.5")
        )
    yield engine
    engine.dispose()


def run_plan(engine: Engine, **choices: Any) -> Run:
    """Make a plan."""
    with session_factory(engine).begin() as session:
        params = choose_params(session, as_of=TODAY, **choices)
        run_id = request_run(
            session, params=params.model_dump(mode="json"), at=datetime.now(UTC), queued=False
        )
    perform_run(engine, run_id=run_id)
    with session_factory(engine)() as session:
        return session.get_one(Run, run_id)


def test_a_lorry_and_a_store_by_hand_before_and_after_the_plan(built: Engine) -> None:
    """800 bricks, 13.08 km, one load, eleven days in store: each figure by hand; answer and plan agree."""
    before = find_savings(built, project_id=PROJECT, as_of=TODAY)
    assert (before.run_id, before.run_at) == (None, None)
    run = run_plan(built)
    after = find_savings(built, project_id=PROJECT, as_of=TODAY)
    assert after.run_id == run.id
    bricks = next(one for one in after.served if one.lot.ref == "bricks")
    figures = bricks.figures
    # 10,063 m straight, rounded up, x 1.3; 800 x 2.394 kg = 1.9152 t; 25.05 tkm x 84.6154 oere and x 89.7 g
    assert figures.metres == 13_082
    assert (figures.transport_ore, figures.co2e_transport_g, figures.loads) == (2120, 2247, 1)
    # fetched on 31 March, delivered on 11 April; 800 x 11 days x 0.0532 oere
    assert (figures.pick_up, figures.deliver) == (date(2027, 3, 31), date(2027, 4, 11))
    assert (figures.storage_days, figures.storage_ore) == (11, 468)
    assert (figures.price_ore, figures.preparation_ore, figures.new_ore) == (80_000, 80_000, 640_000)
    assert figures.disposal_ore == 23_940
    assert (figures.co2e_new_g, figures.co2e_preparation_g) == (576_420, 5171)
    assert figures.co2e_regulatory_g == 576_420
    assert (bricks.dismantling_ore, bricks.between_public) == (0, True)
    # The same by the instant answer, all but the number a match gets.
    plain = [
        {
            (one.lot.ref, name): getattr(one.figures, name)
            for one in savings.served
            for name in (*SUMMED, "metres", "storage_days", "quantity", "delivered", "surplus")
        }
        for savings in (before, after)
    ]
    assert plain[0] == plain[1]
    assert before.account == after.account
    tiles = next(one for one in after.served if one.lot.ref == "tiles")
    assert (tiles.figures.co2e_regulatory_g, tiles.counts_zero) == (0, False)
    assert tiles.dismantling_ore == round(tiles.figures.quantity * 2.5)


@pytest.mark.parametrize("count_transfers", [True, False])
def test_the_account_is_the_plans_own(built: Engine, *, count_transfers: bool) -> None:
    """Money, emissions, transfers, roads and loads are those of the plan's summary and of its files."""
    run = run_plan(built, count_transfers=count_transfers)
    summary = run.summary or {}
    account = find_savings(built, project_id=PROJECT, as_of=TODAY).account
    assert account.plan_saved_ore == summary["money_ore"] - summary["design_ore"]
    assert account.transfer_ore == summary["transfer_ore"] == 80_000
    assert account.plan_reused_ore == summary["totals"]["reused_ore"]
    assert account.bought_ore == summary["totals"]["new_ore"]
    assert account.co2e_real_g == round(summary["co2e_kg_real"] * 1000)
    assert account.co2e_regulatory_g == round(summary["co2e_kg_regulatory"] * 1000)
    assert account.co2e_emitted_g == round(summary["totals"]["co2e_kg"] * 1000)
    assert (account.driven_m, account.loads) == (round(summary["km"] * 1000), summary["loads"])
    with session_factory(built)() as session:
        projects = read_plan_accounts(session, run_id=run.id, count_transfers=count_transfers)
        tables = read_plan_tables(session, run_id=run.id)
    whole = join_accounts((one for _, one in projects), count_transfers=count_transfers)
    assert whole.saved_ore == account.saved_ore == account.plan_saved_ore - account.dismantling_ore
    assert whole.dismantling_ore == account.dismantling_ore > 0
    assert whole.dismantling_unknown == account.dismantling_unknown
    assert whole.resource_saved_ore == account.resource_saved_ore
    for name in SUMMED:
        assert getattr(account, name) == int(tables.matches[name].sum()) == getattr(whole, name)


def test_sheets_say_what_the_plan_says(
    built: Engine, own_database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Climate sheet and justification as workbook and paper, in both languages, with reasons and rules."""
    monkeypatch.setenv("GENBRO_DATABASE_URL", own_database_url)

    def call(*words: object) -> dict[str, Any]:
        result = CliRunner().invoke(main, [str(word) for word in (*words, "--json")])
        assert result.exit_code == 0, result.output
        return dict(json.loads(result.stdout))

    run_plan(built)
    account = find_savings(built, project_id=PROJECT, as_of=TODAY).account
    told = call("export", "lca", "school", "--to", tmp_path / "lca.xlsx", "--language", "en")
    assert told["co2e_g_counted"] == account.co2e_counted_g
    assert told["limit_kg_per_m2_year"] == "7.2"
    book = load_workbook(tmp_path / "lca.xlsx")
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == "Requirement")
    table = [dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :]]
    assert sum(row["Counted by BR18, kg CO2e"] for row in table) == pytest.approx(
        account.co2e_counted_g / 1000
    )
    bricks = next(row for row in table if str(row["From"]).startswith("bricks"))
    assert (bricks["Quantity"], bricks["kg"], bricks["Counts as"]) == (800, 1915.2, "used product")
    assert bricks["A1-A3, kg CO2e"] == pytest.approx(562.368)
    assert bricks["C3, kg CO2e"] == pytest.approx(14.052)
    assert bricks["Sum, kg CO2e"] == pytest.approx(576.42)
    assert bricks["Counted by BR18, kg CO2e"] == 0
    assert "Said with the lot" in bricks["Reason"]
    assert "2023 edition" in bricks["Edition"]
    assert "G0116" in bricks["Source"]
    tiles = next(row for row in table if str(row["From"]).startswith("tiles"))
    assert tiles["Counts as"] == "not decided: as new"
    assert any(row["From"] == "bought new" for row in table)
    for language, words in (
        ("da", ["Klimaberegning: komponenter", "brugt produkt", "Ikke verificeret", "7,2", "0,7"]),
        ("en", ["Climate calculation: components", "used product", "Not verified", "7.2"]),
    ):
        path = tmp_path / f"lca-{language}.pdf"
        call("export", "lca", "school", "--to", path, "--language", language)
        text = read_pdf(path.read_bytes())
        assert [word for word in words if word not in text] == []
    chosen = find_savings(built, project_id=PROJECT, as_of=TODAY).served
    match = next(one.figures.match_id for one in chosen if one.lot.ref == "bricks")
    told = call(
        "export", "justification", match, "--to", tmp_path / "why.xlsx", "--language", "en",
        "--supplied-by", "client",
    )  # fmt: skip
    assert told["compared"] >= 1
    book = load_workbook(tmp_path / "why.xlsx")
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == "What")
    table = [dict(zip(head, row, strict=True)) for row in rows[rows.index(head) + 1 :]]
    assert [row["What"] for row in table] == ["Chosen: bricks", "Other lot: more", "New"]
    # (800 + 800 + 21.20 + 4.68 - 239.40) kroner over 800 bricks; new at 8
    assert (table[0]["In all, DKK"], table[0]["Per unit, DKK"]) == (1386.48, 1.73)
    assert table[2]["Per unit, DKK"] == 8
    facts = dict(row[:2] for row in rows if row[0] and row[1])
    assert facts["Supplied by"] == "the client"
    assert facts["Dismantling"].startswith("in the price")
    path = tmp_path / "why.pdf"
    call("export", "justification", match, "--to", path)
    text = " ".join(read_pdf(path.read_bytes()).split())
    for words in ("Begrundelse for køb", "Andet parti: more", "udløbet", "frinet.dk", "ikke en tildeling"):
        assert words in text, words


def read_pdf(content: bytes) -> str:
    """Read the text of all pages."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_what_is_not_there_is_said(built: Engine) -> None:
    """No such project, no such match; a project that wants nothing saves nothing."""
    with pytest.raises(NoProjectError):
        find_savings(built, project_id=UUID(int=7), as_of=TODAY)
    with pytest.raises(NoMatchError):
        compare_purchase(built, match_id=404, as_of=TODAY)
    with session_factory(built).begin() as session:
        wish = session.scalars(select(Project)).one()
        empty = Project(id=stable_id("project", "e"), ref="e", name="e", site_id=wish.site_id)
        session.add(empty)
    assert find_savings(built, project_id=stable_id("project", "e"), as_of=TODAY).requirements == ()
