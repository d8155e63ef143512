# SPDX-License-Identifier: EUPL-1.2
"""What is said of each part of a model: how its class was found, and what is declared of it is worth."""

from collections.abc import Sequence

from inventory.imports.findings import Findings
from inventory.imports.model.amounts import Amount
from inventory.imports.model.choices import ALIKE, DECIDED, OPEN, RULE, Part
from inventory.imports.model.naming import show_lengths
from inventory.imports.model.wording import MEASURES, WHY
from inventory.queries.imports.keys import KnownClass
from inventory.takeoff.rows import TakeoffRow

_FACTOR = "factor_"


def check_row(row: TakeoffRow, *, measure: str) -> str:
    """Give the verdict to be shown of a row: a slip of units in any of its quantities, else of the one used.

    Returns
    -------
    str
        A verdict of `inventory.takeoff.rows.judge_declared`; ``counted`` of pieces.
    """
    for kind in MEASURES:
        verdict: str = getattr(row, kind).verdict
        if verdict.startswith(_FACTOR):
            return verdict
    if measure not in MEASURES:
        return "counted"
    used: str = getattr(row, measure).verdict
    return used


def judge_parts(
    findings: Findings,
    parts: Sequence[Part],
    *,
    amounts: Sequence[Amount | None],
    classes: Sequence[KnownClass | None],
) -> None:
    """Say what there is to say of each part; those without class or quantity are refused."""
    for index, (part, amount, of_class) in enumerate(zip(parts, amounts, classes, strict=True)):
        choice, row = part.choice, part.row
        if choice.why == OPEN:
            findings.add(index, code="type_open", column="class", elements=row.elements)
        elif of_class is None:
            findings.add(index, code="class_gone", column="class", name=choice.class_code or "")
        elif choice.why == RULE:
            findings.add(index, code="class_remembered", column="class")
        elif choice.why != DECIDED:
            da, en = WHY[choice.why]
            word = row.layer or row.material if choice.why == ALIKE else choice.word
            findings.add(index, code="class_proposed", column="class", why_da=da, why_en=en, word=word)
        _judge_declared(findings, index, row=row, amount=amount)
        if amount is None or of_class is None:
            continue
        if amount.problem:
            findings.add(index, code=amount.problem, column="quantity")
            continue
        if amount.reckoned:
            findings.add(index, code="quantity_reckoned", column="quantity", how=amount.reckoned)
        if of_class.unit == "m" and len(row.lengths) > 1:
            findings.add(index, code="lengths_differ", column="size", lengths=show_lengths(row))


def _judge_declared(findings: Findings, index: int, *, row: TakeoffRow, amount: Amount | None) -> None:
    for kind, (da, en) in MEASURES.items():
        quantity = getattr(row, kind)
        verdict = quantity.verdict
        if verdict.startswith(_FACTOR):
            factor = f"{float(verdict.removeprefix(_FACTOR)):.9g}"
            findings.add(index, code="declared_factor", column="check", kind_da=da, kind_en=en, factor=factor)
        elif verdict == "differs" and amount is not None and amount.measure == kind:
            findings.add(
                index,
                code="declared_differs",
                column="check",
                kind_da=da,
                kind_en=en,
                declared=f"{quantity.declared:.2f}",
                measured=f"{quantity.beside:.2f}",
            )


def may_be_taken(amount: Amount | None) -> bool:
    """Tell whether a part has a class and a quantity."""
    return amount is not None and not amount.problem
