# SPDX-License-Identifier: EUPL-1.2
"""The codes of model imports in words: why a class, what was left out, who says where it stands."""

from collections.abc import Mapping

WHY: Mapping[str, tuple[str, str]] = {
    "word": ("navnet siger", "the name says"),
    "predefined": ("modellens egen art er", "the model's own kind is"),
    "external": ("ude eller inde efter", "indoors or out by"),
    "code": ("klassifikationskode", "classification code"),
    "entity": ("modellens art er", "the model's class is"),
    "alike": ("som alt andet af", "as all else of"),
}
LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "opening": ("åbninger", "openings"),
    "virtual": ("usynlige grænser", "virtual boundaries"),
    "dummy": ("hjælpedele", "dummies"),
    "terrain": ("terræn", "terrain"),
    "made_of_parts": ("helheder, der tælles i dele", "wholes counted by their parts"),
    "copy": ("dele, der er der to gange", "parts that are there twice"),
}
SOURCES: Mapping[str, tuple[str, str]] = {
    "map": ("modellens kortplacering", "the model's map conversion"),
    "axes": ("modellens egne akser, læst som EPSG:25832", "the model's own axes, read as EPSG:25832"),
    "site": ("modellens bredde og længde", "the model's latitude and longitude"),
    "hand": ("givet i hånden", "given by hand"),
}
MEASURES: Mapping[str, tuple[str, str]] = {
    "area": ("areal", "area"),
    "length": ("længde", "length"),
    "volume": ("rumfang", "volume"),
}


def count_left_out(left_out: Mapping[str, int]) -> tuple[str, str]:
    """Write how many were left out for each reason, in Danish and English."""
    counts = sorted(left_out.items())
    da, en = (
        ", ".join(f"{count} {LEFT_OUT.get(reason, (reason, reason))[at]}" for reason, count in counts)
        for at in (0, 1)
    )
    return da, en
