# SPDX-License-Identifier: EUPL-1.2
"""Codes put into words: one table per kind of code, English here, Danish in the catalogue."""

from flask import Flask
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from web.filters import add_filters
from web.words.demolitions import DEMOLITION_SOURCE
from web.words.factors import FACTOR_KIND
from web.words.imports import IMPORT_TABLES
from web.words.life import LIFE_TABLES, NOT_FREE
from web.words.papers import PAPER_TABLES
from web.words.projects import PROJECT_TABLES
from web.words.savings import SAVINGS_TABLES
from web.words.search import SEARCH_TABLES
from web.words.surveys import SURVEY_TABLES

_ = lazy_gettext

FIRMNESS: dict[str, LazyString] = {
    "possible": _("Possible"),
    "permit_applied": _("Permit applied for"),
    "permit_given": _("Permit given"),
    "started": _("Demolition started"),
    "gone": _("Already gone"),
}

# Who says so. Anything else, such as "BBR forretningsproces 32", is shown as it is.
FIRMNESS_SOURCE: dict[str, LazyString] = {
    "file": _("From an imported file"),
    "file; window assumed": _("From an imported file; the window is assumed by the planner"),
    "assumed": _("Assumed by the planner"),
}

BASIS: dict[str, LazyString] = {"estimated": _("Estimated"), "surveyed": _("Surveyed")}

SCREENING: dict[str, LazyString] = {
    "clean": _("Clean"),
    "contaminated": _("Contaminated"),
    "hazardous": _("Hazardous"),
    "unknown": _("Not screened yet"),
}

DOCUMENTATION: dict[str, LazyString] = {
    "none": _("No papers"),
    "basic": _("Basic facts"),
    "tested": _("Tested"),
}

PRODUCT_STATUS: dict[str, LazyString] = {
    "used": _("Used product"),
    "surplus": _("Surplus, never installed"),
    "recycled": _("Recycled"),
}

# Why a quantity found no match; the whole sentence stands beside the count of lots stopped there.
REASON: dict[str, LazyString] = {
    "no_lot_of_class": _("No lot of this material is on offer"),
    "documentation": _("The lots lack the documentation asked for"),
    "screening": _("The lots are not cleared for harmful substances"),
    "attribute": _("The lots do not have the dimensions or properties asked for"),
    "distance": _("The lots are farther away than the requirement allows"),
    "no_road": _("The lots cannot be reached by road or bridge"),
    "window": _("The lots are available at the wrong time"),
    "minimum_take": _("The lots are only given away in larger quantities"),
    "fulfilment": _("The lots do not reach the share the project insists on"),
    "most_donors": _("The quantity would have to come from too many places"),
    "budget": _("The project's budget does not reach"),
    "taken": _("The lots that fit are used up, here or where they save more"),
    "too_dear": _("Buying new costs less, CO₂e included"),
    "stale": _("The lot or the requirement changed while the plan was made"),
}

# The same reasons as the head of a column, where lots stopped are counted.
REASON_SHORT: dict[str, LazyString] = {
    "no_lot_of_class": _("no such lot"),
    "documentation": _("documentation"),
    "screening": _("harmful substances"),
    "attribute": _("dimensions or properties"),
    "distance": _("too far"),
    "no_road": _("no road"),
    "window": _("wrong time"),
    "minimum_take": _("minimum take"),
    "fulfilment": _("too small a share"),
    "most_donors": _("too many places"),
    "budget": _("budget"),
    "taken": _("used up"),
    "too_dear": _("dearer than new"),
    "stale": _("changed meanwhile"),
}

# Parts of a building whose ranges were tried on buildings left out.
ELEMENT: dict[str, LazyString] = {
    "outer_wall": _("Outer wall, without openings"),
    "roof": _("Roof of the heated part"),
    "window_area": _("Windows"),
    "toilet": _("Toilets"),
    "bathroom": _("Bathrooms"),
}

RUN_STATUS: dict[str, LazyString] = {
    "requested": _("Waiting"),
    "running": _("Running"),
    "done": _("Done"),
    "failed": _("Failed"),
}

RUN_STEP: dict[str, LazyString] = {
    "snapshot": _("Reading lots and requirements"),
    "solve": _("Finding the best plan"),
    "check": _("Checking the plan"),
    "write": _("Writing the plan"),
}

TERMINATION: dict[str, LazyString] = {
    "optimal": _("Optimal: no better plan exists"),
    "gap": _("Stopped at the gap asked for"),
    "work_limit": _("Stopped at the work limit"),
    "time": _("Stopped at the time limit"),
    "stopped": _("Stopped by hand"),
}

FACTOR_STATUS: dict[str, LazyString] = {"sourced": _("Sourced"), "assumption": _("Assumption")}

SITE_KIND: dict[str, LazyString] = {
    "donor": _("Building"),
    "project": _("Building project"),
    "hub": _("Storage hub"),
}

STORAGE: dict[str, LazyString] = {
    "direct": _("Not in storage"),
    "site": _("At the donor's site"),
    "builder": _("At the building site"),
    "hub": _("At a hub"),
}

