# SPDX-License-Identifier: EUPL-1.2
"""What lets a survey open without a network: the worker, what it keeps, and what no browser may keep."""

import json

import pytest
from flask.testing import FlaskClient

from tests.web.surveying import SCHOOL, write_down


def read_kept(client: FlaskClient, at: str) -> dict[str, object]:
    """Read what the worker of a language is told to keep."""
    with client.get(f"{at}/surveys/worker.js") as answer:
        assert answer.mimetype == "text/javascript"
        assert answer.headers["Service-Worker-Allowed"] == f"{at}/surveys"
        assert answer.headers["Cache-Control"] == "no-cache"
        first = answer.text.partition(";\n")[0]
    kept: dict[str, object] = json.loads(first.removeprefix("const KEPT = "))
    return kept


@pytest.mark.parametrize("at", ["", "/en"])
def test_the_worker_sees_surveys_alone(client: FlaskClient, at: str):
    """Each language has its worker for its pages of surveys, and every file it keeps is there."""
    kept = read_kept(client, at)
    assert (kept["surveys"], kept["offline"]) == (f"{at}/surveys", f"{at}/surveys/offline")
    files = kept["files"]
    assert isinstance(files, list)
    for path in [*files, kept["offline"]]:
        with client.get(path) as answer:
            assert answer.status_code == 200, path
    scripts = {path.rpartition("/")[2] for path in files if path.endswith(".js")}
    with client.get(f"{at}/surveys/{SCHOOL}/lots/new") as page:
        for name in ("drafts.js", "offline.js", "survey.js"):
            assert name in page.text
            assert name in scripts


def test_another_language_is_another_version(client: FlaskClient):
    """The words are part of the version, so that new words make a new worker; the same stay the same."""
    assert read_kept(client, "")["version"] == read_kept(client, "")["version"]
    assert read_kept(client, "")["version"] != read_kept(client, "/en")["version"]


def test_what_is_said_once_is_not_kept(client: FlaskClient):
    """The page that says what a form did may be kept by nobody; the same page again may."""
    saved = write_down(client, ref="sagt")
    said = client.get(saved.location)
    assert "Partiet er skrevet op" in said.text
    assert said.headers["Cache-Control"] == "no-store"
    again = client.get(saved.location)
    assert "Partiet er skrevet op" not in again.text
    assert "Cache-Control" not in again.headers
