# SPDX-License-Identifier: EUPL-1.2
"""Which class each type of a model is: as decided, as remembered, as proposed, or open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inventory.imports.model.types import ModelType, TypeKey
from inventory.imports.model.words import propose_class
from inventory.queries.imports.ifc_rules import RuleKey
from inventory.takeoff.rows import TakeoffRow

OPEN, DECIDED, RULE, ALIKE = "open", "decided", "rule", "alike"
"""Nothing is known; a person said so now; said so of this type before; of all alike before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A type with the code of its class: None where it is not to be taken, or where it is `OPEN`.

    `why` is one of the above or of `inventory.imports.model.words.Evidence`, `word` what it rests on.
    """

    type: ModelType
    class_code: str | None
    why: str
    word: str

    @property
    def open(self) -> bool:
        """Whether somebody must say what it is."""
        return self.class_code is None and self.why == OPEN

    @property
    def proposed(self) -> bool:
        """Whether it is taken for what nobody has said yet."""
        return self.class_code is not None and self.why != DECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of a model that is to be taken, or whose class is open."""

    choice: Choice
    row: TakeoffRow


def choose_classes(
    types: Sequence[ModelType],
    *,
    decided: Mapping[TypeKey, str | None],
    rules: Mapping[RuleKey, str | None],
    known: frozenset[str],
) -> list[Choice]:
    """Choose the class of each type.

    Parameters
    ----------
    types
        From `inventory.imports.model.types.list_types`.
    decided
        What a person decides now; it wins.
    rules
        What the organisation's earlier types were taken for. A type that is not among them is taken for what
        all those were that share its entity, predefined type and material (or layer), whatever their names.
    known
        Codes of the classes there are: a rule for a class that is gone is no rule.
    """
    return [_choose(of_type, decided=decided, rules=rules, known=known) for of_type in types]


def _choose(
    of_type: ModelType,
    *,
    decided: Mapping[TypeKey, str | None],
    rules: Mapping[RuleKey, str | None],
    known: frozenset[str],
) -> Choice:
    if of_type.key in decided:
        return Choice(type=of_type, class_code=decided[of_type.key], why=DECIDED, word="")
    key = of_type.key.fold()
    if key in rules and (rules[key] is None or rules[key] in known):
        return Choice(type=of_type, class_code=rules[key], why=RULE, word="")
    alike = {code for rule, code in rules.items() if _is_alike(rule, key)}
    if len(alike) == 1:
        code = alike.pop()
        if code in known:
            return Choice(type=of_type, class_code=code, why=ALIKE, word=of_type.key.layer or key[3])
    found = propose_class(of_type)
    if found is None or found.class_code not in known:
        return Choice(type=of_type, class_code=None, why=OPEN, word="")
    return Choice(type=of_type, class_code=found.class_code, why=found.why, word=found.word)


def _is_alike(rule: RuleKey, key: RuleKey) -> bool:
    """Tell whether a rule's type is of the same entity and material; a layer is of its own material."""
    if rule[:2] != key[:2] or bool(rule[4]) != bool(key[4]):
        return False
    return rule[4] == key[4] if key[4] else bool(key[3]) and rule[3] == key[3]


def list_parts(choices: Sequence[Choice]) -> tuple[list[Part], int]:
    """List what is to be taken and what is open, one part per size.

    A whole that has a class is taken as it stands, and its layers are not; where one of its layers has a
    class, the layers are, and not the whole. So nothing is taken twice.

    Returns
    -------
    parts : list of Part
        In the order of the model.
    left : int
        Rows that a person said are not to be taken.
    """
    layers: dict[TypeKey, list[Choice]] = {}
    for choice in choices:
        if choice.type.key.layer:
            layers.setdefault(choice.type.key.whole, []).append(choice)
    parts: list[Part] = []
    left = 0
    for choice in choices:
        if choice.type.key.layer:
            continue
        below = layers.get(choice.type.key, [])
        by_layers = choice.class_code is None and any(layer.class_code for layer in below)
        for one in below if by_layers else [choice]:
            if one.class_code is None and not one.open:
                left += len(one.type.rows)
            else:
                parts += [Part(choice=one, row=row) for row in one.type.rows]
    return parts, left
