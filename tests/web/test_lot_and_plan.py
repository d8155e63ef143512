# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a lot, a requirement, a site and a plan tell, against figures worked out by hand."""

from decimal import Decimal

from flask.testing import FlaskClient
from sqlalchemy import delete, insert, select

from inventory.database import open_session
from inventory.tables import Factor, MaterialClass, Requirement, Unmet, stable_id
from tests.web.reading import fetch_tiles, find_all, find_id, get_page, read_text
from tests.web.sample_ids import FAILED_RUN_ID, RUN_ID, WAITING_RUN_ID, lot_id, requirement_id, site_id


def _factor(url: str, code: str, kind: str) -> Decimal:
    with open_session(url) as session:
        query = select(Factor.value).join(MaterialClass, MaterialClass.id == Factor.class_id)
        return session.scalars(query.where(MaterialClass.code == code, Factor.kind == kind)).one()


def _figures(page: object) -> list[str]:
    (figures,) = find_all(page, "dl", class_="gb-figures")  # type: ignore[arg-type]
    return [read_text(figure) for figure in find_all(figures, "div")]


def _danish(number: Decimal) -> str:
    return f"{round(number):,}".replace(",", ".").replace("-", "−")


def test_surveyed_lot_saves_what_its_figures_say(client: FlaskClient, sample_url: str):
    """12,500 bricks: new less preparation; the lot's own price; every figure with source and edition."""
    brick = "brick_lime_mortar"
    new, preparation = _factor(sample_url, brick, "new_co2e"), _factor(sample_url, brick, "preparation_co2e")
    money = (
        _factor(sample_url, brick, "new_price")
        - 3  # the lot's own price, 300 oere a brick
        - _factor(sample_url, brick, "preparation_price")
        + _factor(sample_url, brick, "disposal_avoided")
    )
    page = get_page(client, f"/lots/{lot_id('school_aarhus', brick, 'surveyed')}")
    figures = _figures(page)
    assert "12.500 stk." in figures[0]
    assert f"{_danish(12_500 * (new - preparation))} kg CO₂e" in figures[1]
    assert f"{_danish(12_500 * money)} kr." in figures[2]
    assert "1. feb. 2027 – 31. maj 2027" in figures[3]
    saving = read_text(find_all(page, "table", class_="gb-saving")[0])
    assert f"{_danish(12_500 * new)} kg CO₂e" in saving
    assert "BR18, bilag 2, tabel 7" in saving
    assert "Oplyst med partiet af dem, der udbyder det" in saving
    assert "Antagelse" in saving
    assert "Gul" in read_text(page)
    assert "Indgår i planer" in read_text(page)
    assert find_all(page, "a", href=f"/runs/{RUN_ID}")


def test_estimated_lot_shows_its_range_rule_and_screening(client: FlaskClient):
    """An estimate shows low, likely and high, its rule, and why to look closer, in the page's language."""
    page = get_page(client, f"/en/lots/{lot_id('home_aarhus', 'door_inner')}")
    text = read_text(page)
    for words in (
        "6 pcs",
        "11 pcs",
        "16 pcs",
        "outer wall x bricks per m2",
        "Not screened yet",
        "Paint may hold lead",
    ):
        assert words in text
    assert "Estimated" in text


def test_suspected_asbestos_is_a_warning(client: FlaskClient):
    """A lot that may hold asbestos says that it is never offered for reuse meanwhile, and why."""
    text = read_text(get_page(client, f"/lots/{lot_id('hall_aalborg', 'roof_tile_clay')}"))
    assert "Udbydes ikke til genbrug, så længe der er mistanke om asbest" in text
    assert "fibercement, der kan indeholde asbest" in text


def test_uncounted_lots_say_why(client: FlaskClient):
    """A lot no plan may use says so and why: no window, or a survey in its place."""
    no_window = read_text(get_page(client, f"/lots/{lot_id('no_window', 'steel_beam')}"))
    assert "Der er ikke planlagt nedrivning" in no_window
    replaced = read_text(get_page(client, f"/lots/{lot_id('school_aarhus', 'brick_lime_mortar')}"))
    assert "En opmåling af samme bygning siger, hvad der er." in replaced
    site = read_text(get_page(client, f"/sites/{site_id('school_aarhus')}"))
    assert "En opmåling af samme bygning siger, hvad der er." in site


def test_requirement_tells_its_bounds_and_what_plans_found(client: FlaskClient):
    """A requirement's page tells its bounds in words, its matches, and what stayed unmet."""
    text = read_text(get_page(client, f"/requirements/{requirement_id('school', 'brick_lime_mortar')}"))
    for words in (
        "20.000 stk.",
        "120 km",
        "mindst Brugbar, eller ukendt",
        "7.500 stk.",
        "brugt op, her eller hvor de sparer mere",
    ):
        assert words in text


