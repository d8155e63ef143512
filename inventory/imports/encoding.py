# SPDX-License-Identifier: EUPL-1.2
"""Guessing the encoding of a text file."""

import codecs
import re
from dataclasses import dataclass

_BROKEN = re.compile("[\udc80-\udcff]")
# The letters of Western Europe in UTF-8. In an older encoding they are an A with tilde or circumflex and a
# sign, which no word has.
_UTF_8_LETTER = re.compile(rb"([\xc2\xc3][\x80-\xbf])")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1")
"""The encodings a file may be said to be in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A decoded file; bytes that were no letters are lone surrogates (U+DC80..U+DCFF)."""

    text: str
    encoding: str


def decode_text(data: bytes, *, encoding: str | None = None) -> Text:
    """Decode a text file.

    Parameters
    ----------
    data
        The whole file.
    encoding
        One of `ENCODINGS`; None guesses.

    Returns
    -------
    Text
        UTF-8 (with or without mark), UTF-16 (with mark, as Excel's "Unicode text"), else
        Windows-1252, else ISO-8859-1. A file that is UTF-8 but for a few broken bytes stays UTF-8,
        so one broken row does not spoil the letters of all others; and a letter in UTF-8 is broken in
        a file that is not.
    """
    if encoding is not None:
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        return Text(text=data.decode(name, errors), encoding=encoding)
    if data.startswith(codecs.BOM_UTF8):
        return Text(text=data[3:].decode("utf-8", "surrogateescape"), encoding="utf-8-sig")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Text(text=data.decode("utf-16", "replace"), encoding="utf-16")
    text = data.decode("utf-8", "surrogateescape")
    broken = 0 if data.isascii() else len(_BROKEN.findall(text))
    if not broken:
        return Text(text=text, encoding="utf-8")
    letters = sum(letter > "\x7f" for letter in text) - broken
    if letters > broken:
        return Text(text=text, encoding="utf-8")
    try:
        return Text(text=_decode_mixed(data, encoding="cp1252"), encoding="windows-1252")
    except UnicodeDecodeError:
        return Text(text=_decode_mixed(data, encoding="iso-8859-1"), encoding="iso-8859-1")


def _decode_mixed(data: bytes, *, encoding: str) -> str:
    """Decode bytes, and mark letters that are UTF-8 among them as broken: they would be read as others."""
    return "".join(
        part.decode("ascii", "surrogateescape") if _UTF_8_LETTER.fullmatch(part) else part.decode(encoding)
        for part in _UTF_8_LETTER.split(data)
    )
