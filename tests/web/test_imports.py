# SPDX-License-Identifier: EUPL-1.2
"""The wizard that imports a table: upload, columns, preview, import, bad rows back, undo."""

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from inventory.database import make_engine, open_session
from inventory.imports.perform import perform_import
from inventory.jobs import work
from inventory.tables import Import, ImportPart, Lot
from tests.web.opening import open_app
from tests.web.reading import find_all, find_id, parse_page, read_text
from web.clock import current_day
from web.uploads import LARGEST_UPLOAD

LOTS = (
    "Løbenr;Sted;E;N;Emne;Antal;Enhed;Fra;Til\n"
    "A-1;GÅRD;588000;6139700;brick_lime_mortar;1200;stk;01-03-2027;01-06-2027\n"
    "A-2;GÅRD;588000;6139700;brick_lime_mortar;mange;stk;01-03-2027;01-06-2027\n"
    "A-3;GÅRD;588000;6139700;brick_lime_mortar;5;stk;31-02-2027;01-06-2027\n"
)
CHOSEN = {
    "Løbenr": "ref", "Sted": "site_ref", "E": "x", "N": "y", "Emne": "class", "Antal": "quantity",
    "Enhed": "unit", "Fra": "available_from", "Til": "available_to",
}  # fmt: skip


@pytest.fixture
def app(front_end: None, own_database_url: str) -> Iterator[Flask]:
    """The application over a database of the test's own."""
    with open_app(own_database_url) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser without JavaScript that keeps its cookies."""
    return app.test_client()


def token(page: str) -> str:
    """The CSRF token of a page's form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def upload(
    browser: FlaskClient,
    *,
    data: bytes = LOTS.encode(),
    name: str = "lots.csv",
    at: str = "",
    kind: str = "lots",
) -> TestResponse:
    """Upload a file by the form."""
    page = browser.get(f"{at}/imports").text
    lines = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token(page)}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\n{kind}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    )
    body = lines.encode() + data + b"\r\n--x--\r\n"
    return browser.post(f"{at}/imports", data=body, content_type="multipart/form-data; boundary=x")


def choose(browser: FlaskClient, address: str, **more: str) -> TestResponse:
    """Choose the columns and check the rows."""
    page = browser.get(address).text
    headers = {f"header-{at}": header for at, header in enumerate(CHOSEN)}
    columns = {f"column-{at}": column for at, column in enumerate(CHOSEN.values())}
    form = {"csrf_token": token(page), "go": "check", "header_row": "1", **headers, **columns, **more}
    return browser.post(address, data=form)


def count(url: str, table: type) -> int:
    """Count the rows of a table."""
    with open_session(url) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("at", "message"), [("", "Feltet er ikke et tal."), ("/en", "The cell is not a number.")]
)
def test_the_whole_way(browser: FlaskClient, own_database_url: str, at: str, message: str):
    """From file to lots and back: nothing is saved before the import, and all is gone after undoing."""
    mapping = upload(browser, at=at)
    assert mapping.status_code == 303
    page = parse_page(browser.get(mapping.location).text)
    assert read_text(find_all(page, "h1")[0])
    proposed = {
        read_text(row.getElementsByTagName("label")[0]): [
            option.getAttribute("value") for option in find_all(row, "option", selected="")
            if option.hasAttribute("selected")
        ]
        for body in find_all(page, "tbody") for row in find_all(body, "tr")
    }  # fmt: skip
    assert proposed["Emne"] == ["class"]
    assert (proposed["E"], proposed["N"]) == (["x"], ["y"])
    preview = choose(browser, mapping.location)
    assert preview.status_code == 303, preview.text
    text = browser.get(preview.location).text
    assert count(own_database_url, Lot) == 0
    shown = parse_page(text)
    wrong = [read_text(cell) for cell in find_all(shown, "td", class_="gb-cell-error")]
    assert [cell.split()[0] for cell in wrong] == ["mange", "31-02-2027"]
    assert message in wrong[0]
    back = browser.get(f"{preview.location}/refused")
    assert back.mimetype == "text/csv"
    assert message in back.text
    assert len(back.text.strip().splitlines()) == 3
    done = browser.post(f"{preview.location}/start", data={"csrf_token": token(text)})
    assert done.status_code == 303
    assert count(own_database_url, Lot) == 1
    result = browser.get(done.location).text
    assert re.search(r"<dd>1</dd>", result)
    with open_session(own_database_url) as session:
        assert session.scalars(select(ImportPart.part).order_by(ImportPart.part)).all() == [-2, -1]
    undone = browser.post(f"{preview.location}/undo", data={"csrf_token": token(result)})
    assert undone.status_code == 303
    assert count(own_database_url, Lot) == 0
    # the headers are remembered for the next file
    again = upload(browser, at=at)
    assert 'value="ref" selected' in browser.get(again.location).text


