# SPDX-License-Identifier: EUPL-1.2
"""The step of an import in which a building model's types are given their classes."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response as BaseResponse

from inventory.imports.cells.places import read_geography
from inventory.imports.model.amounts import Amount, find_amount
from inventory.imports.model.choices import Choice, list_parts
from inventory.imports.model.import_model import propose_choices
from inventory.imports.model.judging import check_row
from inventory.imports.model.mapping import KINDS, TOLERANCE_MM, ModelKind
from inventory.imports.model.naming import show_size
from inventory.imports.model.perform_model import read_record_model_mapping, read_record_takeoff
from inventory.imports.model.place import choose_place, list_places
from inventory.imports.model.types import ModelType
from inventory.imports.model.wording import SOURCES, WHY, count_left_out
from inventory.imports.refusal import FileRefusedError
from inventory.queries.imports.keys import KnownClass, list_known_classes
from inventory.queries.imports.records import ImportRecord
from inventory.tables import Firmness
from inventory.takeoff.rows import FACTORS, Takeoff
from web.forms.models import LEFT_OUT, MOST_TYPES, ModelForm, decide_mapping, fill_form, read_form
from web.language import current_language
from web.pages.import_projects import begin_model_form
from web.session import get_session

_MEASURED_UNITS = {"piece", "m", "m2", "m3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownType:
    """A type as it is shown: `at` numbers its field; `factor` is a slip of units of what is declared."""

    at: int
    type: ModelType
    choice: Choice
    sizes: str
    amount: str
    unit: str
    factor: str
    differs: bool
    chosen: str
    why: str


def show_model(record: ImportRecord, *, form: ModelForm | None = None, problem: str | None = None) -> str:
    """Show the types of a model that was measured, each with the class it is proposed for."""
    session = get_session()
    takeoff = read_record_takeoff(session, record=record)
    if takeoff is None:
        raise LookupError(f"the model of import {record.id} was not measured")
    mapping = read_record_model_mapping(record)
    choices, known = propose_choices(
        session, takeoff, mapping=mapping, organisation_id=record.organisation_id
    )
    types = [choice.type for choice in choices]
    form = form or (begin_model_form(record) if mapping is None else fill_form(mapping, types=types))
    at = 0 if current_language() == "da" else 1
    shown = [_show_type(number, choice, known=known, form=form) for number, choice in enumerate(choices)]
    places = list_places(takeoff.place, hand=None, geography=read_geography())
    place = choose_place(places)
    return render_template(
        "import_model.html",
        record=record,
        form=form,
        problem=problem,
        shown=shown[:MOST_TYPES],
        beyond=max(0, len(shown) - MOST_TYPES),
        open_types=len({part.choice.type.key for part in list_parts(choices)[0] if part.choice.open}),
        classes=_list_classes(known),
        left_out=count_left_out(takeoff.left_out)[at],
        repeated=takeoff.repeated,
        schema=takeoff.schema,
        place=place,
        place_source="" if place is None else SOURCES[place.source][at],
        places=places,
        firmness=list(Firmness),
        tolerance=TOLERANCE_MM,
        left=LEFT_OUT,
    )


def name_classes() -> dict[str, str]:
    """Name each material class in the language of the page, by its code."""
    danish = current_language() == "da"
    return {one.code: one.name_da if danish else one.name_en for one in list_known_classes(get_session())}


def read_model_form(record: ImportRecord) -> dict[str, Any]:
    """Read the form that was sent for a model, and make the mapping it decides, as plain values.

    Raises
    ------
    FormRefusedError
        What will not do, with the form as it was sent.
    """
    takeoff = read_record_takeoff(get_session(), record=record)
    form = read_form(request.form)
    try:
        mapping = decide_mapping(
            form, kind=_find_kind(record), types=_list_types(record, takeoff), file=record.file
        )
    except FileRefusedError as refusal:
        raise FormRefusedError(form, refusal=refusal) from refusal
    return mapping.make_document()


class FormRefusedError(Exception):
    """The form of a model will not do."""

    def __init__(self, form: ModelForm, *, refusal: FileRefusedError) -> None:
        """Keep the form as it was sent beside what is wrong with it."""
        super().__init__(str(refusal))
        self.form, self.refusal = form, refusal


def refuse_form(record: ImportRecord, error: FormRefusedError) -> str | BaseResponse:
    """Show the form again with what will not do."""
    why: str = error.refusal.details["why_da" if current_language() == "da" else "why_en"]
    return show_model(record, form=error.form, problem=why)


def _find_kind(record: ImportRecord) -> ModelKind:
    return next(kind for kind in KINDS if kind == record.kind)


def _list_types(record: ImportRecord, takeoff: Takeoff | None) -> list[ModelType]:
    if takeoff is None:
        return []
    choices, _known = propose_choices(
        get_session(), takeoff, mapping=None, organisation_id=record.organisation_id
    )
    return [choice.type for choice in choices]


def _list_classes(known: dict[str, KnownClass]) -> list[tuple[str, str]]:
    """List the classes a model's parts can be, by name in the language of the page."""
    danish = current_language() == "da"
    names = [
        (one.name_da if danish else one.name_en, code)
        for code, one in known.items()
        if one.unit in _MEASURED_UNITS
    ]
    return [(code, name) for name, code in sorted(names, key=lambda pair: pair[0].casefold())]


def _show_type(number: int, choice: Choice, *, known: dict[str, KnownClass], form: ModelForm) -> ShownType:
    chosen = form.classes.get(number, choice.class_code or (LEFT_OUT if not choice.open else ""))
    of_class = known.get(chosen)
    amounts = [] if of_class is None else [find_amount(row, of_class=of_class) for row in choice.type.rows]
    verdicts = {
        check_row(row, measure=amount.measure)
        for row, amount in zip(choice.type.rows, amounts or [Amount()] * len(choice.type.rows), strict=True)
    }
    factors = sorted(f"{FACTORS[verdict]:g}" for verdict in verdicts if verdict in FACTORS)
    at = 0 if current_language() == "da" else 1
    why = WHY.get(choice.why)
    sizes = [show_size(row) for row in choice.type.rows]
    total = sum(amount.value for amount in amounts)
    return ShownType(
        at=number,
        type=choice.type,
        choice=choice,
        sizes=", ".join(dict.fromkeys(size for size in sizes if size)),
        amount=f"{total:f}" if total else "",
        unit="" if of_class is None else of_class.unit,
        factor=factors[0] if factors else "",
        differs="differs" in verdicts,
        chosen=chosen,
        why="" if why is None else f"{why[at]} {choice.word}",
    )
