# SPDX-License-Identifier: EUPL-1.2
"""The language catalogues kept in step with the texts of pages and code: `python -m web.catalogues`."""

from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent
TRANSLATIONS = WEB / "translations"
SOURCE_LANGUAGE = "en"
LANGUAGES = ("da", "en")

_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
_NOISE = tuple(
    f'"{name}:'.encode()
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)


def extract_messages() -> Catalog:
    """Extract every text of pages and code that is to be translated, in alphabetical order."""
    template = Catalog(header_comment="", fuzzy=False)
    found = extract_from_dir(WEB, _METHODS, keywords=_KEYWORDS, options_map={"**": {"silent": "false"}})
    for _file, _line, message, _comments, context in found:
        template.add(message, context=context)
    return template


def find_catalogue(language: str) -> Path:
    """Return the place of a language's catalogue."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """Read a language's catalogue; an empty one where there is none yet."""
    path = find_catalogue(language)
    if not path.is_file():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update_catalogue(language: str) -> Catalog:
    """Bring a catalogue in step: new texts come in (empty, or as they are in English), unused ones go."""
    old, fresh = read_catalogue(language), Catalog(locale=language, fuzzy=False, header_comment="")
    for message in extract_messages():
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        text = known.string if known is not None and known.string else None
        if language == SOURCE_LANGUAGE:
            text = message.id
        fresh.add(message.id, string=text, context=message.context)
    return fresh


def list_gaps(language: str) -> list[str]:
    """List the texts without a translation, and the translations of texts that are gone."""
    written, wanted = read_catalogue(language), extract_messages()
    gaps = []
    for message in wanted:
        known = written.get(message.id, message.context)
        string = "" if known is None else known.string
        strings = string if isinstance(string, tuple | list) else (string,)
        if message.id and not all(strings):
            gaps.append(f"not translated: {message.id}")
    gaps += [
        f"no longer used: {one.id}" for one in written if one.id and wanted.get(one.id, one.context) is None
    ]
    return gaps


def _write(catalogue: Catalog) -> bytes:
    """Write a catalogue without the header lines that change by the hour or say nothing."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True)
    kept = (line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(_NOISE))
    return b"".join(kept)


def main() -> int:
    """Update both catalogues and list what is still to be translated."""
    gaps = []
    for language in LANGUAGES:
        catalogue = update_catalogue(language)
        path = find_catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_write(catalogue))
        gaps += [f"{language}: {gap}" for gap in list_gaps(language)]
    click.echo("\n".join(gaps) or "both catalogues are whole")
    return 1 if gaps else 0


if __name__ == "__main__":
    raise SystemExit(main())
