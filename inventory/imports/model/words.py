# SPDX-License-Identifier: EUPL-1.2
"""Which material class a type of a model may be, by its entity and the words it is named with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from inventory.geography.reference import read_reference
from inventory.imports.cells.spelling import fold_text
from inventory.imports.model.types import ModelType

# A shorter word is one only where it stands alone: eps is not in steps, nor ipe in pipe.
_SHORTEST_PART = 4
_APART = re.compile(r"[\W_]+")
_DIGITS = "0123456789"
_BIM7AA = re.compile(r"bim7aa|typekod", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRule:
    """One line of ifc_words.csv: every condition it gives must hold.

    `layered` says that a whole of several layers may be of the class; `spelt` gives each folded word as it is
    written.
    """

    class_code: str
    entities: frozenset[str]
    predefined: frozenset[str]
    words: tuple[str, ...]
    and_words: tuple[str, ...]
    without: tuple[str, ...]
    external: bool | None
    codes: tuple[str, ...]
    layered: bool
    spelt: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A class that a type may be, what speaks for it (``word, predefined, external, code, entity``), and the
    word or code itself.
    """

    class_code: str
    why: str
    word: str


@cache
def read_word_rules() -> tuple[WordRule, ...]:
    """Read the packaged rules, the most particular first."""
    return tuple(
        WordRule(
            class_code=row["class"],
            entities=frozenset(row["entities"].split()),
            predefined=frozenset(row["predefined"].split()),
            words=_split(row["words"]),
            and_words=_split(row["and_words"]),
            without=_split(row["without"]),
            external={"yes": True, "no": False}.get(row["external"]),
            codes=tuple(row["codes"].split()),
            layered=row["layered"] == "yes",
            spelt={" ".join(split_words(word)): word for word in row["words"].split("|")},
        )
        for row in read_reference("ifc_words.csv")
    )


def propose_class(of_type: ModelType) -> Evidence | None:
    """Propose the class of a type; None where nothing speaks for any: it is never guessed.

    A layer is judged by its own material, a whole of several materials by its names alone: none of them
    says what it is.
    """
    key = of_type.key
    names = [name for row in of_type.rows for name in row.names]
    if key.layer:
        texts: Sequence[str] = (key.layer,)
    elif of_type.composite:
        texts = (key.type_name, *names)
    else:
        texts = (key.type_name, *names, key.material, *(row.profile for row in of_type.rows))
    said = split_words(" . ".join(texts))
    codes = tuple(
        code.rpartition(" ")[2] for row in of_type.rows for code in row.codes if _BIM7AA.search(code)
    )
    for rule in read_word_rules():
        found = _judge(rule, of_type=of_type, said=said, codes=codes)
        if found is not None:
            return found
    return None


def split_words(text: str) -> tuple[str, ...]:
    """Split a text into folded words."""
    return tuple(fold_text(word) for word in _APART.split(text) if fold_text(word))


def find_word(words: Sequence[str], *, said: Sequence[str]) -> str:
    """Find the first of some words in a text; empty where it has none.

    Parameters
    ----------
    words
        Folded, several words parted by spaces. One of less than four letters must stand alone, numbers before
        and behind it aside: ``ipe`` is in ``IPE300``, not in ``pipe``.
    said
        From `split_words`.
    """
    joined = " ".join(said)
    for word in words:
        if len(word) >= _SHORTEST_PART:
            if word in joined:
                return word
        elif any(one in (word, word + "s") or one.strip(_DIGITS) == word for one in said):
            return word
    return ""


def _judge(
    rule: WordRule, *, of_type: ModelType, said: tuple[str, ...], codes: tuple[str, ...]
) -> Evidence | None:
    key = of_type.key
    if key.entity not in rule.entities or (of_type.composite and not rule.layered):
        return None
    if rule.predefined and key.predefined not in rule.predefined:
        return None
    if rule.external is not None and of_type.external is not rule.external:
        return None
    word = find_word(rule.words, said=said)
    if (rule.words and not word) or (rule.and_words and not find_word(rule.and_words, said=said)):
        return None
    if find_word(rule.without, said=said):
        return None
    code = next((code for code in codes if code.startswith(rule.codes)), "") if rule.codes else ""
    if rule.codes and not code:
        return None
    for why, what in (
        ("code", code),
        ("word", rule.spelt.get(word, word)),
        ("predefined", key.predefined if rule.predefined else ""),
        ("external", "IsExternal" if rule.external is not None else ""),
    ):
        if what:
            return Evidence(class_code=rule.class_code, why=why, word=what)
    return Evidence(class_code=rule.class_code, why="entity", word=key.entity)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(" ".join(split_words(word)) for word in cell.split("|") if word.strip())
