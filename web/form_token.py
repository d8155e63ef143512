# SPDX-License-Identifier: EUPL-1.2
"""The token of a browser's forms, put into a page last of all: the rest may be the same for everybody.

Templates write a mark where the token belongs. Nobody outside can know the mark, so nothing that people wrote
holds it; and no answer leaves without its token.
"""

import secrets

from flask import Flask, Response, g
from flask_wtf.csrf import generate_csrf

from web.cookie import is_touched

_NAME = "csrf_token"


def init_form_token(app: Flask) -> None:
    """Have templates ask for the token as before, and put it in before the answer is compressed."""
    mark = f"token-{secrets.token_hex(24)}"

    def ask_token() -> str:
        g.asks_token = True
        return mark

    def put_in(response: Response) -> Response:
        if "asks_token" not in g:
            return response
        body = response.get_data()
        if mark.encode() in body:
            if not is_touched():
                g.tokenless = body
            response.set_data(body.replace(mark.encode(), generate_csrf().encode()))
        return response

    # flask-wtf gives both, and those given last are taken
    app.jinja_env.globals[_NAME] = ask_token
    app.context_processor(lambda: {_NAME: ask_token})
    app.after_request(put_in)
