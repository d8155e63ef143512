# SPDX-License-Identifier: EUPL-1.2
"""The server of these tests loses nothing when a browser hangs up."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

from tests.browser.serving import serve

SECONDS = 10


class Answer:
    """An answer that waits until the browser is gone, and notes whether it was closed."""

    def __init__(self) -> None:
        self.begun, self.gone, self.closed = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, _: dict[str, Any], start_response: Any) -> Answer:
        """Begin, as an application does."""
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "14")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        """Give all there is, then wait."""
        yield b"the whole file"
        self.begun.set()
        self.gone.wait(SECONDS)

    def close(self) -> None:
        """Note it, as a file would be closed."""
        self.closed.set()


def test_an_answer_nobody_waits_for_is_closed() -> None:
    """The connection is broken in the middle of an answer: its file would else stay open."""
    answer = Answer()
    with serve(answer) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as browser:
            browser.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert answer.begun.wait(SECONDS)
            # Closed with nothing sent after it, the connection is broken rather than ended.
            browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        answer.gone.set()
        assert answer.closed.wait(SECONDS)