@pytest.mark.parametrize(("at", "title"), [("", "Partier"), ("/en", "Lots")])
def test_an_empty_table_is_fetched(browser: FlaskClient, at: str, title: str):
    """The page leads to a workbook in its language, with the material classes on a sheet."""
    assert f'href="{at}/imports/template/lots"' in browser.get(f"{at}/imports").text
    sent = browser.get(f"{at}/imports/template/lots")
    book = load_workbook(io.BytesIO(sent.data))
    assert (sent.mimetype.rpartition(".")[2], book.sheetnames[0], len(book.sheetnames)) == ("sheet", title, 4)
    assert browser.get(f"{at}/imports/template/x").status_code == 404


def test_an_import_that_others_rest_on_stays(browser: FlaskClient, own_database_url: str):
    """Undoing is refused with the name of what stands in the way, and the lots are still there."""
    preview = choose(browser, upload(browser).location).location
    browser.post(f"{preview}/start", data={"csrf_token": token(browser.get(preview).text)})
    with open_session(own_database_url) as session:
        session.scalars(select(Lot)).one().note = "rettet siden"
    answer = browser.post(f"{preview}/undo", data={"csrf_token": token(browser.get(preview).text)})
    assert answer.status_code == 200
    assert "1 × parti er ændret siden (A-1)" in answer.text
    assert count(own_database_url, Lot) == 1


