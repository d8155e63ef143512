# SPDX-License-Identifier: EUPL-1.2
"""Rules of lots, requirements, projects and runs, told in words in both languages."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from inventory.database import open_session
from inventory.tables import DesignOption, Lot, Match, Project, ProjectOutcome, Requirement, Run, stable_id
from tests.web.reading import get_page, read_text
from tests.web.sample_ids import RUN_ID, lot_id, requirement_id

BRICK = "brick_lime_mortar"
LOT = lot_id("school_aarhus", BRICK, "surveyed")
WANTED = requirement_id("school", BRICK)
SCHOOL, LIBRARY = stable_id("project", "school"), stable_id("project", "library")


@pytest.fixture(scope="module")
def ruled(sample_url: str) -> None:
    """Rules on one lot, one requirement, its project and the run of the sample."""
    option = DesignOption(id=stable_id("option", "Tegl"), project_id=SCHOOL, name="Tegl")
    with open_session(sample_url) as session:
        session.add(option)
        session.flush()
        session.execute(
            update(Lot)
            .where(Lot.id == LOT)
            .values(indivisible=True, minimum_take=500, kind="Gul blødstrøgen")
        )
        session.execute(
            update(Requirement)
            .where(Requirement.id == WANTED)
            .values(
                minimum_fulfilment_permille=800,
                most_donors=3,
                one_kind=True,
                breakage_permille=75,
                priority_permille=500,
                design_option_id=option.id,
            )
        )
        session.execute(update(Project).where(Project.id == SCHOOL).values(budget_ore=2_500_000))
        session.execute(
            update(Match)
            .where(Match.run_id == RUN_ID, Match.lot_id == LOT)
            .values(delivered=11_562, surplus=12)
        )
        run = session.get_one(Run, RUN_ID)
        run.params = run.params | {
            "trip_costs": True,
            "count_transfers": False,
            "fair_share_permille": 300,
            "fair_weight_permille": 500,
        }
        run.summary = (run.summary or {}) | {
            "trip_ore": 800_000,
            "gathered_trip_ore": 600_000,
            "transfer_ore": 120_000,
        }
        session.add(ProjectOutcome(run_id=RUN_ID, project_id=SCHOOL, design_option_id=option.id, price=1250))
        session.add(ProjectOutcome(run_id=RUN_ID, project_id=LIBRARY, price=0))


@pytest.mark.usefixtures("ruled")
def test_rules_are_told_in_words(client: FlaskClient):
    """A reader of either language sees each rule as a sentence, with its own numbers."""
    told = {
        f"/lots/{LOT}": (
            "Det tages helt eller slet ikke.",
            "Mindst 500 stk. til hvert projekt.",
            "Produkt: Gul blødstrøgen.",
            "giver 11.562 stk.",
            "heraf 12 stk. i overskud",
        ),
        f"/en/lots/{LOT}": (
            "It is taken whole or not at all.",
            "At least 500 pcs go to each project.",
            "Product: Gul blødstrøgen.",
            "gives 11,562 pcs",
        ),
        f"/requirements/{WANTED}": (
            "Mindst 80 % eller intet.",
            "Højst 3 donorer.",
            "Alt af samme klasse og samme produkt",
            "7,5 % af det hentede regnes for tabt",
            "At opfylde det tæller 50 % mere end prisen.",
            "Det hører til designvarianten »Tegl«. Kun én af projektets varianter bygges.",
            "Hele projektet betaler højst 25.000 kr. mere end for nyt.",
        ),
        f"/en/requirements/{WANTED}": (
            "At least 80 % of it or nothing.",
            "From at most 3 donors.",
            "All of one class and one product",
            "7.5 % of what is fetched",
            "The whole project pays at most DKK 25,000 more",
        ),
        f"/runs/{RUN_ID}": (
            "Lastbiler betales pr. påbegyndt læs: 8.000 kr.",
            "ville det være 6.000 kr.",
            "tæller ikke med: 1.200 kr.",
            "De første 30 % af hvert behov tæller 50 % mere",
            "Hvad planen afgør for projekterne",
            "Tegl",
            "25.000 kr.",
            "1,25 kr.",
        ),
        f"/en/runs/{RUN_ID}": (
            "Lorries are paid by the load begun: DKK 8,000.",
            "What the plan decides for projects",
        ),
    }
    for address, sentences in told.items():
        text = read_text(get_page(client, address))
        for sentence in sentences:
            assert sentence in text, (address, sentence)


@pytest.mark.usefixtures("ruled")
def test_where_there_is_no_rule_none_is_told(client: FlaskClient):
    """Other lots and requirements keep their plain pages."""
    lot = read_text(get_page(client, f"/lots/{lot_id('home_aarhus', 'door_inner')}"))
    assert "Hvordan det kan tages" not in lot
    wanted = read_text(get_page(client, f"/requirements/{requirement_id('daycare', BRICK)}"))
    assert "Projektets betingelser" not in wanted
