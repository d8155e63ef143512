# SPDX-License-Identifier: EUPL-1.2
"""The two languages: Danish at /, English at /en/, chosen by the address alone."""

from urllib.parse import urlencode

from flask import Flask, has_request_context, request, url_for
from flask_babel import Babel, get_locale, gettext
from markupsafe import Markup, escape

from inventory.notes import find_danish
from web.clock import ZONE
from web.filters import add_filters

LANGUAGES: dict[str, str] = {"da": "Dansk", "en": "English"}
DEFAULT = "da"

# The others are called by their name and "Kommune".
_CALLED = {"Bornholm": "Bornholms Regionskommune", "København": "Københavns Kommune"}


def select_language() -> str:
    """Return the locale of the request: British English below /en, else Danish."""
    if has_request_context() and (request.path == "/en" or request.path.startswith("/en/")):
        return "en_GB"
    return DEFAULT


def current_language() -> str:
    """Return the code of the language texts are written in now."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT


def page_url(page: str, /, **values: object) -> str:
    """Return the address of a page in the present language; empty values are left out.

    Parameters
    ----------
    page
        The page's name, such as ``lot`` or ``runs``.
    **values
        Parts of the path, and query parameters; a list gives a parameter several times.
    """
    kept = {name: value for name, value in values.items() if value not in (None, "", [], ())}
    return url_for(f"{current_language()}.{page}", **kept)  # type: ignore[arg-type]


def other_language_url(language: str) -> str:
    """Return the address of the page being shown in another language, its query kept."""
    endpoint, arguments = request.endpoint or "", dict(request.view_args or {})
    prefix, _, page = endpoint.partition(".")
    path = (
        url_for(f"{language}.{page}", **arguments) if prefix in LANGUAGES else url_for(f"{language}.supply")
    )
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query and prefix in LANGUAGES else path


def pick(row: object, stem: str = "name") -> str:
    """Return a row's text in the present language: `name_da` or `name_en`, the other where it is empty."""
    danish, english = getattr(row, f"{stem}_da"), getattr(row, f"{stem}_en")
    chosen = english if current_language() == "en" else danish
    return str(chosen or danish or english or "")


def tell_note(text: str | None) -> Markup:
    """Return a note of a reference table in the present language; marked as English without Danish."""
    if not text or current_language() == "en":
        return escape(text or "")
    danish = find_danish(text)
    return Markup('<span lang="en">{}</span>').format(text) if danish is None else escape(danish)


def name_municipality(name: str) -> str:
    """Return what a municipality is called with the word for one, which its Danish name may hang on."""
    called = _CALLED.get(name) if current_language() == "da" else None
    return called or gettext("%(name)s municipality", name=name)


def init_language(app: Flask) -> None:
    """Set up translations, and the names templates use."""
    Babel(
        app,
        default_locale=DEFAULT,
        default_timezone=ZONE,
        default_translation_directories="translations",
        locale_selector=select_language,
    )
    app.jinja_env.globals.update(
        page_url=page_url,
        other_language_url=other_language_url,
        current_language=current_language,
        LANGUAGES=LANGUAGES,
    )
    add_filters(app, pick=pick, note=tell_note, municipality=name_municipality)
