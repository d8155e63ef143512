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
    "geography": _("Areas of municipalities"),
}

IMPORT_STATUS: dict[str, LazyString] = {
    "uploaded": _("Uploaded; columns to be chosen"),
    "checking": _("Being checked"),
    "checked": _("Checked; nothing saved yet"),
    "running": _("Being imported"),
    "done": _("Imported"),
    "failed": _("Not imported"),
    "undone": _("Undone"),
}

IMPORT_STEP: dict[str, LazyString] = {
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

IMPORT_TABLES = {
    "import_kind": IMPORT_KIND,
    "import_status": IMPORT_STATUS,
    "import_step": IMPORT_STEP,
    "mapping_why": MAPPING_WHY,
    "file_format": FILE_FORMAT,
}
