# SPDX-License-Identifier: EUPL-1.2
"""The form that moves a demolition: its fields, and reading them as a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from inventory.actions.demolitions.plan import DAYS, DemolitionPlan
from inventory.queries.offers import AnyRow
from inventory.tables import DemolitionSource, Firmness
from web.forms.fields import DayField, WholeField, drop_nul, offer_choices
from web.words.codes import FIRMNESS
from web.words.demolitions import DEMOLITION_SOURCE

_ = lazy_gettext
_LONGEST_NOTICE = 3650

_needed = InputRequired(_("Fill this in."))
_words_needed = DataRequired(_("Fill this in."))
_short = Length(max=200, message=_("At most 200 characters."))


class DemolitionForm(FlaskForm):
    """Stage, source and days of a demolition; last days are shown with the day itself, as people say them."""

    firmness = SelectField(_("Stage"), choices=offer_choices(list(FIRMNESS.items())))
    source_kind = SelectField(_("Known from"), choices=offer_choices(list(DEMOLITION_SOURCE.items())))
    source = StringField(_("Which paper or person"), validators=[_words_needed, _short], filters=[drop_nul])
    source_date = DayField(_("Dated"), validators=[_needed])
    start_early = DayField(_("Early"), validators=[Optional()])
    start_likely = DayField(_("Likely"), validators=[_needed])
    start_late = DayField(_("Late"), validators=[Optional()])
    end_early = DayField(_("Early"), validators=[Optional()])
    end_likely = DayField(_("Likely"), validators=[_needed])
    end_late = DayField(_("Late"), validators=[Optional()])
    notice_days = WholeField(
        _("Days of notice"),
        validators=[
            Optional(),
            NumberRange(min=0, max=_LONGEST_NOTICE, message=_("A whole number of days, 0 or more.")),
        ],
    )
    why = StringField(_("Why it moves"), validators=[_short], filters=[drop_nul])
    seen = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that the days are in order and not centuries away."""
        if not super().validate(extra_validators):  # type: ignore[no-untyped-call]  # wtforms has no types
            return False
        wrong = False
        for name in ("source_date", *DAYS):
            field = self[name]
            if field.data is not None and not 1990 <= field.data.year <= 2150:
                field.errors = (gettext("The day is too far away: between 1990 and 2150."),)
                wrong = True
        return not wrong


def fill_form(form: DemolitionForm, *, site: AnyRow, demolition: AnyRow | None, today: date) -> None:
    """Fill a fresh form with what is known: of a site without demolition, its window and firmness."""
    form.firmness.data = site.firmness or Firmness.POSSIBLE.value
    form.source_date.data = today
    if demolition is None:
        form.source_kind.data = DemolitionSource.OWNER_PLAN.value
        if site.available_from is not None:
            form.start_likely.data = site.available_from
            form.end_likely.data = site.available_to - timedelta(days=1)
        return
    form.source_kind.data, form.source.data = demolition.source_kind, demolition.source
    form.notice_days.data = demolition.notice_days
    for name in DAYS:
        day = getattr(demolition, name)
        form[name].data = day - timedelta(days=1) if name.startswith("end") else day


def read_plan(form: DemolitionForm) -> DemolitionPlan:
    """Read a valid form as a plan; an empty early or late day is the likely one."""
    days = {name: form[name].data or form[f"{name.partition('_')[0]}_likely"].data for name in DAYS}
    return DemolitionPlan(
        firmness=Firmness(form.firmness.data),
        source_kind=DemolitionSource(form.source_kind.data),
        source=(form.source.data or "").strip(),
        source_date=form.source_date.data or date.min,
        notice_days=form.notice_days.data,
        **{name: day + timedelta(days=1) if name.startswith("end") else day for name, day in days.items()},
    )
