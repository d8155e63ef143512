# SPDX-License-Identifier: EUPL-1.2
"""Deterministic ids: the same thing has the same id on every machine."""

from __future__ import annotations

import unicodedata
import uuid

NAMESPACE = uuid.UUID("6f1d6f0e-6a51-5c0e-9d3b-2b8f2f4b7c11")
"""The namespace of every id Genbro makes itself. Never to be changed: ids would move."""


def stable_id(kind: str, *parts: object) -> uuid.UUID:
    """Make the id of a thing from its natural key.

    Parameters
    ----------
    kind : str
        The table, such as ``"lot"``: things of two kinds never share an id.
    *parts : object
        The natural key, each part as ``str`` gives it, in Unicode NFC. Parts are kept apart:
        ``("a:b", "c")`` and ``("a", "b:c")`` differ.

    Returns
    -------
    uuid.UUID
        Version 5 (RFC 9562) of ``kind:part:part...`` in :data:`NAMESPACE`.

    Raises
    ------
    ValueError
        Where no part is given, or a part is None or an empty text.
    """
    if not parts:
        raise ValueError(f"an id of kind {kind!r} needs a natural key")
    texts = []
    for part in parts:
        text = "" if part is None else unicodedata.normalize("NFC", str(part))
        if not text:
            raise ValueError(f"an id of kind {kind!r} has an empty part in its key: {parts!r}")
        texts.append(text.replace("%", "%25").replace(":", "%3A"))
    return uuid.uuid5(NAMESPACE, ":".join([kind, *texts]))
