# SPDX-License-Identifier: EUPL-1.2
"""The words of a search: which classes and places each names, misspelt or inside a compound too."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, literal, select, text
from sqlalchemy.orm import Session

from inventory.queries.search.narrow import own_query
from inventory.queries.search.search import Term
from inventory.tables import LotSearch

MOST_TERMS = 8
"""Words of a text that are looked at."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe"})

# Danish letters as two, as in the column `folded` of `class_word`.
_FOLDED = "replace(replace(replace(lower(name), 'å', 'aa'), 'æ', 'ae'), 'ø', 'oe')"
_PLACES = f"""(
    SELECT code::text, {_FOLDED} FROM municipality
    UNION SELECT municipality_code::text, {_FOLDED} FROM town WHERE municipality_code IS NOT NULL
)"""  # noqa: S608  our own words

# Shorter words are only taken whole: "dør" is in "dørtrin", but "te" is in half the language.
_LEAST_START = 3
_LEAST_PART = 4
_LEAST_WHOLE = 5

# Whole, by its stem in either language, as the start or a part of a known word, or with a known word as its
# own start or end, as Danish compounds have: a façade of bricks, bricks reclaimed.
_FIND = f"""
SELECT DISTINCT ON (class_id) 'class' AS kind, class_id::text AS key, CASE
    WHEN folded = :word OR stems @@ to_tsquery('danish', :spelt) OR stems @@ to_tsquery('english', :spelt)
        OR (length(:word) >= {_LEAST_START} AND starts_with(folded, :word))
        OR (length(:word) >= {_LEAST_PART} AND strpos(folded, :word) > 0) THEN 0
    WHEN length(folded) >= {_LEAST_WHOLE} AND (starts_with(:word, folded) OR :word LIKE '%' || folded) THEN 1
    END AS far
FROM class_word ORDER BY class_id, far
"""  # noqa: S608  our own numbers
_FIND_PLACES = f"""
SELECT DISTINCT 'place' AS kind, code AS key FROM {_PLACES} AS place (code, name)
WHERE name = :word OR (length(:word) >= {_LEAST_START} AND starts_with(name, :word))
"""  # noqa: S608  our own numbers
_GUESS = f"""
SELECT * FROM (
    SELECT 'class' AS kind, class_id::text AS key, word, similarity(folded, :word) AS alike FROM class_word
    UNION ALL
    SELECT 'place', code, name, similarity(name, :word) FROM {_PLACES} AS place (code, name)
) AS known WHERE alike >= :least ORDER BY alike DESC, word LIMIT 40
"""  # noqa: S608  our own names
_ALIKE = 0.4  # similarity of trigrams from which a word is taken for a misspelt one


def fold_word(word: str) -> str:
    """Fold a word for comparison: lower case, Danish letters as two, no accents."""
    plain = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


def find_terms(session: Session, given: str) -> tuple[Term, ...]:
    """Find what the words of a text name; words that say nothing in either language are left out.

    Parameters
    ----------
    session
        To read with.
    given
        What the person wrote; the first `MOST_TERMS` words count.

    Returns
    -------
    tuple of Term
        Classes with those below them are the caller's to add: here are those named themselves.
    """
    words = list(dict.fromkeys(_WORD.findall(given)))[:MOST_TERMS]
    if not words:
        return ()
    terms = (_find_term(session, word) for word in words)
    return tuple(term for term in terms if term is not None)


def _find_term(session: Session, word: str) -> Term | None:
    if session.scalar(select(func.numnode(func.to_tsquery("danish", literal(word))))) == 0:
        return None
    folded = fold_word(word)
    asked = {"word": folded, "spelt": word.casefold()}
    classes = [row for row in session.execute(text(_FIND), asked) if row.far is not None]
    # A word that is known, or begins one that is, does not stand for what it is made of.
    nearest = min((row.far for row in classes), default=0)
    rows: list[Row[Any]] = [row for row in classes if row.far == nearest]
    rows += session.execute(text(_FIND_PLACES), asked).all()
    if rows or _is_in_own_words(session, word):
        return _make_term(word, rows, lexeme=word.casefold())
    guessed = session.execute(text(_GUESS), {"word": folded, "least": _ALIKE}).all()
    best = [row for row in guessed if row.alike == guessed[0].alike]
    return _make_term(word, best, read_as=best[0].word if best else "")


def _make_term(word: str, rows: Sequence[Row[Any]], *, lexeme: str = "", read_as: str = "") -> Term:
    return Term(
        word=word,
        class_ids=tuple(sorted({int(row.key) for row in rows if row.kind == "class"})),
        municipalities=tuple(sorted({row.key for row in rows if row.kind == "place"})),
        lexeme=lexeme,
        read_as=read_as,
    )


def _is_in_own_words(session: Session, word: str) -> bool:
    query = select(LotSearch.lot_id).where(LotSearch.words.op("@@")(own_query(word.casefold()))).limit(1)
    return session.execute(query).first() is not None
