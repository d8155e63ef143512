# SPDX-License-Identifier: EUPL-1.2
"""The three questions that say what a lot is in law."""

from inventory.documentation.product import ProductAnswers
from inventory.tables.product_decision import Processing, Waste
from web.lot_forms.reader import FormReader

NOT_KNOWN = "not_known"
INSTALLED = ("yes", "no", NOT_KNOWN)
PROCESSING = (*(one.value for one in Processing), NOT_KNOWN)
WASTE = (*(one.value for one in Waste), NOT_KNOWN)


def read_product_answers(form: FormReader) -> ProductAnswers | None:
    """Read the answers; None where one is missing, and then `form.errors` says which."""
    installed = form.read_choice("installed", known=INSTALLED)
    processing = form.read_choice("processing", known=PROCESSING)
    waste = form.read_choice("waste", known=WASTE)
    if form.errors:
        return None
    return ProductAnswers(
        installed={"yes": True, "no": False}.get(installed or ""),
        processing=None if processing in {NOT_KNOWN, None} else Processing(processing),
        waste=None if waste in {NOT_KNOWN, None} else Waste(waste),
    )
