# SPDX-License-Identifier: EUPL-1.2
"""Who may see each route: a registry read before every request; a route without a rule is refused."""

from enum import StrEnum

from flask import Flask, abort, request


class Access(StrEnum):
    """Who a route is for."""

    PUBLIC = (
        "public"  # anyone who reaches the server: reads what is public by its nature, coarse places included
    )


# By endpoint. Pages are registered once per language, so they are named here without it.
RULES: dict[str, Access] = {
    "supply": Access.PUBLIC,
    # without the address, and a home within about 100 metres, as the list itself
    "supply_file": Access.PUBLIC,
    "supply_months": Access.PUBLIC,
    "lot": Access.PUBLIC,
    "lot_photo": Access.PUBLIC,
    "lot_short": Access.PUBLIC,
    "lot_old": Access.PUBLIC,
    "site_short": Access.PUBLIC,
    "site_old": Access.PUBLIC,
    "maps.land": Access.PUBLIC,
    # until there are accounts, whoever reaches the server may write down what a laboratory found
    "lot_documents": Access.PUBLIC,
    "lot_test_record": Access.PUBLIC,
    "lot_test_remove": Access.PUBLIC,
    **dict.fromkeys(
        ("samples", "sample_add", "sample", "sample_correct", "sample_remove", "sample_removing"),
        Access.PUBLIC,
    ),
    "lot_product": Access.PUBLIC,
    "lot_product_decide": Access.PUBLIC,
    # shows what names a person to nobody: only that it was said
    "materialepas": Access.PUBLIC,
    "materialepas_save": Access.PUBLIC,
    "materialepas_upload": Access.PUBLIC,
    "materialepas_file": Access.PUBLIC,
    "materialepas_json": Access.PUBLIC,
    "materialepas_pdf": Access.PUBLIC,
    "lot_terms": Access.PUBLIC,
    "lot_terms_save": Access.PUBLIC,
    "lot_life": Access.PUBLIC,
    "lot_life_save": Access.PUBLIC,
    "requirement": Access.PUBLIC,
    # with accounts: asking and saying is for those who act for the project's organisation
    **dict.fromkeys(("cutting", "cutting_ask", "cutting_offcuts", "pieces", "pieces_save"), Access.PUBLIC),
    **dict.fromkeys(("cutting_booking", "cutting_book"), Access.PUBLIC),
    "instant": Access.PUBLIC,
    # with accounts: those who act for the project's builder write, and all may see what is to be built
    **dict.fromkeys(
        ("projects", "project_new", "project_begin", "project", "project_act", "project_edit"), Access.PUBLIC
    ),
    **dict.fromkeys(
        ("project_correct", "project_options", "project_options_save", "project_paste", "project_pasted"),
        Access.PUBLIC,
    ),
    **dict.fromkeys(
        ("requirement_new", "requirement_add", "requirement_edit", "requirement_correct", "instant_save"),
        Access.PUBLIC,
    ),
    # with accounts: those who act for the project's builder
    **dict.fromkeys(
        ("supplier_save",),
        Access.PUBLIC,
    ),
    # say what public money buys; with accounts: the justification to those who act for the project's builder
    **dict.fromkeys(("project_savings", "requirement_savings", "plan_savings"), Access.PUBLIC),
    **dict.fromkeys(("lca_xlsx", "lca_pdf"), Access.PUBLIC),
    **dict.fromkeys(("justification", "justification_xlsx", "justification_pdf"), Access.PUBLIC),
    "site": Access.PUBLIC,
    "papers": Access.PUBLIC,
    # without the address, which a firm gets from `genbro papers`
    "paper_sheet": Access.PUBLIC,
    "paper_sheets_xlsx": Access.PUBLIC,
    # with accounts: those who act for the organisation of the site; see web/acting.py
    "demolition": Access.PUBLIC,
    "demolition_move": Access.PUBLIC,
    "demolition_undo": Access.PUBLIC,
    "demolition_undone": Access.PUBLIC,
    "site_contract": Access.PUBLIC,
    "site_contract_save": Access.PUBLIC,
    "site_contract_undo": Access.PUBLIC,
    "site_contract_undone": Access.PUBLIC,
    "firm": Access.PUBLIC,
    "firm_buildings": Access.PUBLIC,
    "firm_lots": Access.PUBLIC,
    # names homes by our own ids, and places them roughly
    "firm_lots_file": Access.PUBLIC,
    "firm_lots_edit": Access.PUBLIC,
    "firm_lots_editing": Access.PUBLIC,
    "firm_lots_edited": Access.PUBLIC,
    "firm_lots_undo": Access.PUBLIC,
    "firm_lots_undoing": Access.PUBLIC,
    "coming": Access.PUBLIC,
    "hubs": Access.PUBLIC,
    "hub": Access.PUBLIC,
    "runs": Access.PUBLIC,
    "plan": Access.PUBLIC,
    "about": Access.PUBLIC,
    "accessibility": Access.PUBLIC,
    "sources": Access.PUBLIC,
    # each shows a browser what it uploaded itself, and nothing of others (web/own_imports.py)
    "imports": Access.PUBLIC,
    "import_template": Access.PUBLIC,
    "imports_upload": Access.PUBLIC,
    "import": Access.PUBLIC,
    "import_mapping": Access.PUBLIC,
    "import_save_mapping": Access.PUBLIC,
    "import_start": Access.PUBLIC,
    "import_started": Access.PUBLIC,
    "import_undo": Access.PUBLIC,
    "import_undoing": Access.PUBLIC,
    "import_refused": Access.PUBLIC,
    # write like imports do: the server listens to its own machine, or behind a proxy that knows people
    "surveys": Access.PUBLIC,
    "survey": Access.PUBLIC,
    "survey_labels": Access.PUBLIC,
    "survey_new_building": Access.PUBLIC,
    "survey_begin_building": Access.PUBLIC,
    # never where a home's point was, nor its name
    "survey_place": Access.PUBLIC,
    "survey_save_place": Access.PUBLIC,
    # the same for everybody
    "survey_worker": Access.PUBLIC,
    "survey_offline": Access.PUBLIC,
    "survey_new_lot": Access.PUBLIC,
    "survey_add_lot": Access.PUBLIC,
    "survey_lot": Access.PUBLIC,
    "survey_correct_lot": Access.PUBLIC,
    "survey_copy_lot": Access.PUBLIC,
    "survey_remove_lot": Access.PUBLIC,
    "survey_restore_lot": Access.PUBLIC,
    "survey_offer_lot": Access.PUBLIC,
    "survey_rooms": Access.PUBLIC,
    "survey_add_room": Access.PUBLIC,
    "survey_rename_room": Access.PUBLIC,
    "survey_remove_room": Access.PUBLIC,
    "survey_undo_room": Access.PUBLIC,
    "survey_files": Access.PUBLIC,
    "survey_add_files": Access.PUBLIC,
    "survey_caption_file": Access.PUBLIC,
    "survey_remove_file": Access.PUBLIC,
    "survey_restore_file": Access.PUBLIC,
    "tiles.supply": Access.PUBLIC,
    "tiles.plan": Access.PUBLIC,
    "tiles.towns": Access.PUBLIC,
    # named by ids nobody can guess, and shown where the thing they belong to is shown; a contract is sent
    # only to the browser that added it (web/own_papers.py)
    "files.attachment": Access.PUBLIC,
    "files.thumbnail": Access.PUBLIC,
    "api.health": Access.PUBLIC,
    "assets.static": Access.PUBLIC,
    "static": Access.PUBLIC,
}

_LANGUAGE_PREFIXES = ("da.", "en.")


def find_rule(endpoint: str) -> Access | None:
    """Return the access rule of an endpoint, or None where it has none."""
    for prefix in _LANGUAGE_PREFIXES:
        endpoint = endpoint.removeprefix(prefix)
    return RULES.get(endpoint)


def _guard() -> None:
    if request.endpoint is not None and find_rule(request.endpoint) is not Access.PUBLIC:
        abort(403)


def init_auth(app: Flask) -> None:
    """Ask the registry before every request."""
    app.before_request(_guard)
