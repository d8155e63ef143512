# SPDX-License-Identifier: EUPL-1.2
"""What rows of lots and of requirements have in common: class, unit, quantity, price, attributes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from inventory.imports.cells.cells import parse_amount, parse_text, parse_whole
from inventory.imports.cells.classes import ClassIndex
from inventory.imports.cells.number import NumberStyle, parse_number
from inventory.imports.cells.problem import Cell, Parsed, refuse_cell
from inventory.imports.cells.quantity import MOST_STEPS, round_to_steps, show_steps
from inventory.imports.cells.spelling import fold_text, suggest_words
from inventory.imports.cells.words import WORDS, parse_word, show_word
from inventory.imports.findings import Findings, Parser, parse_cells
from inventory.imports.headers import Layout
from inventory.queries.imports.keys import KnownClass

_DEAREST_DKK = Decimal(100_000_000)
_ORE_PER_KRONE = 100
# Of the classes counted in one unit so many are named: a file may hold all there are.
_MOST_NAMED = 5
# Bounds of the attributes; one that stands not here is 0 to 100,000 (mm, MPa, minutes).
_BOUNDS: Mapping[str, tuple[int, int]] = {"grade": (1, 5), "year": (1001, 2100)}


def require_cells(findings: Findings, *, layout: Layout) -> None:
    """Refuse rows that lack a required cell."""
    for name in layout.required:
        column = layout.by_name[name]
        for index, cell in enumerate(findings.table.column(name) or []):
            if cell is None:
                findings.add(
                    index,
                    code="missing",
                    column=name,
                    expected_da=column.help_da.rstrip(".").lower(),
                    expected_en=column.help_en.rstrip(".").lower(),
                )


def read_quantities(
    findings: Findings, *, classes: ClassIndex, style: NumberStyle
) -> tuple[list[KnownClass | None], list[int | None]]:
    """Read class, unit and quantity of each row.

    Parameters
    ----------
    findings
        Told of unknown classes, wrong units, units that are not given, and quantities that are not positive,
        rounded or absurd.
    classes
        The material classes.
    style
        How the file writes decimals.

    Returns
    -------
    classes, steps
        Class and whole steps per row; None where the row is refused.
    """
    known = parse_cells(findings, column="class", parse=classes.parse)
    units = parse_cells(findings, column="unit", parse=partial(parse_word, words="unit"))
    values = parse_cells(findings, column="quantity", parse=partial(parse_number, style=style))
    _tell_missing_units(findings, known=known)
    steps: list[int | None] = []
    for index, (of_class, unit, value) in enumerate(zip(known, units, values, strict=True)):
        if of_class is not None and unit is not None and unit != of_class.unit:
            findings.add(
                index,
                code="unit_wrong",
                column="unit",
                name=of_class.code,
                expected=show_word(of_class.unit, words="unit"),
                found=show_word(unit, words="unit"),
            )
        steps.append(_count_steps(findings, index, of_class=of_class, value=value))
    return known, steps


def _tell_missing_units(findings: Findings, *, known: Sequence[KnownClass | None]) -> None:
    """Say which unit is taken where none is given: a class is counted in one unit alone."""
    cells = findings.table.column("unit")
    if cells is None:
        counted: dict[str, dict[str, KnownClass]] = {}
        for of_class in known:
            if of_class is not None:
                counted.setdefault(of_class.unit, {})[of_class.code] = of_class
        if counted:
            findings.add(
                None,
                code="units_of_classes",
                column="unit",
                listed_da=_list_units(counted, danish=True),
                listed_en=_list_units(counted, danish=False),
            )
        return
    for index, (of_class, cell) in enumerate(zip(known, cells, strict=True)):
        if of_class is not None and cell is None:
            findings.add(
                index,
                code="unit_of_class",
                column="unit",
                name_da=of_class.name_da,
                name_en=of_class.name_en,
                expected_da=WORDS["unit"][of_class.unit][0],
                expected_en=of_class.unit,
            )


def _list_units(counted: Mapping[str, Mapping[str, KnownClass]], *, danish: bool) -> str:
    """List what is counted in which unit, as in ``stk: Inderdør, Mursten; m²: Gulvbrædder``."""
    listed = []
    for unit, classes in counted.items():
        names = [one.name_da if danish else one.name_en for one in classes.values()]
        more = " …" if len(names) > _MOST_NAMED else ""
        listed.append(f"{WORDS['unit'][unit][0] if danish else unit}: {', '.join(names[:_MOST_NAMED])}{more}")
    return "; ".join(listed)


def _count_steps(
    findings: Findings, index: int, *, of_class: KnownClass | None, value: Decimal | None
) -> int | None:
    if value is None:
        return None
    if value <= 0:
        findings.add(index, code="not_positive", column="quantity")
        return None
    if of_class is None:
        return None
    step = of_class.step.normalize()
    if value > show_steps(MOST_STEPS, step=step):
        high = format(show_steps(MOST_STEPS, step=step), "f")
        findings.add(index, code="number_out_of_range", column="quantity", low=0, high=high)
        return None
    rounded = round_to_steps(value, step=step)
    if rounded.count == 0:
        findings.add(
            index, code="too_small_for_step", column="quantity", step=format(step, "f"), unit=of_class.unit
        )
        return None
    if rounded.changed:
        read = f"{show_steps(rounded.count, step=step):f}"
        findings.add(index, code="number_rounded", column="quantity", read=read, step=format(step, "f"))
    return rounded.count


def read_prices(
    findings: Findings, *, column: str, classes: list[KnownClass | None], style: NumberStyle
) -> list[Decimal | int | None]:
    """Read prices in DKK per unit and give them in oere per step, exactly: whole where they are.

    A whole number is written to the database in a fifth of the time of a decimal one.
    """
    values = parse_cells(findings, column=column, parse=partial(parse_amount, style=style, high=_DEAREST_DKK))
    return [
        None if value is None or of_class is None else _keep_whole(value * _ORE_PER_KRONE * of_class.step)
        for value, of_class in zip(values, classes, strict=True)
    ]


def _keep_whole(ore: Decimal) -> Decimal | int:
    whole = int(ore)
    return whole if whole == ore else ore.normalize()


def make_attribute_parser(
    attribute: str, *, style: NumberStyle, colours: Mapping[str, tuple[str, str]]
) -> Parser[int]:
    """Make the parser of an attribute's cells.

    Parameters
    ----------
    attribute
        Name of the attribute.
    style
        How the file writes decimals.
    colours
        Code -> Danish and English name of the colours.
    """
    if attribute == "colour":
        return partial(parse_colour, colours=colours)
    low, high = _BOUNDS.get(attribute, (0, 100_000))
    return partial(parse_whole, style=style, low=low, high=high)


def parse_colour(cell: Cell, *, colours: Mapping[str, tuple[str, str]]) -> Parsed[int]:
    """Read a colour by code or name. Problem ``word_unknown``."""
    text = parse_text(cell).value
    if text is None:
        return Parsed()
    for code, names in colours.items():
        if fold_text(text) in (fold_text(code), *(fold_text(name) for name in names)):
            return Parsed(value=int(code))
    words = [name for names in colours.values() for name in names]
    known = ", ".join(f"{code} ({names[0]})" for code, names in colours.items())
    return refuse_cell("word_unknown", suggested=suggest_words(text, known=words), known=known)
