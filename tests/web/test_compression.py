# SPDX-License-Identifier: EUPL-1.2
"""What goes over the wire: small, kept for good, and no secret beside what an address says."""

import gzip
import re

import brotli
import pytest
from backports import zstd
from flask.testing import FlaskClient

from tests.web.reading import find_all, get_page
from tests.web.sample_ids import project_id

_UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstd.decompress}
_FORM = f"/projects/{project_id('school')}/edit"


def _style(client: FlaskClient) -> str:
    links = find_all(get_page(client, "/about"), "link", rel="stylesheet")
    return next(link.getAttribute("href") for link in links if "dkfds" in link.getAttribute("href"))


@pytest.mark.parametrize("way", _UNPACK)
@pytest.mark.parametrize("kind", ["page", "style", "drawing"])
def test_answers_are_compressed_as_asked(client: FlaskClient, kind: str, way: str):
    """Pages, styles and drawings come small in each way, unpack to the same, and say that they vary."""
    address = {"page": "/about", "style": _style(client), "drawing": "/maps/land.svg"}[kind]
    with client.get(address) as plain, client.get(address, headers={"Accept-Encoding": way}) as small:
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == way
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert "Accept-Encoding" in small.headers["Vary"]
        assert _UNPACK[way](small.data) == plain.data
        assert len(small.data) < len(plain.data) / 2


@pytest.mark.parametrize("address", ["/about", "/maps/land.svg"])
def test_answers_are_dated_by_the_server_alone(client: FlaskClient, address: str):
    """What compares tags would date it a second time, and a page kept on a telephone reads its date."""
    with client.get(address, headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "Date" not in answer.headers


def test_files_are_kept_for_good_under_their_mark(client: FlaskClient):
    """By the present mark a file is kept for good; without, or by an old one, it is asked for each time."""
    marked = _style(client)
    assert re.match(r"/v-[0-9a-f]{12}/static/vendor/dkfds/", marked)
    bare = re.sub(r"^/v-[0-9a-f]+", "", marked)
    old = f"/v-0123456789ab{bare}"
    with client.get(marked) as kept, client.get(bare) as asked, client.get(old) as aged:
        assert kept.cache_control.immutable
        assert kept.cache_control.max_age == 31_536_000
        assert kept.data == asked.data == aged.data
        for answer in (asked, aged):
            assert answer.cache_control.no_cache
            assert not answer.cache_control.immutable
    with client.get("/v-0123456789ab/assets/nothing.css") as missing:
        assert missing.status_code == 404
        assert missing.mimetype == "text/plain"


@pytest.mark.parametrize("way", ["identity", "zstd", "gzip"])
def test_an_unchanged_file_is_not_sent_again(client: FlaskClient, way: str):
    """The tag of a file, compressed or not, is answered with 304; another way has another tag."""
    headers = {"Accept-Encoding": way}
    with client.get("/assets/genbro.css", headers=headers) as first:
        tag = first.headers["ETag"]
    with client.get("/assets/genbro.css", headers=headers | {"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
    if way != "identity":
        with client.get(
            "/assets/genbro.css", headers={"Accept-Encoding": "br", "If-None-Match": tag}
        ) as other:
            assert other.status_code == 200


def test_a_token_beside_what_the_address_says_is_not_compressed(client: FlaskClient):
    """A page with a form's token is not compressed where its address could put a guess beside it."""
    headers = {"Accept-Encoding": "gzip"}
    assert "csrf_token" in client.get(_FORM).text
    assert client.get(_FORM, headers=headers).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(f"{_FORM}?q=guess", headers=headers).headers
    assert client.get("/?q=guess", headers=headers).headers["Content-Encoding"] == "gzip"
