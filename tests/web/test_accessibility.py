# SPDX-License-Identifier: EUPL-1.2
"""The accessibility statement: reached from every page, and never with an operator or contact made up."""

from flask import Flask
from flask.testing import FlaskClient

from inventory.settings import Settings
from tests.web.reading import find_all, get_page, read_text
from web.app import create_app

AWAY = "postgresql+psycopg://nobody@/nothing?host=/nowhere"


def ask(front_end: None, **settings: str) -> FlaskClient:
    """Make a server with an operator of its own; the statement needs no database."""
    app: Flask = create_app(Settings(database_url=AWAY, **settings))
    return app.test_client()


def test_without_an_operator_the_statement_says_so(front_end: None):
    """What the operator has not said is said to be missing, in both languages, with the setting's name."""
    client = ask(front_end)
    danish = read_text(get_page(client, "/accessibility"))
    assert "GENBRO_OPERATOR" in danish
    assert "GENBRO_CONTACT" in danish
    assert "WAS-Tool" in danish
    assert "not given a contact yet" in read_text(get_page(client, "/en/accessibility"))
    assert find_all(get_page(client, "/about"), "a", href="/accessibility")


def test_the_operators_own_words_stand_there(front_end: None):
    """Operator and contact are shown as they are set; a web or e-mail address is a link."""
    page = get_page(
        ask(front_end, operator="Prøveby Kommune", contact="https://proeveby.example/kontakt"),
        "/accessibility",
    )
    assert "Prøveby Kommune" in read_text(page)
    assert find_all(page, "a", href="https://proeveby.example/kontakt")
    assert find_all(
        get_page(ask(front_end, contact="hjaelp@proeveby.example"), "/accessibility"),
        "a",
        href="mailto:hjaelp@proeveby.example",
    )
    telephone = get_page(ask(front_end, contact="12 34 56 78"), "/en/accessibility")
    assert "12 34 56 78" in read_text(telephone)
