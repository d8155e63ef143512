# SPDX-License-Identifier: EUPL-1.2
"""Photos and documents of a surveyed lot: added with clear limits, shown to all, removed and put back."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from inventory.database import open_session
from tests.inventory.files.test_intake import PDF, draw
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, parse_page, read_text
from tests.web.sample import insert_sample
from tests.web.sample_ids import lot_id
from tests.web.surveying import BRICKS, SCHOOL, read_fields, read_hidden
from web.uploads import LARGEST_PHOTOS

LOT = lot_id("school_aarhus", "brick_lime_mortar", "surveyed")
PAGE = f"/surveys/lots/{LOT}"


@pytest.fixture(scope="module")
def app(front_end: None, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over the sample, with a folder of files of its own."""
    with open_session(database_url) as session:
        insert_sample(session)
    with open_app(database_url, files=Path(tmp_path_factory.mktemp("files"))) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def send(
    browser: FlaskClient, *files: tuple[bytes, str], at: str = "", key: str | None = None
) -> TestResponse:
    """Add files by the form of the lot's page."""
    form = read_hidden(browser.get(at + PAGE).text)
    if key is not None:
        form["sent"] = key
    return post(browser, f"{at}{PAGE}/files", form=form, files=files)


def post(
    browser: FlaskClient, address: str, *, form: dict[str, str], files: Sequence[tuple[bytes, str]]
) -> TestResponse:
    """Send a form with files; written by hand, as the client leaves its own temporary files open."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in form.items()
    ]
    for content, name in files:
        head = f'--x\r\nContent-Disposition: form-data; name="photos"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    body = b"".join(parts) + b"--x--\r\n"
    return browser.post(address, data=body, content_type="multipart/form-data; boundary=x")


def list_photos(browser: FlaskClient, address: str) -> list[tuple[str, str]]:
    """List the thumbnails of a page: address and alternative text."""
    pictures = find_all(parse_page(browser.get(address).text), "img")
    return [
        (picture.getAttribute("src"), picture.getAttribute("alt"))
        for picture in pictures
        if "/thumbnail" in picture.getAttribute("src")
    ]


def press(browser: FlaskClient, page: str, *, name: str) -> TestResponse:
    """Press the button of a page whose name begins so."""
    for form in find_all(parse_page(page), "form"):
        for button in find_all(form, "button"):
            if button.getAttribute("aria-label").startswith(name):
                data = {
                    one.getAttribute("name"): one.getAttribute("value") for one in find_all(form, "input")
                }
                return browser.post(form.getAttribute("action"), data=data)
    raise AssertionError(f"no button {name}")


def test_photos_are_shown_removed_and_put_back(browser: FlaskClient):
    """A photo and a PDF stand on the survey and on the lot's public page; removed, they can be put back."""
    added = send(browser, (draw(), "facade.jpg"), (PDF, "rapport.pdf"))
    assert added.status_code == 303
    page = browser.get(added.location).text
    assert "2 filer tilføjet." in page
    for address in (PAGE, f"/lots/{LOT}"):
        ((source, words),) = list_photos(browser, address)
        assert words == "Foto 1 af 1 af parti mursten facade, Mursten i kalkmørtel: facade.jpg"
        assert "rapport.pdf" in browser.get(address).text
        sent = browser.get(source)
        assert (sent.mimetype, sent.headers["Content-Security-Policy"]) == (
            "image/jpeg",
            "default-src 'none'; sandbox",
        )
    ((_source, words),) = list_photos(browser, f"/en/lots/{LOT}")
    assert words.startswith("Photo 1 of 1 of lot mursten facade, Clay brick in lime mortar")
    assert [words for _source, words in list_photos(browser, f"/surveys/{SCHOOL}")] == [""]
    assert press(browser, page, name="Fjern facade.jpg").status_code == 303
    without = browser.get(PAGE).text
    assert list_photos(browser, f"/lots/{LOT}") == []
    assert press(browser, without, name="Læg facade.jpg tilbage").status_code == 303
    assert [source for source, _words in list_photos(browser, PAGE)] == [source]
    assert browser.get(source).status_code == 200
    told = read_text(find_all(parse_page(browser.get(PAGE).text), "ol", class_="gb-history")[0])
    for words in ("Fil tilføjet", "Fil fjernet", "Fil lagt tilbage"):
        assert words in told


