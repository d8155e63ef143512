# SPDX-License-Identifier: EUPL-1.2
"""Readers who never rest: pages asked of a server over kept connections, each as the last is answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a server bore.

    Parameters
    ----------
    requests, errors
        Answered, and those of them that were no 200 or 304, or broke off.
    seconds
        From the first question to the last answer.
    waits
        Seconds each was waited for.
    """

    requests: int
    errors: int
    seconds: float
    waits: tuple[float, ...]


def read_pages(*, port: int, paths: Sequence[str], seconds: float, readers: int) -> Load:
    """Read pages of a server of this computer, round and round, for some time.

    Parameters
    ----------
    port
        Where it listens.
    paths
        Asked in this order; each reader begins at another.
    seconds
        For so long.
    readers
        Connections, each of which asks again as soon as it is answered.
    """
    return asyncio.run(_read_all(port, paths, seconds, readers))


async def _read_all(port: int, paths: Sequence[str], seconds: float, readers: int) -> Load:
    start = perf_counter()
    until = start + seconds
    parts = await asyncio.gather(
        *(_read(port, paths, until, begin=len(paths) * reader // readers) for reader in range(readers))
    )
    waits = [wait for part, _ in parts for wait in part]
    return Load(
        requests=len(waits),
        errors=sum(errors for _, errors in parts),
        seconds=perf_counter() - start,
        waits=tuple(waits),
    )


async def _read(port: int, paths: Sequence[str], until: float, *, begin: int) -> tuple[list[float], int]:
    waits: list[float] = []
    errors, place, connection = 0, begin, None
    tags: dict[str, bytes] = {}
    while (asked := perf_counter()) < until:
        path = paths[place % len(paths)]
        place += 1
        try:
            if connection is None:
                connection = await asyncio.open_connection("127.0.0.1", port)
            status, closes = await _ask(*connection, path, tags)
            errors += status not in {200, 304}
        except (OSError, asyncio.IncompleteReadError, ValueError):
            errors, closes = errors + 1, True
        if closes and connection is not None:
            connection[1].close()
            connection = None
        waits.append(perf_counter() - asked)
    if connection is not None:
        connection[1].close()
    return waits, errors


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, tags: dict[str, bytes]
) -> tuple[int, bool]:
    """Ask for a page as a browser does: compressed, and by its tag where it was read before."""
    known = b"If-None-Match: " + tags[path] + b"\r\n" if path in tags else b""
    writer.write(
        b"GET "
        + path.encode()
        + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
        + known
        + b"\r\n"
    )
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    status = int(first.split(b" ", 2)[1])
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
    if b"etag" in headers:
        tags[path] = headers[b"etag"]
    if headers.get(b"transfer-encoding") == b"chunked":
        while (size := int((await reader.readline()).split(b";")[0], 16)) > 0:
            await reader.readexactly(size + 2)
        await reader.readline()
    elif status != 304:
        await reader.readexactly(int(headers[b"content-length"]))
    return status, headers.get(b"connection") == b"close"
