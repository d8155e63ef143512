# SPDX-License-Identifier: EUPL-1.2
"""Words and figures: both catalogues whole, every code in words, numbers as each language writes them."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask
from flask_babel import force_locale

from inventory.queries.supply import NotCounted
from inventory.screening.duties import Applies
from inventory.screening.verdict import FINDINGS
from inventory.tables import (
    Basis,
    Crane,
    Documentation,
    FactorStatus,
    Firmness,
    ImportKind,
    ImportStatus,
    LotStatus,
    MatchStorage,
    Party,
    PriceAt,
    ProductStatus,
    Reuse,
    RunStatus,
    RunStep,
    Screening,
    SiteKind,
    StepNeed,
    TestOutcome,
)
from matcher.reasons import Reason
from web.catalogues import LANGUAGES, list_gaps, read_catalogue
from web.figures import (
    show_co2e,
    show_kilometres,
    show_mass,
    show_money,
    show_number,
    show_percent,
    show_price,
    show_quantity,
    show_window,
)
from web.language import name_municipality
from web.lot_forms.product import INSTALLED, PROCESSING, WASTE
from web.words import codes as wording

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"

CODES = {
    "applies": Applies,
    "firmness": Firmness,
    "basis": Basis,
    "screening": Screening,
    "documentation": Documentation,
    "product_status": ProductStatus,
    "run_status": RunStatus,
    "run_step": RunStep,
    "factor_status": FactorStatus,
    "site_kind": SiteKind,
    "storage": MatchStorage,
    "not_counted": NotCounted,
    "lot_status": LotStatus,
    "way_of_reuse": Reuse,
    "price_at": PriceAt,
    "party": Party,
    "crane": Crane,
    "life_need": StepNeed,
    "harmful": ("asbestos", "contaminated", "hazardous"),
    "import_kind": ImportKind,
    "import_status": ImportStatus,
    "finding": FINDINGS,
    "test_outcome": TestOutcome,
    "product_installed": INSTALLED,
    "product_processing": PROCESSING,
    "product_waste": WASTE,
    "reason": Reason,
    "reason_short": Reason,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_whole(language: str):
    """Every text of pages and code has a translation, and no translation is left over."""
    assert list_gaps(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_runs_into_another(language: str):
    """No translation has a sentence begin right at a full stop, as where two texts were merged into one."""
    texts = [text for message in read_catalogue(language) for text in _strings(message)]
    assert len(texts) > 1000
    assert [text for text in texts if re.search(r"[a-zæøå)]\.[A-ZÆØÅ]", text)] == []


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language: str):
    """A translation uses the very placeholders of its text."""
    for message in read_catalogue(language):
        if message.id:
            assert not [error for error in message.check() if error], message.id


def test_danish_differs_from_english():
    """The Danish catalogue is Danish: of its longer texts none is the English one."""
    same = [
        m.id for m in read_catalogue("da") if isinstance(m.id, str) and len(m.id) > 12 and m.id == m.string
    ]
    assert same == []


@pytest.mark.parametrize("kind", CODES)
def test_every_code_has_words_in_both_languages(app: Flask, kind: str):
    """A code of the inventory never reaches a page as it is."""
    words = {}
    for language in ("da", "en_GB"):
        with app.test_request_context(), force_locale(language):
            words[language] = {str(code): wording.say(str(code), kind) for code in CODES[kind]}
    for code in CODES[kind]:
        assert str(code) in wording._TABLES[kind], f"{code} has no words"
        assert words["da"][str(code)] != words["en_GB"][str(code)] or str(code) == "budget"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "da",
            [
                "1.234,5",
                "−1.234",
                "12.500 stk.",
                "0,3 m²",
                "9.950 kg",
                "17,2 t",
                "2,4 kg CO₂e",
                "−2.509 kr.",
                "1,18 mio. kr.",
                "0 kr.",
                "3,50 kr./stk.",
                "132 km",
                "7,5 km",
                "58 %",
                "0,014 %",
                "–",
            ],
        ),
        (
            "en_GB",
            [
                "1,234.5",
                "−1,234",
                "12,500 pcs",
                "0.3 m²",
                "9,950 kg",
                "17.2 t",
                "2.4 kg CO₂e",
                "DKK −2,509",
                "DKK 1.18 million",
                "DKK 0",
                "DKK 3.50/pcs",
                "132 km",
                "7.5 km",
                "58 %",
                "0.014 %",
                "–",
            ],
        ),
    ],
)
def test_figures_in_each_language(app: Flask, language: str, expected: list[str]):
    """Separators, units and signs are those of the language; what is missing is a dash."""
    with app.test_request_context(), force_locale(language):
        shown = [
            show_number(1234.5, decimals=1),
            show_number(-1234),
            show_quantity(Decimal(12500), "piece"),
            show_quantity(Decimal("0.3"), "m2"),
            show_mass(9_950_000),
            show_mass(17_204_600),
            show_co2e(2_400),
            show_money(-250_900),
            show_money(118_400_000),
            show_money(-3),
            show_price(350, unit="piece"),
            show_kilometres(132_000),
            show_kilometres(7_500),
            show_percent(0.58),
            show_percent(Decimal("0.00014"), decimals=3),
            show_money(None),
        ]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown] == expected


def test_window_ends_on_its_last_day(app: Flask):
    """A window is half open in the database; people read its last day."""
    with app.test_request_context(), force_locale("da"):
        text = str(show_window(date(2027, 2, 1), date(2027, 6, 1))).replace("\N{NO-BREAK SPACE}", " ")
    assert "1. feb. 2027" in text
    assert "31. maj 2027" in text
    assert 'datetime="2027-05-31"' in text


@pytest.mark.parametrize(
    ("written", "danish", "english"),
    [
        ("school", "Skole", "School"),
        ("Nursing_Home", "Plejehjem", "Nursing home"),
        ("daginstitution", "Daginstitution", "Day-care"),
        ("Tårn med ur", "Tårn med ur", "Tårn med ur"),
    ],
)
def test_building_types_are_said_in_the_language_of_the_page(
    app: Flask, written: str, danish: str, english: str
):
    """What a file calls a building in either language is read in both; other words stay as written."""
    for language, expected in (("da", danish), ("en_GB", english)):
        with app.test_request_context(), force_locale(language):
            assert wording.say_building_type(written) == expected


def test_the_demo_builds_nothing_without_words(app: Flask):
    """Every building type of the demo's files has words in Danish."""
    with (DEMO / "requirements.csv").open(encoding="utf-8", newline="") as file:
        types = {row["building_type"] for row in csv.DictReader(file)}
    with app.test_request_context(), force_locale("da"):
        assert [kind for kind in sorted(types) if wording.say_building_type(kind) == kind] == []


def test_municipalities_are_called_as_they_are(app: Flask):
    """Two have a name of their own in Danish; the others, and all in English, are told by rule."""
    names = ("København", "Bornholm", "Aarhus", "Vesthimmerlands")
    with app.test_request_context("/"):
        assert [name_municipality(name) for name in names] == [
            "Københavns Kommune",
            "Bornholms Regionskommune",
            "Aarhus Kommune",
            "Vesthimmerlands Kommune",
        ]
    with app.test_request_context("/en/"):
        assert name_municipality("København") == "København municipality"