def test_plan_shows_figures_certificate_and_reasons(client: FlaskClient):
    """The plan's page: key figures, C, LB and B in kroner, the unmet in words with the lots stopped."""
    page = get_page(client, f"/runs/{RUN_ID}")
    figures = _figures(page)
    for words, figure in zip(
        ("62 %", "17,2 t CO₂e", "17,6 t CO₂e", "118.400 kr.", "1.240 km"), figures, strict=True
    ):
        assert words in figure
    certificate = read_text(find_all(page, "section", class_="gb-certificate")[0])
    # 5,530,000,000 thousandths of an oere are 55,300 kroner.
    for words in ("55.300 kr.", "41.200 kr.", "Ingen plan kan være bedre", "0 %", "750 kr.", "ab" * 32):
        assert words in certificate
    text = read_text(page)
    assert "6 partier går til 6 behov." in text
    assert "1 match ligger på lager undervejs." in text
    assert "62 dage på lager" in text
    assert "1 skadelige stoffer, 4 for langt væk, 2 brugt op" in text
    assert "2 forkert tidspunkt" in text
    rows = [row for table in find_all(page, "table") for row in find_all(table, "tr")]
    assert len(rows) == 1 + 6 + 1 + 2 + 1 + 5 + 1 + 2
    assert "42 faktorer og priser, hvoraf 32 er vores egne antagelser" in text
    assert "1 parti deltog ikke" in text


def test_plan_map_has_a_line_for_each_two_places(client: FlaskClient):
    """The plan's tiles hold its lines, the lots it uses and every requirement it speaks of."""
    template = find_id(get_page(client, f"/runs/{RUN_ID}"), "map").getAttribute("data-tiles")
    layers = list(fetch_tiles(client, template, zoom=4))
    lines = [one for tile in layers for one in tile.get("matches", [])]
    assert {one["geometry"]["type"] for one in lines} == {"LineString"}
    assert len(lines) >= 6
    assert sum(one["properties"]["n"] for tile in layers for one in tile.get("lots", [])) == 6
    assert sum(one["properties"]["n"] for tile in layers for one in tile.get("requirements", [])) == 8


def test_unfinished_runs_say_what_is_the_matter(client: FlaskClient):
    """A failed run shows its error, a waiting one what to do."""
    assert "The plan breaks a rule: lot_capacity" in read_text(get_page(client, f"/runs/{FAILED_RUN_ID}"))
    assert "genbro worker" in read_text(get_page(client, f"/runs/{WAITING_RUN_ID}"))
    runs = read_text(get_page(client, "/runs"))
    for words in ("Færdig", "Fejlet", "Venter", "62 %"):
        assert words in runs


def test_what_stayed_unmet_comes_in_pages(client: FlaskClient, sample_url: str):
    """The unmet of a large plan is turned page by page, without turning the matches."""
    with open_session(sample_url) as session:
        wanted = dict(session.execute(select(Requirement.__table__).limit(1)).mappings().one())
        many = [wanted | {"id": stable_id("many", str(n)), "ref": f"many {n}"} for n in range(60)]
        session.execute(insert(Requirement), many)
        session.execute(
            insert(Unmet),
            [
                {
                    "run_id": RUN_ID,
                    "requirement_id": row["id"],
                    "quantity": 1,
                    "reason": "distance",
                    "stopped": {},
                }
                for row in many
            ],
        )
    try:
        first = get_page(client, f"/runs/{RUN_ID}")
        assert "Side 1 af 3" in read_text(first)
        (onward,) = find_all(first, "a", rel="next")
        assert onward.getAttribute("href").endswith("#unmet-title")
        seen, addresses = [], [f"/runs/{RUN_ID}", onward.getAttribute("href"), f"/runs/{RUN_ID}?unmet=3"]
        for address in addresses:
            page = get_page(client, address)
            (table,) = [one for one in find_all(page, "table") if "Grund" in read_text(one)]
            links = [link.getAttribute("href") for link in find_all(table, "a")]
            seen += [link for link in links if "#" not in link]
        assert len(seen) == 65
        assert len(set(seen)) == 65
        assert get_page(client, f"/runs/{RUN_ID}?unmet=999999999999999999999999")
    finally:
        with open_session(sample_url) as session:
            ids = [row["id"] for row in many]
            session.execute(delete(Unmet).where(Unmet.requirement_id.in_(ids)))
            session.execute(delete(Requirement).where(Requirement.id.in_(ids)))


def test_a_lot_suspected_of_asbestos_is_not_said_to_be_matched(client: FlaskClient):
    """The place's list says that no plan takes it before a screening, rather than yes."""
    page = get_page(client, f"/sites/{site_id('hall_aalborg')}")
    (row,) = [
        row
        for row in find_all(page, "tr")
        if "Tagsten af tegl" in read_text(row) and find_all(row, "td") and not find_all(row, "svg")
    ]
    assert "Ikke før en miljøscreening har vist, at det er fri for asbest." in read_text(row)