def test_what_is_missing_is_named_and_can_be_given(browser: FlaskClient, own_database_url: str):
    """A column the file lacks is asked for, and one value may stand for all rows."""
    data = re.sub(r";Emne|;brick_lime_mortar", "", LOTS).encode("cp1252")
    address = upload(browser, data=data).location
    page = browser.get(address).text
    assert 'name="fixed-class"' in page
    no_class = {f"column-{list(CHOSEN).index('Emne')}": "", f"header-{list(CHOSEN).index('Emne')}": "Intet"}
    again = choose(browser, address, **no_class)
    assert "Vælg en overskrift til hver kolonne" in again.text
    assert choose(browser, address, **no_class, **{"fixed-class": "brick_lime_mortar"}).status_code == 303
    assert "mange" in browser.get(address.removesuffix("/mapping")).text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "empty.csv", "filen er tom"),
        (b"%PDF-1.7 x", "paper.csv", "(PDF)"),
        (b"PK\x03\x04broken", "broken.xlsx", "beskadiget"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(browser: FlaskClient, data: bytes, name: str, words: str):
    """The type is told by content, and what is wrong is said in the language of the page."""
    page = browser.get(upload(browser, data=data, name=name).location)
    assert page.status_code == 200
    assert words in page.text


def test_a_form_without_a_file_or_kind_is_asked_again(browser: FlaskClient, own_database_url: str):
    """What is lacking is said, and nothing is kept."""
    form = {"csrf_token": token(browser.get("/imports").text), "kind": "lots"}
    assert "Vælg først en fil" in browser.post("/imports", data=form).text
    assert "Vælg, hvad filens rækker er" in upload(browser, kind="ships").text
    assert count(own_database_url, Import) == 0


def test_200_mb_are_refused_before_reading(browser: FlaskClient):
    """A larger file is refused by its announced length, politely, and not a byte of it is read."""

    class Unread(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError(f"{size} bytes were read")

    answer = browser.post(
        "/imports",
        input_stream=Unread(),
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_UPLOAD + 200_000)},
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "højst fylde 200 MB" in answer.text


def test_other_forms_stay_small(browser: FlaskClient):
    """Only the upload may be large."""
    answer = browser.post("/runs", data=b"x" * 10, content_length=2_000_000)
    assert answer.status_code in {400, 405, 413}


def test_nobody_sees_what_another_uploaded(app: Flask, browser: FlaskClient):
    """Until there are accounts, an import is its browser's alone."""
    address = upload(browser).location
    stranger = app.test_client()
    for path in (address, address.removesuffix("/mapping"), address.replace("/mapping", "/refused")):
        assert stranger.get(path).status_code == 404
    assert "lots.csv" not in stranger.get("/imports").text
    assert "lots.csv" in browser.get("/imports").text


def test_forms_need_their_token(browser: FlaskClient, own_database_url: str):
    """Without its token a form changes nothing."""
    address = upload(browser).location.removesuffix("/mapping")
    for path in ("/mapping", "/start", "/undo"):
        assert browser.post(address + path).status_code == 400
    form = {"kind": "lots", "file": (io.BytesIO(b"x"), "x.csv")}
    assert browser.post("/imports", data=form, content_type="multipart/form-data").status_code == 400
    assert count(own_database_url, Import) == 1


def test_a_large_file_goes_to_the_worker(browser: FlaskClient, own_database_url: str):
    """A file of more than 4 MB waits for the worker; the page says so and comes back by itself."""
    row = "A-{};GÅRD;588000;6139700;brick_lime_mortar;12;stk;01-03-2027;01-06-2027;" + "x" * 2000 + "\n"
    data = LOTS.splitlines()[0] + ";Note\n" + "".join(row.format(number) for number in range(2200))
    address = upload(browser, data=data.encode()).location
    waiting = browser.get(choose(browser, address).location)
    assert waiting.headers["Refresh"].startswith("2;")
    assert "Venter på arbejderen" in waiting.text
    work(own_database_url, until_empty=True)
    checked = browser.get(address.removesuffix("/mapping"))
    assert "Refresh" not in checked.headers
    assert "Indlæs 2.200 gode rækker" in checked.text
    browser.post(address.replace("mapping", "start"), data={"csrf_token": token(checked.text)})
    work(own_database_url, until_empty=True)
    assert count(own_database_url, Lot) == 2200


def test_a_stopped_worker_leaves_a_word(browser: FlaskClient, own_database_url: str):
    """An import whose process died is failed by the next worker, can be tried again, and saved nothing."""
    address = upload(browser).location.removesuffix("/mapping")
    import_id = address.rsplit("/", 1)[-1]
    with open_session(own_database_url) as session:
        session.scalars(select(Import)).one().status = "checking"
    work(own_database_url, until_empty=True)
    assert "blev afbrudt" in browser.get(address).text
    assert choose(browser, f"{address}/mapping").status_code == 303
    engine = make_engine(own_database_url)
    try:
        # in another state than asked for, it is left alone
        perform_import(engine, import_id=import_id, dry_run=True, today=current_day())
    finally:
        engine.dispose()
    assert find_id(parse_page(browser.get(address).text), "rows-title")


def test_uploads_nobody_imports_are_forgotten(
    app: Flask, browser: FlaskClient, own_database_url: str
) -> None:
    """After 30 days the next upload forgets an upload with its file; a newer one and an import stay."""
    for name in ("old.csv", "new.csv", "done.csv"):
        upload(browser, name=name)
    with open_session(own_database_url) as session:
        for change in (
            "created_at = created_at - interval '31 days' WHERE file <> 'new.csv'",
            """status = 'done', counts = '{"rows": 3, "refused": 0}' WHERE file = 'done.csv'""",
        ):
            session.connection().exec_driver_sql(f"UPDATE import SET {change}")
    upload(browser, name="next.csv")
    with open_session(own_database_url) as session:
        kept = session.execute(
            select(Import.file, func.count(ImportPart.part))
            .outerjoin(ImportPart, ImportPart.import_id == Import.id)
            .group_by(Import.file)
        )
        assert dict(kept.all()) == {"new.csv": 1, "done.csv": 1, "next.csv": 1}
