# SPDX-License-Identifier: EUPL-1.2
"""Material classes: the tree, and finding one by code or by a person's word for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import MaterialClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassBranch:
    """A class with the classes below it, sorted by Danish name."""

    material_class: MaterialClass
    children: tuple[ClassBranch, ...]


def read_classes(session: Session, *, tradable_only: bool = False) -> list[MaterialClass]:
    """Read the classes in force, by id.

    Parameters
    ----------
    session : Session
    tradable_only : bool
        Leave out the groups no lot or requirement may name.
    """
    query = select(MaterialClass).where(MaterialClass.valid_to.is_(None)).order_by(MaterialClass.id)
    if tradable_only:
        query = query.where(MaterialClass.tradable)
    return list(session.scalars(query))


def read_class_tree(session: Session) -> tuple[ClassBranch, ...]:
    """Read the classes in force as trees, their roots and children sorted by Danish name."""
    below: dict[int | None, list[MaterialClass]] = {}
    for found in read_classes(session):
        below.setdefault(found.parent_id, []).append(found)
    for siblings in below.values():
        siblings.sort(key=lambda one: fold_name(one.name_da))

    def grow(parent: int | None) -> tuple[ClassBranch, ...]:
        return tuple(ClassBranch(material_class=one, children=grow(one.id)) for one in below.get(parent, []))

    return grow(None)


def find_class(session: Session, word: str) -> MaterialClass | None:
    """Find the class in force whose code, Danish name or English name a person wrote.

    Parameters
    ----------
    session : Session
    word : str
        Upper or lower case, spaces around or doubled, composed or decomposed letters: all the same.

    Returns
    -------
    MaterialClass or None
        None where no class, or more than one, answers; a code wins over names, Danish over English.
    """
    return index_classes(read_classes(session)).get(fold_name(word))


def index_classes(classes: Iterable[MaterialClass]) -> Mapping[str, MaterialClass]:
    """Index classes by folded code, Danish name and English name, to find many words at once.

    A name that two classes share finds neither; a code wins over names, Danish over English. Words
    are to be folded with :func:`fold_name` before asking.
    """
    listed = list(classes)
    index: dict[str, MaterialClass] = {}
    for name_of in ("name_en", "name_da", "code"):
        seen: set[str] = set()
        for one in listed:
            word = fold_name(getattr(one, name_of))
            if word in seen:
                index.pop(word, None)
            else:
                index[word] = one
            seen.add(word)
    return index


def fold_name(word: str) -> str:
    """Fold a name for comparison: NFC, one space between words, no case."""
    return " ".join(unicodedata.normalize("NFC", word).split()).casefold()
