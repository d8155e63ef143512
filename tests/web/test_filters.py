# SPDX-License-Identifier: EUPL-1.2
"""Filters of templates: a template serves both languages, whoever comes first."""

from flask import Flask, render_template_string
from flask_babel import Babel
from jinja2.defaults import DEFAULT_FILTERS


def test_a_constant_is_told_in_the_language_of_each_page(app: Flask):
    """A word and a number that stand in a template itself follow the page, not the first that was shown."""
    template = "{{ 'asbestos' | say('harmful') }} {{ 1000 | number }}"
    told = []
    for path in ("/en/", "/", "/en/"):
        with app.test_request_context(path):
            told.append(render_template_string(template))
    assert told[0] == told[2] == "Not before a screening has cleared it of asbestos. 1,000"
    assert told[1] == "Ikke før en miljøscreening har vist, at det er fri for asbest. 1.000"


def test_every_filter_of_ours_is_asked_anew(app: Flask):
    """No filter beside those of Jinja, Flask and Babel is worked out as a template is compiled."""
    plain = Flask("plain")
    Babel(plain)
    beside = {*DEFAULT_FILTERS, *plain.jinja_env.filters}
    own = {name: each for name, each in app.jinja_env.filters.items() if name not in beside}
    assert {"say", "number", "pick", "note", "municipality"} <= set(own)
    assert [name for name, each in own.items() if not hasattr(each, "jinja_pass_arg")] == []
