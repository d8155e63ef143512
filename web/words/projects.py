# SPDX-License-Identifier: EUPL-1.2
"""The codes of projects and requirements put into words."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

REQUIREMENT_STATUS: dict[str, LazyString] = {"open": _("Wanted"), "withdrawn": _("Removed")}

# What happened to a project or a requirement.
PROJECT_HAPPENED: dict[str, LazyString] = {
    "project_begun": _("Project begun"),
    "project_corrected": _("Project corrected"),
    "project_undone": _("Undone"),
    "design_option_added": _("Design option added"),
    "design_option_renamed": _("Design option renamed"),
    "design_option_chosen": _("Design option chosen"),
    "design_option_removed": _("Design option removed"),
    "requirement_added": _("Requirement added"),
    "requirement_corrected": _("Requirement corrected"),
    "requirement_supplier_chosen": _("Chosen who buys the material"),
    "requirement_withdrawn": _("Requirement removed"),
    "requirement_restored": _("Requirement put back"),
    "requirement_undone": _("Undone"),
}

BUILDER_KIND: dict[str, LazyString] = {
    "public_builder": _("Public builder"),
    "municipality": _("Municipality"),
    "other": _("Another"),
}

SUPPLIER: dict[str, LazyString] = {
    "client": _("the client"),
    "contractor": _("the contractor"),
}

PROJECT_TABLES = {
    "requirement_status": REQUIREMENT_STATUS,
    "project_happened": PROJECT_HAPPENED,
    "builder_kind": BUILDER_KIND,
    "supplier": SUPPLIER,
}
