# SPDX-License-Identifier: EUPL-1.2
"""Choosing a material from its tree, by a few words of its name in either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.imports.cells.spelling import fold_text, suggest_words
from inventory.queries.offers import AnyRow
from web.language import pick


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of the tree with those of its materials that answer."""

    group: AnyRow
    materials: list[AnyRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The groups that answer; `near` are names close to words that nothing answers."""

    groups: list[Group]
    near: tuple[str, ...]


def choose_classes(materials: Sequence[AnyRow], *, words: str) -> Choice:
    """List the materials that answer some words, by group.

    Parameters
    ----------
    materials
        From `inventory.queries.projects.wanted_classes.list_materials`.
    words
        Every one of them is in the name, code or group; without words all answer.
    """
    by_id = {one.id: one for one in materials}
    asked = [folded for word in words.split() if (folded := fold_text(word))]
    groups: dict[int, Group] = {}
    for one in materials:
        if not one.tradable:
            continue
        group = by_id.get(one.parent_id, one)
        told = [fold_text(name) for row in (one, group) for name in (row.code, row.name_da, row.name_en)]
        if all(any(word in name for name in told) for word in asked):
            groups.setdefault(group.id, Group(group=group, materials=[])).materials.append(one)
    near: tuple[str, ...] = ()
    if not groups:
        names = {name: pick(one) for one in materials if one.tradable for name in (one.name_da, one.name_en)}
        near = tuple(dict.fromkeys(names[name] for name in suggest_words(words, known=names)))
    return Choice(groups=list(groups.values()), near=near)
