# SPDX-License-Identifier: EUPL-1.2
"""The server before the browser: werkzeug's, which here also closes the answer a browser hung up on."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

_ANSWER = "genbro.answer"


class _Handler(WSGIRequestHandler):
    def connection_dropped(self, error: BaseException, environ: dict[str, Any] | None = None) -> None:
        """Close what was being answered: werkzeug forgets it if the connection breaks while it clears up."""
        super().connection_dropped(error, environ)
        close = getattr((environ or {}).get(_ANSWER), "close", None)
        if close is not None:
            close()


@contextmanager
def serve(app: Any) -> Iterator[str]:
    """Serve a WSGI application by threads, give its address, and stop at the end."""

    def keep(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = app(environ, start_response)
        environ[_ANSWER] = answer
        return answer

    listener = make_server("127.0.0.1", 0, keep, threaded=True, request_handler=_Handler)
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.server_port}"
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
