# SPDX-License-Identifier: EUPL-1.2
"""Surveying buildings: what stands in them, lot by lot, with photos; the addresses of these pages."""

# Loaded when first asked for: endpoint -> rule, module below `web.pages`, name of the view, method.
SURVEY_ROUTES = {
    "surveys": ("/surveys", "surveys.buildings", "show_surveys", "GET"),
    "survey": ("/surveys/<uuid:site_id>", "surveys.building", "show_survey", "GET"),
    "survey_labels": ("/surveys/<uuid:site_id>/labels", "surveys.building", "send_labels", "GET"),
    "survey_new_lot": ("/surveys/<uuid:site_id>/lots/new", "surveys.new_lot", "show_new_lot", "GET"),
    # sent to the address of its form, so that the page of a form refused can be had in the other language
    "survey_add_lot": ("/surveys/<uuid:site_id>/lots/new", "surveys.new_lot", "add_lot", "POST"),
    "survey_lot": ("/surveys/lots/<uuid:lot_id>", "surveys.lot", "show_survey_lot", "GET"),
    "survey_correct_lot": ("/surveys/lots/<uuid:lot_id>", "surveys.lot", "save_correction", "POST"),
    "survey_copy_lot": ("/surveys/lots/<uuid:lot_id>/copy", "surveys.changes", "copy_lot", "POST"),
    "survey_remove_lot": ("/surveys/lots/<uuid:lot_id>/remove", "surveys.changes", "take_lot_out", "POST"),
    "survey_offer_lot": ("/surveys/lots/<uuid:lot_id>/offer", "surveys.life", "offer_lot", "POST"),
    "survey_split_lot": ("/surveys/lots/<uuid:lot_id>/split", "surveys.life", "split_off", "POST"),
    "survey_merge_lot": ("/surveys/lots/<uuid:lot_id>/merge", "surveys.life", "merge_in", "POST"),
    "survey_undo_lot": ("/surveys/lots/<uuid:lot_id>/undo", "surveys.life", "undo_last", "POST"),
    "survey_files": ("/surveys/lots/<uuid:lot_id>/files", "surveys.files", "turn_to_files", "GET"),
    "survey_add_files": ("/surveys/lots/<uuid:lot_id>/files", "surveys.files", "add_files", "POST"),
    "survey_remove_file": (
        "/surveys/files/<uuid:attachment_id>/remove",
        "surveys.files",
        "remove_file",
        "POST",
    ),
    "survey_restore_file": (
        "/surveys/files/<uuid:attachment_id>/restore",
        "surveys.files",
        "restore_file",
        "POST",
    ),
    "survey_restore_lot": ("/surveys/lots/<uuid:lot_id>/restore", "surveys.changes", "put_lot_back", "POST"),
}
