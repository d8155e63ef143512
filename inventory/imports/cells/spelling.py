# SPDX-License-Identifier: EUPL-1.2
"""One way of folding words, so that headers and names are found however they are spelt."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "ue", "é": "e"})
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")


def fold_text(text: str) -> str:
    """Fold a word to lower case ASCII letters and digits.

    Parameters
    ----------
    text
        Any word: ``"Mængde (m²)"`` becomes ``"maengdem2"``.

    Returns
    -------
    str
        Letters a-z and digits only; Danish letters as ae, oe, aa. Empty if nothing is left.
    """
    # casefold before and after NFKC: compatibility forms may bring new capitals
    folded = unicodedata.normalize("NFKC", text.casefold()).casefold()
    return _NOT_ALNUM.sub("", folded.translate(_DANISH))


def drop_brackets(text: str) -> str:
    """Drop what stands in brackets, as the unit of a header: ``"Pris (kr.)"`` becomes ``"Pris "``."""
    return _BRACKETS.sub("", text)


def suggest_words(word: str, *, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Suggest the known words nearest to a misspelt one.

    Parameters
    ----------
    word
        The word as found.
    known
        The words that would have been understood.
    most
        At most so many suggestions.

    Returns
    -------
    tuple of str
        Nearest first, in their own spelling; empty if none is near.
    """
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(fold_text(candidate), candidate)
    folded = fold_text(word)
    near = get_close_matches(folded, list(by_fold), n=most, cutoff=0.6)
    if not near and len(folded) >= 3:
        near = [fold for fold in by_fold if folded in fold][:most]
    return tuple(by_fold[fold] for fold in near)
