# SPDX-License-Identifier: EUPL-1.2
"""The shelf of kept answers: those of one moment of the database, so many bytes, the last used last to go."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

_BESIDE = 1_000
"""Bytes an answer takes beside its body, measured roughly: its headers, its key, Python's own."""
_LARGEST = 8
"""No answer takes more than one part in so many, or one file would empty the shelf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer as it is sent; `tokenless` where the token of a form is still to be put in."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    tokenless: bool = False

    @property
    def size(self) -> int:
        """Bytes it takes in memory, roughly."""
        return len(self.body) + _BESIDE


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Keeps answers of the newest moment it was told of; those of an older one are thrown away together.

    Parameters
    ----------
    most
        Bytes that all answers together may take.
    """

    most: int
    used: int = 0
    _moment: int = 0
    _answers: OrderedDict[Hashable, KeptAnswer] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def find(self, key: Hashable, *, moment: int) -> KeptAnswer | None:
        """Find the answer to a question, made at this moment or at a newer one."""
        with self._lock:
            if moment > self._moment:
                self._moment, self.used = moment, 0
                self._answers.clear()
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: KeptAnswer, *, moment: int) -> None:
        """Keep an answer whose question was asked at a moment, unless that has passed or it is too large."""
        with self._lock:
            if moment != self._moment or answer.size > self.most // _LARGEST:
                return
            before = self._answers.pop(key, None)
            self.used += answer.size - (before.size if before else 0)
            self._answers[key] = answer
            while self.used > self.most:
                _, oldest = self._answers.popitem(last=False)
                self.used -= oldest.size
