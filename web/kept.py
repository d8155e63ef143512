# SPDX-License-Identifier: EUPL-1.2
"""The lots a web process keeps in memory for instant answers, read once it has started."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from flask import Flask, current_app

from inventory.errors import GenbroError
from web.clock import current_day
from web.momentary import be_momentary
from web.session import get_reader

if TYPE_CHECKING:
    from inventory.matching.instant import KeptLots

_EXTENSION = "genbro_kept_lots"
_WARMING = "genbro_warming"
CALM_S = 15.0
"""Seconds after the start in which first pages are served undisturbed."""
_MAKING = Lock()
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Warming:
    """Whether somebody wants the lots already, and whether they are there."""

    wanted: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)


def get_kept_lots() -> KeptLots:
    """Return who keeps the lots of the application's database; the first call loads what they need."""
    # Compiled code takes seconds to load: a server without instant answers does without it.
    from inventory.matching.instant import KeptLots  # noqa: PLC0415

    with _MAKING:
        if _EXTENSION not in current_app.extensions:
            current_app.extensions[_EXTENSION] = KeptLots(get_reader().engine)
    kept: KeptLots = current_app.extensions[_EXTENSION]
    return kept


def begin_warming(app: Flask) -> Thread:
    """Read the lots and load all that an answer needs, in a thread; return it.

    It waits until somebody asks, or for `CALM_S`: loading compiled code holds up whoever is served meanwhile.
    """
    warming = _Warming()
    app.extensions[_WARMING] = warming
    thread = Thread(target=_warm, args=(app, warming), name="genbro-warming", daemon=True)
    thread.start()
    return thread


def is_warming() -> bool:
    """Tell whether the process is to read the lots and is not done; it begins where it has not."""
    warming: _Warming | None = current_app.extensions.get(_WARMING)
    if warming is None or warming.done.is_set():
        return False
    warming.wanted.set()
    be_momentary()
    return True


def _warm(app: Flask, warming: _Warming) -> None:
    warming.wanted.wait(CALM_S)
    with app.app_context():
        try:
            from inventory.matching.instant import warm_up  # noqa: PLC0415 - as above

            warm_up(get_reader().engine, get_kept_lots(), as_of=current_day())
        except GenbroError as error:
            # A database that is away or empty: whoever asks is told.
            _LOG.warning("the lots are not kept in memory yet: %s", error)
        finally:
            warming.done.set()
