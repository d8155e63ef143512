# SPDX-License-Identifier: EUPL-1.2
"""Codes of imports put into words, English here, Danish in the catalogue."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

IMPORT_KIND: dict[str, LazyString] = {
    "buildings": _("Buildings of the register"),
    "lots": _("Lots"),
    "requirements": _("Requirements"),
    "hubs": _("Storage hubs"),
    "demolitions": _("Demolitions"),
    "geography": _("Areas of municipalities"),
}

IMPORT_STATUS: dict[str, LazyString] = {
    "uploaded": _("Uploaded; to be looked at"),
    "checking": _("Being checked"),
    "checked": _("Checked; nothing saved yet"),
    "running": _("Being imported"),
    "done": _("Imported"),
    "failed": _("Not imported"),
    "undone": _("Undone"),
}

IMPORT_STEP: dict[str, LazyString] = {
    "measure": _("Measuring the model"),
    "read": _("Reading the file"),
    "check": _("Checking the rows"),
    "write": _("Writing the rows"),
}

# Why a header is proposed as a column.
MAPPING_WHY: dict[str, LazyString] = {
    "past": _("Chosen, now or earlier"),
    "name": _("By its name"),
    "spelling": _("Its name is close"),
    "contents": _("By what stands in it"),
    "none": _("Not recognised"),
}

FILE_FORMAT: dict[str, LazyString] = {
    "csv": _("text (CSV)"),
    "workbook": _("workbook (Excel)"),
    "geopackage": _("map (GeoPackage)"),
    "geojson": _("map (GeoJSON)"),
    "shapefile": _("map (Shapefile)"),
}

# Why a type of a model is what it is, beside what the model itself says.
MODEL_WHY: dict[str, LazyString] = {
    "open": _("Nothing says"),
    "decided": _("Chosen"),
    "rule": _("Chosen for an earlier model"),
}

# Why the place a model tells is not believed.
PLACE_PROBLEM: dict[str, LazyString] = {
    "place_null_island": _("The coordinate is zero: nobody has set it."),
    "place_of_template": _("That is where templates begin: nobody has set it."),
    "place_system_unknown": _("The coordinate system is not known."),
    "outside_denmark": _("That lies outside Denmark."),
    "in_water": _("That lies at sea."),
    "coordinates_swapped": _("The two numbers are swapped."),
    "coordinates_in_degrees": _("These are degrees, not metres."),
    "coordinates_in_metres": _("These are metres, not degrees."),
    "coordinates_zone_33": _("That is UTM zone 33, not 32."),
    "coordinates_web_mercator": _("That is Web Mercator, not UTM zone 32."),
}

# Columns of a model's types, where they are shown as rows.
MODEL_COLUMN: dict[str, LazyString] = {
    "type": _("Type"),
    "entity": _("IFC class"),
    "material": _("Material"),
    "layer": _("Layer"),
    "size": _("Size"),
    "elements": _("Parts"),
    "class": _("Material class"),
    "quantity": _("Quantity"),
    "unit": _("Unit"),
    "check": _("Check"),
}

# What declared quantities are worth.
MODEL_CHECK: dict[str, LazyString] = {
    "agrees": _("Agrees with the geometry"),
    "gross": _("Declared with openings"),
    "differs": _("Declared otherwise than drawn"),
    "unchecked": _("By geometry"),
    "counted": _("Counted"),
}

IMPORT_TABLES = {
    "model_why": MODEL_WHY,
    "place_problem": PLACE_PROBLEM,
    "model_column": MODEL_COLUMN,
    "model_check": MODEL_CHECK,
    "import_kind": IMPORT_KIND,
    "import_status": IMPORT_STATUS,
    "import_step": IMPORT_STEP,
    "mapping_why": MAPPING_WHY,
    "file_format": FILE_FORMAT,
}
