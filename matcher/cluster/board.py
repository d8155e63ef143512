# SPDX-License-Identifier: EUPL-1.2
"""The board of a solve on a cluster: what its tasks told, and the word that ends them."""

from __future__ import annotations

import uuid
from typing import Any

from distributed import Client, Event

from matcher.cluster.line import TOPIC, ClusterLine, name_stop


class ClusterBoard:
    """Shares done of many tasks on many machines.

    Parameters
    ----------
    client
        Connected; the board is the only one that listens by it.
    count
        How many tasks.
    """

    def __init__(self, client: Client, *, count: int) -> None:
        self._client = client
        self._run = uuid.uuid4().hex  # two solves on one cluster never mix; no answer depends on it
        self._shares = [0.0] * count
        self._stop = Event(name_stop(self._run), client=client)
        self._stopped = False
        client.subscribe_topic(TOPIC, self._note)

    @property
    def run(self) -> str:
        """Return the name of the solve."""
        return self._run

    def draw_line(self, place: int) -> ClusterLine:
        """Return the line of a task."""
        return ClusterLine(self._run, place)

    def read(self) -> list[float]:
        """Return the share done of every task."""
        return list(self._shares)

    def stop(self) -> None:
        """Tell every task to come to an end, those too that have not begun."""
        if not self._stopped and self._client.status == "running":
            self._stopped = True
            self._stop.set()

    def take_down(self) -> None:
        """Listen no more, and forget the word to end."""
        if self._client.status == "running":
            self._client.unsubscribe_topic(TOPIC)
            if self._stopped:
                self._stop.clear()

    def _note(self, event: tuple[float, Any]) -> None:
        _, told = event
        if isinstance(told, dict) and told.get("run") == self._run:
            place = told["place"]
            self._shares[place] = max(self._shares[place], told["share"])
