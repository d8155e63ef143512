# SPDX-License-Identifier: EUPL-1.2
"""The pages people read: one blueprint, registered once per language."""

from flask import Blueprint

from web.pages.about import show_about, show_accessibility, show_sources
from web.pages.coming import show_coming
from web.pages.hubs import show_hub, show_hubs
from web.pages.later import View, load_later
from web.pages.lots import show_lot
from web.pages.papers import show_papers
from web.pages.plans import show_plan, show_runs
from web.pages.projects import PROJECT_ROUTES
from web.pages.requirements import show_requirement
from web.pages.supply import show_supply
from web.pages.surveys import SURVEY_ROUTES

ROUTES: dict[str, tuple[str, View]] = {
    "supply": ("/", show_supply),
    "lot": ("/lots/<uuid:lot_id>", show_lot),
    "requirement": ("/requirements/<uuid:requirement_id>", show_requirement),
    "instant": ("/projects/<uuid:project_id>/instant", load_later("web.pages.instant", "show_instant")),
    "project_savings": (
        "/projects/<uuid:project_id>/savings",
        load_later("web.pages.savings", "show_project_savings"),
    ),
    "requirement_savings": (
        "/requirements/<uuid:requirement_id>/savings",
        load_later("web.pages.savings", "show_requirement_savings"),
    ),
    "plan_savings": ("/runs/<uuid:run_id>/savings", load_later("web.pages.savings", "show_plan_savings")),
    "site": ("/sites/<uuid:site_id>", load_later("web.pages.sites", "show_site")),
    "papers": ("/sites/<uuid:site_id>/papers", show_papers),
    "coming": ("/coming", show_coming),
    "hubs": ("/hubs", show_hubs),
    "hub": ("/hubs/<uuid:hub_id>", show_hub),
    "runs": ("/runs", show_runs),
    "plan": ("/runs/<uuid:run_id>", show_plan),
    "about": ("/about", show_about),
    "accessibility": ("/accessibility", show_accessibility),
    "sources": ("/sources", show_sources),
}

# What a firm looks after: rule, module and name of the view, method.
FIRM_ROUTES = {
    "demolition": ("/sites/<uuid:site_id>/demolition", "demolition", "show_demolition", "GET"),
    "demolition_move": ("/sites/<uuid:site_id>/demolition", "demolition", "move_days", "POST"),
    "demolition_undo": ("/sites/<uuid:site_id>/demolition/undo", "demolition", "undo_days", "POST"),
    "demolition_undone": ("/sites/<uuid:site_id>/demolition/undo", "demolition", "turn_back", "GET"),
    "site_contract": ("/sites/<uuid:site_id>/contract", "site_contract", "show_contract", "GET"),
    "site_contract_save": ("/sites/<uuid:site_id>/contract", "site_contract", "save_contract", "POST"),
    "site_contract_undo": ("/sites/<uuid:site_id>/contract/undo", "site_contract", "undo_change", "POST"),
    "site_contract_undone": ("/sites/<uuid:site_id>/contract/undo", "site_contract", "turn_back", "GET"),
    "firm": ("/firm", "firm", "show_firm", "GET"),
    "firm_buildings": ("/firm/buildings", "firm", "show_buildings", "GET"),
    "firm_lots": ("/firm/lots", "firm_lots", "show_lots", "GET"),
    "firm_lots_file": ("/firm/lots.<form>", "firm_lots", "download_lots", "GET"),
    "firm_lots_edit": ("/firm/lots/edit", "firm_lots_edit", "edit_lots", "POST"),
    "firm_lots_editing": ("/firm/lots/edit", "firm_lots_edit", "turn_back", "GET"),
    "firm_lots_edited": ("/firm/lots/edits/<uuid:edit_id>", "firm_lots_edit", "show_edit", "GET"),
    "firm_lots_undo": ("/firm/lots/edits/<uuid:edit_id>/undo", "firm_lots_edit", "undo_edit", "POST"),
    "firm_lots_undoing": (
        "/firm/lots/edits/<uuid:edit_id>/undo",
        "firm_lots_edit",
        "turn_back_to_edit",
        "GET",
    ),
}