# A project's file says in free words what is being built; these are known in both languages.
BUILDING_TYPE: dict[str, LazyString] = {
    "school": _("School"),
    "day-care": _("Day-care"),
    "library": _("Library"),
    "culture": _("House of culture"),
    "office": _("Office"),
    "housing": _("Housing"),
    "nursing home": _("Nursing home"),
    "health centre": _("Health centre"),
    "fire station": _("Fire station"),
    "sports hall": _("Sports hall"),
    "square": _("Square"),
}

_DANISH_BUILDING_TYPES = {
    "skole": "school",
    "daginstitution": "day-care",
    "børnehave": "day-care",
    "bibliotek": "library",
    "kulturhus": "culture",
    "kontor": "office",
    "bolig": "housing",
    "boliger": "housing",
    "plejehjem": "nursing home",
    "sundhedshus": "health centre",
    "brandstation": "fire station",
    "idrætshal": "sports hall",
    "plads": "square",
}

# Why a lot is shown but no run may use it.
NOT_COUNTED: dict[str, LazyString] = {
    **NOT_FREE,
    "gone": _("The building is already gone."),
    "no_window": _("No demolition is planned: nobody knows when it comes free."),
    "no_firmness": _("Nobody has said how sure the demolition is."),
    "replaced": _("A survey of the same building says what there is."),
    "not_standing": _("The register says the building does not stand."),
    "not_due": _("It is an outbuilding nobody has applied to demolish."),
    "nothing": _("The careful estimate is nothing at all."),
}

# Why no run gives away a lot it may use: the reason `screening` stops it everywhere.
HARMFUL: dict[str, LazyString] = {
    "asbestos": _("Not before a screening has cleared it of asbestos."),
    "contaminated": _("Not while it is contaminated."),
    "hazardous": _("Not while it is hazardous."),
}

# Why a substance is judged as it is.
FINDING: dict[str, LazyString] = {
    "below_clean": _("Below the limit of clean"),
    "not_found": _("Not found"),
    "above_clean": _("At or above the limit of clean"),
    "no_clean_limit": _("Found, and no content is called clean"),
    "above_hazardous": _("At or above the limit of hazardous"),
    "found": _("Found"),
    "detection_limit": _("The laboratory's detection limit is too high to call it clean"),
    "no_limit": _("No limit is known; ask the municipality"),
}

# Whether a duty of a demolition applies.
APPLIES: dict[str, LazyString] = {
    "yes": _("Applies"),
    "no": _("Does not apply"),
    "unknown": _("Cannot be told from what is known"),
}

# What is to be known of an estimate beside its numbers.
NOTE: dict[str, LazyString] = {
    "listed_building": _("The building is listed, so its demolition needs leave of its own."),
    "year_unknown": _("The year of building is unknown, so the range is wider."),
    "rebuilt_later": _("The building was rebuilt later, so parts may be younger."),
    "area_from_floors": _("The total area is not registered; it is worked out from footprint and storeys."),
    "footprint_from_total": _(
        "The footprint is not registered; it is worked out from total area and storeys."
    ),
    "floors_from_areas": _("The storeys are not registered; they are worked out from the areas."),
    "floors_assumed_one": _("The storeys are not registered; one is assumed."),
    "not_reusable": _("The material can be told but not reused as it is."),
    "no_longer_estimated": _("The register no longer gives reason to expect it."),
}

_TABLES = {
    "element": ELEMENT,
    "applies": APPLIES,
    "firmness": FIRMNESS,
    "firmness_source": FIRMNESS_SOURCE,
    "basis": BASIS,
    "screening": SCREENING,
    "documentation": DOCUMENTATION,
    "product_status": PRODUCT_STATUS,
    "reason": REASON,
    "reason_short": REASON_SHORT,
    "run_status": RUN_STATUS,
    "run_step": RUN_STEP,
    "termination": TERMINATION,
    "factor_status": FACTOR_STATUS,
    "factor_kind": FACTOR_KIND,
    "finding": FINDING,
    "site_kind": SITE_KIND,
    "demolition_source": DEMOLITION_SOURCE,
    "storage": STORAGE,
    "harmful": HARMFUL,
    "not_counted": NOT_COUNTED,
    "note": NOTE,
    **IMPORT_TABLES,
    **PAPER_TABLES,
    **SURVEY_TABLES,
    **LIFE_TABLES,
    **PROJECT_TABLES,
    **SAVINGS_TABLES,
    **SEARCH_TABLES,
}


def say_building_type(text: str) -> str:
    """Put what is being built into the language of the page; words that are not known stay as written."""
    plain = text.casefold().replace("_", " ")
    words = BUILDING_TYPE.get(_DANISH_BUILDING_TYPES.get(plain, plain))
    return text if words is None else str(words)


def say(code: str | None, kind: str) -> str:
    """Put a code into words; a code without words is shown with spaces for underscores, never hidden."""
    if code is None:
        return "–"
    words = _TABLES[kind].get(str(code))
    return str(words) if words is not None else str(code).replace("_", " ")


def init_wording(app: Flask) -> None:
    """Give templates the filter that puts codes into words."""
    add_filters(app, say=say, building_type=say_building_type)