def test_a_photo_sent_twice_is_one_and_stays_removed(browser: FlaskClient):
    """A form sent again after a lost network adds nothing, not even what has been removed since."""
    key = read_hidden(browser.get(PAGE).text)["sent"]
    before = len(list_photos(browser, PAGE))
    photo = (draw(size=(40, 30)), "dør.jpg")
    send(browser, photo, key=key)
    send(browser, photo, key=key)
    assert len(list_photos(browser, PAGE)) == before + 1
    press(browser, browser.get(PAGE).text, name="Fjern dør.jpg")
    send(browser, photo, key=key)
    assert len(list_photos(browser, PAGE)) == before
    send(browser, photo)
    assert len(list_photos(browser, PAGE)) == before + 1


def draw_large() -> bytes:
    """Draw a PNG of 100 megapixels, which is small as a file."""
    buffer = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "danish", "english"),
    [
        (b"MZ\x90\x00", "virus.jpg", "hverken en PDF eller et foto", "neither a PDF nor a photo"),
        (b"", "tom.jpg", "tom", "empty"),
        (draw()[:200], "halv.jpg", "skåret af", "cut off"),
        (draw_large(), "stor.png", "megapixel; der tages højst 64", "megapixels; at most 64"),
        (b"%PDF-" + b"x" * 20_000_001, "lang.pdf", "højst 20 MB", "at most 20 MB"),
    ],
    ids=["type", "empty", "broken", "pixels", "bytes"],
)
def test_a_file_that_is_not_taken_is_named(
    browser: FlaskClient, content: bytes, name: str, danish: str, english: str
):
    """What is wrong and what to do is said in the language of the page; the good file beside it is taken."""
    before = len(list_photos(browser, PAGE))
    answer = browser.get(send(browser, (content, name)).location).text
    assert f"{name}: " in answer
    assert danish in answer
    assert english in browser.get(send(browser, (content, name), at="/en").location).text
    good = draw(size=(len(name) + 50, len(content) % 90 + 50))
    send(browser, (content, name), (good, "god.jpg"))
    assert len(list_photos(browser, PAGE)) == before + 1


@pytest.mark.parametrize("at", ["", "/en"])
def test_too_much_at_once_is_refused_before_reading(browser: FlaskClient, at: str):
    """A request over the limit is refused by its announced length, politely, and not a byte of it is read."""

    class Unread(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError(f"{size} bytes were read")

    answer = browser.post(
        f"{at}{PAGE}/files",
        input_stream=Unread(),
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_PHOTOS + 200_000)},
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "100 MB" in answer.text
    assert ("send færre ad gangen" if not at else "send fewer at a time") in answer.text
    # the way to the other language leads to the lot
    assert browser.get(f"{at}{PAGE}/files").status_code == 303


def test_other_forms_of_a_survey_stay_small(browser: FlaskClient):
    """Only the two forms that carry photos may be large."""
    form = read_fields(browser.get(PAGE).text) | {"note": "x" * 1_100_000}
    assert browser.post(PAGE, data=form).status_code == 413


def test_a_lot_is_written_down_with_its_photos(browser: FlaskClient):
    """Photos chosen in the form of a new lot come with it; one refused is named, and the lot is there."""
    address = f"/surveys/{SCHOOL}/lots/new"
    form = read_hidden(browser.get(address).text) | BRICKS
    files = [(draw(size=(77, 66)), "a.jpg"), (b"x", "b.jpg")]
    saved = post(browser, address, form=form, files=files)
    page = browser.get(saved.location).text
    assert "b.jpg: " in page
    assert len(list_photos(browser, saved.location)) == 1
    assert post(browser, address, form=form, files=files).location == saved.location
    assert len(list_photos(browser, saved.location)) == 1


def test_nothing_chosen_is_said(browser: FlaskClient):
    """The form without a file asks for one."""
    assert "Vælg først et foto eller en PDF" in browser.get(send(browser).location).text
    assert find_id(parse_page(browser.get(PAGE).text), "f-camera").getAttribute("capture") == "environment"