# The answer of a search as a file: rule, module and name of the view, method.
SEARCH_ROUTES = {"supply_file": ("/lots.<kind>", "supply_files", "download_lots", "GET")}

# The wizard that takes files: rule, module and name of the view, method.
IMPORT_ROUTES = {
    "imports": ("/imports", "imports", "show_imports", "GET"),
    "import_template": ("/imports/template/<kind>", "import_templates", "send_template", "GET"),
    "imports_upload": ("/imports", "imports", "upload_file", "POST"),
    "import": ("/imports/<uuid:import_id>", "imports", "show_import", "GET"),
    "import_mapping": ("/imports/<uuid:import_id>/mapping", "imports", "show_mapping", "GET"),
    "import_save_mapping": ("/imports/<uuid:import_id>/mapping", "imports", "save_mapping", "POST"),
    "import_start": ("/imports/<uuid:import_id>/start", "imports", "start_import", "POST"),
    "import_started": ("/imports/<uuid:import_id>/start", "imports", "turn_back", "GET"),
    "import_undo": ("/imports/<uuid:import_id>/undo", "imports", "undo_one", "POST"),
    "import_undoing": ("/imports/<uuid:import_id>/undo", "imports", "turn_back", "GET"),
    "import_refused": ("/imports/<uuid:import_id>/refused", "imports", "download_refused", "GET"),
}


# Cutting to length: rule, module and name of the view, method.
CUTTING_ROUTES = {
    "cutting": ("/projects/<uuid:project_id>/cutting", "cutting", "show_cutting", "GET"),
    "cutting_ask": ("/projects/<uuid:project_id>/cutting", "cutting", "ask_cutting", "POST"),
    "cutting_offcuts": ("/projects/<uuid:project_id>/offcuts.csv", "cutting", "download_offcuts", "GET"),
    "cutting_booking": ("/cuttings/<uuid:cutting_id>", "cutting_booking", "show_booking", "GET"),
    "cutting_book": ("/cuttings/<uuid:cutting_id>", "cutting_booking", "save_booking", "POST"),
    "pieces": ("/requirements/<uuid:requirement_id>/pieces", "pieces", "show_pieces", "GET"),
    "pieces_save": ("/requirements/<uuid:requirement_id>/pieces", "pieces", "save_pieces", "POST"),
}

