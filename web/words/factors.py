# SPDX-License-Identifier: EUPL-1.2
"""Kinds of factor put into words, English here, Danish in the catalogue: what a figure rests on."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_ = lazy_gettext

FACTOR_KIND: dict[str, LazyString] = {
    "new_co2e": _("CO₂e of a new one (A1–A3 + C3 + C4)"),
    "new_co2e_a1a3": _("CO₂e of making a new one (A1–A3)"),
    "new_co2e_c3": _("CO₂e of waste processing (C3)"),
    "new_co2e_c4": _("CO₂e of disposal (C4)"),
    "preparation_co2e": _("CO₂e of preparing it for reuse"),
    "new_price": _("Price of a new one"),
    "used_price": _("Price of a used one"),
    "preparation_price": _("Cost of preparing it for reuse"),
    "disposal_avoided": _("Disposal cost avoided"),
    "storage_price": _("Cost of storage per day"),
    "hub_price": _("Price of a square metre in a hub per day"),
    "storage_height": _("How high goods are stacked in a hub"),
    "saw_kerf": _("Width of a saw cut"),
    "offcut_minimum": _("Shortest off-cut that is kept"),
    "cut_price": _("Price of a saw cut"),
    "transport_price": _("Cost of transport"),
    "transport_co2e": _("CO₂e of transport"),
    "trip_price": _("Cost of fetching at all"),
    "trip_km_price": _("Cost of fetching at all, per km"),
    "load_price": _("Cost of a lorry load"),
    "load_km_price": _("Cost of a lorry load per km"),
    "vehicle_payload": _("Payload of the lorry"),
    "vehicle_volume": _("Volume of the lorry"),
    "energy_co2e": _("CO₂e of energy"),
    "detour": _("Road distance over straight line"),
    "near_distance_default": _("Distance up to which the straight line is used"),
    "max_distance_default": _("Greatest distance, unless the requirement says otherwise"),
    "max_distance_cap": _("Greatest distance anybody may ask for"),
    "storage_days_default": _("Most days in storage, unless the requirement says otherwise"),
    "lead_time": _("Days from order to delivery of new goods"),
    "carbon_price_default": _("Price of a tonne of CO₂e in the weighing"),
}
