# SPDX-License-Identifier: EUPL-1.2
"""The Flask application: everything the web is made of, put together."""

import logging
import secrets

from flask import Flask, Response, g, render_template, request
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException, SecurityError

from inventory.database import Purpose, database_url
from inventory.errors import GenbroError
from inventory.settings import Settings, get_settings
from web.api import make_api
from web.auth import init_auth
from web.compression import init_compression
from web.cookie import init_cookie
from web.demo import init_demo
from web.errors import FrontEndMissingError, find_status
from web.figures import init_figures
from web.files import init_files, make_files
from web.form_token import init_form_token
from web.headers import init_headers
from web.kept_answers import init_kept_answers
from web.kept_files import init_kept_files
from web.language import LANGUAGES, init_language
from web.page_turn import init_page_turn
from web.pages import make_pages
from web.place_map import make_maps
from web.places import init_places
from web.said import init_said
from web.session import init_session
from web.site_names import init_site_names
from web.tiles import make_tiles
from web.uploads import init_uploads
from web.vendor import TRANSLATIONS, is_vendored
from web.words.codes import init_wording

_PLAIN = ("/tiles/", "/api/", "/files/", "/maps/", "/health", "/static/", "/assets/", "/v-")
_LOG = logging.getLogger(__name__)


def create_app(settings: Settings | None = None, *, database: Purpose | None = None) -> Flask:
    """Make the application.

    Parameters
    ----------
    settings
        Read from the environment where not given.
    database
        Which database of the private PostGIS; the demo's where nothing else is said. A `database_url` in the
        settings wins, and its pages are marked as demo data where it holds some, unless `database` says.

    Raises
    ------
    FrontEndMissingError
        `python -m web.vendor` has not been run since the packages last changed.
    """
    settings = settings or get_settings()
    if not is_vendored() or not all(
        (TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo").is_file() for code in LANGUAGES
    ):
        raise FrontEndMissingError
    if database is None and settings.database_url is None:
        database = "demo"
    app = Flask(__name__, static_folder=None)
    app.config.update(
        # Lives as long as the process: nobody signs in yet, so no session has to outlive it.
        SECRET_KEY=secrets.token_hex(32),
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=1_000_000,
        # A form of a survey may stand open for a working day; its token dies with the process all the same.
        WTF_CSRF_TIME_LIMIT=43_200,
        GENBRO_BASE_URL=settings.base_url,
        GENBRO_OPERATOR=settings.operator,
        GENBRO_CONTACT=settings.contact,
    )
    app.jinja_options["autoescape"] = True
    init_session(app, url=database_url(settings, purpose=database or "own"))
    init_demo(app, database=database)
    init_files(app, settings=settings)
    init_language(app)
    init_figures(app)
    init_site_names(app)
    init_wording(app)
    init_places(app)
    init_page_turn(app)
    init_auth(app)
    init_cookie(app)
    init_kept_answers(app, most=settings.answers_mb * 1_000_000)  # looks last at what the following change
    init_headers(app)
    init_compression(app)
    init_said(app)
    init_uploads(app)  # before CSRF protection, which reads the form
    CSRFProtect(app)
    init_form_token(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    app.register_blueprint(make_pages("da", prefix=""))
    app.register_blueprint(make_pages("en", prefix="/en"))
    app.register_blueprint(make_tiles())
    app.register_blueprint(make_api())
    app.register_blueprint(make_files())
    app.register_blueprint(make_maps())
    init_kept_files(app)
    app.register_error_handler(GenbroError, _show_genbro_error)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_fault)


def _wants_page() -> bool:
    """Say whether whoever asks reads pages: tiles and the API answer in plain text."""
    return not request.path.startswith(_PLAIN)


def _show_error(status: int, *, message: str) -> Response:
    if _wants_page():
        g.shows_error = True
        return Response(
            render_template("error.html", status=status, message=message), status, mimetype="text/html"
        )
    return Response(f"{status} {message}\n", status, mimetype="text/plain")


def _show_genbro_error(error: GenbroError) -> Response:
    status = find_status(error)
    if status >= 500:
        _LOG.error("%s answered %s: %s", request.path, status, error)
    return _show_error(status, message=str(error))


def _show_http_error(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):
        # The host name is not ours, so no page with addresses in it can be made.
        return Response(f"400 {error.description}\n", 400, mimetype="text/plain")
    response = _show_error(error.code or 500, message=error.description or error.name)
    # A 405 says which methods are allowed, a 413 or 429 when to come back: those headers stay.
    for name, value in error.get_headers(request.environ):
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def _show_fault(error: Exception) -> Response:
    """Show that something broke without showing what: that is in the log."""
    _LOG.exception("%s broke", request.path, exc_info=error)
    return _show_error(500, message="")