# The photos, addresses, life and papers of a lot: rule, module and name of the view, method.
DOCUMENT_ROUTES = {
    "lot_photo": ("/lots/<uuid:lot_id>/photos/<int:number>", "lot_photos", "show_photo", "GET"),
    "lot_short": ("/l/<short>", "short", "go_to_lot", "GET"),
    "site_short": ("/s/<short>", "short", "go_to_site", "GET"),
    "lot_old": ("/lots/<uuid:lot_id>/", "short", "leave_old_lot", "GET"),
    "site_old": ("/sites/<uuid:site_id>/", "short", "leave_old_site", "GET"),
    "lot_terms": ("/lots/<uuid:lot_id>/terms", "lot_terms", "show_terms", "GET"),
    "lot_terms_save": ("/lots/<uuid:lot_id>/terms", "lot_terms", "save_terms", "POST"),
    "lot_life": ("/lots/<uuid:lot_id>/life", "lot_life", "show_life", "GET"),
    "lot_life_save": ("/lots/<uuid:lot_id>/life", "lot_life", "save_life", "POST"),
    "lot_documents": ("/lots/<uuid:lot_id>/documents", "lot_documents", "show_documents", "GET"),
    "lot_test_record": ("/lots/<uuid:lot_id>/documents", "lot_documents", "record_result", "POST"),
    "lot_test_remove": (
        "/lots/<uuid:lot_id>/tests/<uuid:test_id>/remove",
        "lot_documents",
        "remove_result",
        "POST",
    ),
    "paper_sheet": ("/sites/<uuid:site_id>/papers/<paper>", "paper_sheets", "show_sheet", "GET"),
    "paper_sheets_xlsx": ("/sites/<uuid:site_id>/papers.xlsx", "paper_sheets", "download_sheets", "GET"),
    "samples": ("/sites/<uuid:site_id>/samples", "samples", "show_samples", "GET"),
    "sample_add": ("/sites/<uuid:site_id>/samples", "samples", "add_sample", "POST"),
    "sample": ("/sites/<uuid:site_id>/samples/<uuid:sample_id>", "samples", "show_sample", "GET"),
    "sample_correct": ("/sites/<uuid:site_id>/samples/<uuid:sample_id>", "samples", "correct_one", "POST"),
    "sample_remove": (
        "/sites/<uuid:site_id>/samples/<uuid:sample_id>/remove",
        "samples",
        "remove_one",
        "POST",
    ),
    "sample_removing": (
        "/sites/<uuid:site_id>/samples/<uuid:sample_id>/remove",
        "samples",
        "turn_back",
        "GET",
    ),
    "lot_product": ("/lots/<uuid:lot_id>/product", "lot_product", "show_product", "GET"),
    "lot_product_decide": ("/lots/<uuid:lot_id>/product", "lot_product", "decide_product", "POST"),
    "materialepas": ("/lots/<uuid:lot_id>/materialepas", "materialepas", "show_pass", "GET"),
    "materialepas_save": ("/lots/<uuid:lot_id>/materialepas", "materialepas", "save_pass", "POST"),
    "materialepas_upload": ("/lots/<uuid:lot_id>/materialepas/file", "materialepas", "upload_pass", "POST"),
    "materialepas_file": ("/lots/<uuid:lot_id>/materialepas/file", "materialepas", "turn_back", "GET"),
    "materialepas_json": ("/lots/<uuid:lot_id>/materialepas.json", "materialepas", "download_json", "GET"),
    "materialepas_pdf": ("/lots/<uuid:lot_id>/materialepas.pdf", "materialepas", "download_pdf", "GET"),
}

# The papers of what reuse saves: rule, module and name of the view, method.
SAVINGS_ROUTES = {
    "lca_xlsx": ("/projects/<uuid:project_id>/lca.xlsx", "savings_sheets", "download_lca_xlsx", "GET"),
    "lca_pdf": ("/projects/<uuid:project_id>/lca.pdf", "savings_sheets", "download_lca_pdf", "GET"),
    "justification": (
        "/matches/<int:match_id>/justification",
        "savings_sheets",
        "show_justification",
        "GET",
    ),
    "justification_xlsx": (
        "/matches/<int:match_id>/justification.xlsx",
        "savings_sheets",
        "download_justification_xlsx",
        "GET",
    ),
    "justification_pdf": (
        "/matches/<int:match_id>/justification.pdf",
        "savings_sheets",
        "download_justification_pdf",
        "GET",
    ),
}


# The timeline of the front page, for those without JavaScript: rule, module and name of the view, method.
MAP_ROUTES = {"supply_months": ("/months", "supply_map", "choose_months", "GET")}


def make_pages(language: str, *, prefix: str) -> Blueprint:
    """Make the blueprint of the pages in one language, its endpoints named after the language."""
    pages = Blueprint(language, __name__, url_prefix=prefix or None)
    for endpoint, (rule, view) in ROUTES.items():
        pages.add_url_rule(rule, endpoint, view, methods=["GET"])
    more = CUTTING_ROUTES | PROJECT_ROUTES | SAVINGS_ROUTES | SURVEY_ROUTES
    later = MAP_ROUTES | SEARCH_ROUTES | FIRM_ROUTES | IMPORT_ROUTES | DOCUMENT_ROUTES | more
    for endpoint, (rule, module, name, method) in later.items():
        pages.add_url_rule(rule, endpoint, load_later(f"web.pages.{module}", name), methods=[method])
    return pages
