# SPDX-License-Identifier: EUPL-1.2
"""Codes of surveys put into words, English here, Danish in the catalogue."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from web.words.life import LIFE_HAPPENED

_ = lazy_gettext

DESCRIBED: dict[str, LazyString] = {
    "model": _("A model: several alike"),
    "item": _("A single item, unlike any other"),
}

TRADE_UNIT: dict[str, LazyString] = {
    "own": _("The material's own unit"),
    "piece": _("Pieces"),
    "pallet": _("Pallets"),
    "metre": _("Metres"),
    "element": _("Elements"),
}

FIXING: dict[str, LazyString] = {
    "loose": _("Loose"),
    "screwed": _("Screwed"),
    "nailed": _("Nailed"),
    "mortar": _("In mortar"),
    "glued": _("Glued"),
    "welded": _("Welded"),
    "cast_in": _("Cast in"),
}

DETACHABILITY: dict[str, LazyString] = {
    "whole": _("Comes off whole"),
    "with_loss": _("Comes off with some loss"),
    "breaks": _("Breaks when taken down"),
}

CONDITION_BASIS: dict[str, LazyString] = {"visual": _("Seen"), "tested": _("Tested")}

MARKS: dict[str, LazyString] = {
    "5": _("5: as new"),
    "4": _("4: good"),
    "3": _("3: worn, works"),
    "2": _("2: needs repair"),
    "1": _("1: poor"),
}

# What a surveyed lot still lacks.
LACKS: dict[str, LazyString] = {
    "photo": _("photo"),
    "condition": _("condition"),
    "fixing": _("how it sits and comes off"),
    "dimensions": _("dimensions"),
    "access": _("how to get at it"),
}

# What happened to a lot.
HAPPENED: dict[str, LazyString] = {
    "lot_surveyed": _("Written down"),
    "lot_corrected": _("Corrected"),
    "lot_removed": _("Removed"),
    "lot_restored": _("Put back"),
    **LIFE_HAPPENED,
    "lot_screened": _("Screened"),
    "lot_step": _("A step in its life"),
    "lot_split": _("Split"),
    "lot_merged": _("Merged"),
    "lot_recounted": _("Counted again"),
    "lot_cut": _("Sawn"),
    "lot_undone": _("Undone"),
    "lot_reuse_decided": _("Reuse decided"),
    "attachment_captioned": _("Caption written"),
    "room_added": _("Room added"),
    "room_renamed": _("Room called otherwise"),
    "room_removed": _("Room removed"),
    "room_undone": _("Undone"),
    "attachment_added": _("File added"),
    "attachment_removed": _("File removed"),
    "attachment_restored": _("File put back"),
}

# What a lot lacks for a step in its life.
LIFE_NEED: dict[str, LazyString] = {
    "amount": _("an amount above 0"),
    "reuse": _("the choice between direct reuse and preparation"),
    "not_hazardous": _("a screening that does not find it hazardous"),
    "no_asbestos": _("a screening that clears it of asbestos"),
    "waste_trail": _("the waste's running number and receiver"),
}

WAY_OF_REUSE: dict[str, LazyString] = {
    "direct": _("Direct reuse"),
    "preparation": _("Preparation for reuse"),
}

SURVEY_TABLES = {
    "described": DESCRIBED,
    "trade_unit": TRADE_UNIT,
    "fixing": FIXING,
    "detachability": DETACHABILITY,
    "condition_basis": CONDITION_BASIS,
    "mark": MARKS,
    "lacks": LACKS,
    "happened": HAPPENED,
    "life_need": LIFE_NEED,
    "way_of_reuse": WAY_OF_REUSE,
}
