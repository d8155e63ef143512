# SPDX-License-Identifier: EUPL-1.2
"""The filter form: what stands in the address, read with its errors, and written back into links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from inventory.queries.choices import read_class_choices, read_municipality_choices
from inventory.queries.offers import SupplyFilter
from inventory.queries.reading import Session
from web.language import pick
from web.wording import BASIS, FIRMNESS

_ = lazy_gettext
_INDENT = "\N{EN SPACE}" * 2

# "Gone" is left out: such a lot is past having.
FIRMNESS_CHOICES = [(code, words) for code, words in FIRMNESS.items() if code != "gone"]
BASIS_CHOICES = list(BASIS.items())


def offer_choices(choices: Sequence[tuple[str, str | LazyString]]) -> list[SelectChoice]:
    """Offer codes with their labels in a field."""
    # A lazy label waits for the language of the page; wtforms writes whatever has a text.
    return [
        SelectChoice(value=code, label=label)  # type: ignore[arg-type]
        for code, label in choices
    ]


class DayField(DateField):
    """A day, refused in the language of the page: wtforms itself speaks no Danish."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day.

        Raises
        ------
        ValueError
            It is none; the words are the field's error.
        """
        try:
            super().process_formdata(valuelist)  # type: ignore[no-untyped-call]  # wtforms' stubs leave it out
        except ValueError as error:
            raise ValueError(gettext("This is not a day. Write it as 2027-05-31.")) from error


class SupplyForm(FlaskForm):
    """The filters over map and list. It only ever reads, so it is sent by GET and needs no token."""

    class Meta:
        """No token: nothing is changed by it."""

        csrf = False

    class_code = SelectField(_("Material"), name="class", default="")
    municipality = SelectField(_("Municipality"), default="")
    start = DayField(_("From day"), name="from", validators=[Optional()])
    end = DayField(_("To day"), name="to", validators=[Optional()])
    firmness = SelectMultipleField(_("How sure is the demolition?"), choices=offer_choices(FIRMNESS_CHOICES))
    basis = RadioField(
        _("How is the quantity known?"), choices=offer_choices([("", ""), *BASIS_CHOICES]), default=""
    )
    uncounted = BooleanField(_("Also lots that cannot be matched"), name="all", false_values=("", "0", False))

    def validate_end(self, field: DayField) -> None:
        """Refuse a last day before the first."""
        if self.start.data and field.data and field.data < self.start.data:
            raise ValidationError(gettext("The last day is before the first."))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoices:
    """What the two long lists of the form offer: (code, label), in the order shown."""

    classes: list[tuple[str, str]]
    municipalities: list[tuple[str, str]]


def read_form(arguments: MultiDict[str, str], *, choices: FilterChoices) -> SupplyForm:
    """Read the filters from the address; a value the form does not know is an error on its field."""
    known = MultiDict((name, value) for name, value in arguments.items(multi=True) if value.strip())
    form = SupplyForm(formdata=known)
    form.class_code.choices = offer_choices([("", gettext("All materials")), *choices.classes])
    form.municipality.choices = offer_choices([("", gettext("All municipalities")), *choices.municipalities])
    form.validate()
    for field in (form.class_code, form.municipality, form.firmness, form.basis):
        if field.errors:
            field.errors = (gettext("There is no such choice."),)
    return form


def make_filter(form: SupplyForm) -> SupplyFilter:
    """Make the filter from the fields without an error; the page says which were left out."""
    wrong = form.errors
    end = None if "end" in wrong else form.end.data
    return SupplyFilter(
        class_code=None if "class_code" in wrong else form.class_code.data or None,
        municipality=None if "municipality" in wrong else form.municipality.data or None,
        start=None if "start" in wrong else form.start.data,
        # No day comes after the last one there is.
        end=None if end is None or end == date.max else end + timedelta(days=1),
        firmness=() if "firmness" in wrong else tuple(form.firmness.data or ()),
        basis=None if "basis" in wrong else form.basis.data or None,
        counted_only=not form.uncounted.data,
    )


def filter_arguments(filters: SupplyFilter) -> dict[str, object]:
    """Write a filter as query parameters, empty ones left out: reading them gives the filter again."""
    written: dict[str, object] = {
        "class": filters.class_code,
        "municipality": filters.municipality,
        "from": filters.start.isoformat() if filters.start else None,
        "to": (filters.end - timedelta(days=1)).isoformat() if filters.end else None,
        "firmness": list(filters.firmness),
        "basis": filters.basis,
        "all": None if filters.counted_only else "1",
    }
    return {name: value for name, value in written.items() if value}


def read_choices(session: Session) -> FilterChoices:
    """Read what the form's long lists offer, classes indented by their place in the tree."""
    return FilterChoices(
        classes=[(one.code, _INDENT * one.depth + pick(one)) for one in read_class_choices(session)],
        municipalities=read_municipality_choices(session),
    )
