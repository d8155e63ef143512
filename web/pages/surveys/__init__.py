# SPDX-License-Identifier: EUPL-1.2
"""Surveying buildings: what stands in them, lot by lot, with photos; the addresses of these pages."""

# Loaded when first asked for: endpoint -> rule, module below `web.pages`, name of the view, method.
SURVEY_ROUTES = {
    "surveys": ("/surveys", "surveys.buildings", "show_surveys", "GET"),
    # below the pages it is for, since a browser lets a worker see no others
    "survey_worker": ("/surveys/worker.js", "surveys.offline", "send_worker", "GET"),
    "survey_offline": ("/surveys/offline", "surveys.offline", "show_offline", "GET"),
    "survey_new_building": ("/surveys/new", "surveys.places", "show_new", "GET"),
    "survey_begin_building": ("/surveys/new", "surveys.places", "begin_one", "POST"),
    "survey_place": ("/surveys/<uuid:site_id>/place", "surveys.places", "show_place", "GET"),
    "survey_save_place": ("/surveys/<uuid:site_id>/place", "surveys.places", "save_place", "POST"),
    "survey": ("/surveys/<uuid:site_id>", "surveys.building", "show_survey", "GET"),
    "survey_labels": ("/surveys/<uuid:site_id>/labels", "surveys.building", "send_labels", "GET"),
    "survey_rooms": ("/surveys/<uuid:site_id>/rooms", "surveys.rooms", "show_rooms", "GET"),
    "survey_add_room": ("/surveys/<uuid:site_id>/rooms", "surveys.rooms", "add_one_room", "POST"),
    "survey_rename_room": (
        "/surveys/<uuid:site_id>/rooms/<uuid:room_id>",
        "surveys.rooms",
        "rename_one_room",
        "POST",
    ),
    "survey_remove_room": (
        "/surveys/<uuid:site_id>/rooms/<uuid:room_id>/remove",
        "surveys.rooms",
        "remove_one_room",
        "POST",
    ),
    "survey_undo_room": ("/surveys/<uuid:site_id>/rooms/undo", "surveys.rooms", "undo_last_room", "POST"),
    "survey_new_lot": ("/surveys/<uuid:site_id>/lots/new", "surveys.new_lot", "show_new_lot", "GET"),
    # sent to the address of its form, so that the page of a form refused can be had in the other language
    "survey_add_lot": ("/surveys/<uuid:site_id>/lots/new", "surveys.new_lot", "add_lot", "POST"),
    "survey_lot": ("/surveys/lots/<uuid:lot_id>", "surveys.lot", "show_survey_lot", "GET"),
    "survey_correct_lot": ("/surveys/lots/<uuid:lot_id>", "surveys.lot", "save_correction", "POST"),
    "survey_copy_lot": ("/surveys/lots/<uuid:lot_id>/copy", "surveys.changes", "copy_lot", "POST"),
    "survey_remove_lot": ("/surveys/lots/<uuid:lot_id>/remove", "surveys.changes", "take_lot_out", "POST"),
    "survey_offer_lot": ("/surveys/lots/<uuid:lot_id>/offer", "surveys.life", "offer_lot", "POST"),
    "survey_files": ("/surveys/lots/<uuid:lot_id>/files", "surveys.files", "turn_to_files", "GET"),
    "survey_add_files": ("/surveys/lots/<uuid:lot_id>/files", "surveys.files", "add_files", "POST"),
    "survey_caption_file": (
        "/surveys/files/<uuid:attachment_id>/caption",
        "surveys.files",
        "caption_file",
        "POST",
    ),
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
