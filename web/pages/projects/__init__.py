# SPDX-License-Identifier: EUPL-1.2
"""Projects and what they require: listed, begun, corrected, pasted, undone; the addresses of these pages."""

# Loaded when first asked for: endpoint -> rule, module below `web.pages`, name of the view, method.
PROJECT_ROUTES = {
    "projects": ("/projects", "projects.listing", "show_projects", "GET"),
    "project_new": ("/projects/new", "projects.project_form", "show_new", "GET"),
    # sent to the address of its form, so that a form refused can be had in the other language
    "project_begin": ("/projects/new", "projects.project_form", "begin_one", "POST"),
    "project": ("/projects/<uuid:project_id>", "projects.overview", "show_project", "GET"),
    "supplier_save": (
        "/requirements/<uuid:requirement_id>/supplier",
        "projects.supplier",
        "save_supplier",
        "POST",
    ),
    "project_act": ("/projects/<uuid:project_id>", "projects.acts", "act", "POST"),
    "project_edit": ("/projects/<uuid:project_id>/edit", "projects.project_form", "show_edit", "GET"),
    "project_correct": ("/projects/<uuid:project_id>/edit", "projects.project_form", "correct_one", "POST"),
    "project_options": ("/projects/<uuid:project_id>/options", "projects.options", "show_options", "GET"),
    "project_options_save": (
        "/projects/<uuid:project_id>/options",
        "projects.options",
        "save_options",
        "POST",
    ),
    "project_paste": ("/projects/<uuid:project_id>/paste", "projects.paste", "show_paste", "GET"),
    "project_pasted": ("/projects/<uuid:project_id>/paste", "projects.paste", "take_paste", "POST"),
    "requirement_new": (
        "/projects/<uuid:project_id>/requirements/new",
        "projects.requirement_form",
        "show_new",
        "GET",
    ),
    "requirement_add": (
        "/projects/<uuid:project_id>/requirements/new",
        "projects.requirement_form",
        "add_one",
        "POST",
    ),
    "requirement_edit": (
        "/requirements/<uuid:requirement_id>/edit",
        "projects.requirement_form",
        "show_edit",
        "GET",
    ),
    "requirement_correct": (
        "/requirements/<uuid:requirement_id>/edit",
        "projects.requirement_form",
        "correct_one",
        "POST",
    ),
    "instant_save": ("/projects/<uuid:project_id>/instant", "instant", "save_tried", "POST"),
}
