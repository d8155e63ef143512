# SPDX-License-Identifier: EUPL-1.2
"""A first visit, with no data at all: every page there is says what to do next, in both languages."""

from flask.testing import FlaskClient

from tests.web.reading import find_all, get_page, read_text

# Pages that tell or ask the same however much data there is.
_NEED_NOTHING = {"about", "accessibility", "sources", "imports", "survey_offline"}
# What the next step may be: to bring data in, by a page, a form or a command.
_STEPS = ("/imports", "/projects/new", "/about#own-data")


def test_every_page_of_an_empty_database_says_what_to_do(bare_client: FlaskClient):
    """Each page with an address of its own leads to where data comes in, or gives the command."""
    walked = []
    for rule in bare_client.application.url_map.iter_rules():
        language, _, page = rule.endpoint.partition(".")
        if language not in {"da", "en"} or rule.arguments or "GET" not in (rule.methods or set()):
            continue
        answer = bare_client.get(rule.rule)
        assert answer.status_code in {200, 303}, rule.rule
        if answer.status_code == 303 or answer.mimetype != "text/html":
            continue
        main = find_all(get_page(bare_client, rule.rule), "main")[0]
        walked.append(rule.rule)
        if page in _NEED_NOTHING:
            continue
        prefix = "" if language == "da" else "/en"
        links = [one.getAttribute("href") for one in find_all(main, "a")]
        forms = [one for one in find_all(main, "form") if one.getAttribute("method") == "post"]
        leads = any(link.startswith(prefix + step) for link in links for step in _STEPS)
        assert leads or forms or "genbro " in read_text(main), rule.rule
    assert {"/", "/en/", "/runs", "/en/coming", "/hubs", "/firm", "/surveys", "/projects"} <= set(walked)
