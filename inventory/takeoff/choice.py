# SPDX-License-Identifier: EUPL-1.2
"""Which elements of a model are taken off, and which are left out, with a count for each reason."""

from collections import Counter
from typing import Any

# What stands in a model for something else: a void to be, a clearance, a survey point.
_DUMMY_TYPES = {"PROVISIONFORVOID", "PROVISIONFORSPACE"}
_DUMMY_NAMES = ("dummy", "clearance", "frirum", "clash zone", "provision for void", "udsparing")


def choose_elements(model: Any, left_out: Counter[str]) -> tuple[list[Any], int]:
    """Choose the elements to be taken off.

    Parameters
    ----------
    model
        An open model.
    left_out
        Told the count for each reason: ``opening``, ``virtual``, ``dummy``, ``terrain``, ``made_of_parts``.

    Returns
    -------
    kept : list
        The elements. Those of a repeated GUID are kept: two walls are two walls, whatever a copy of their
        ids says.
    repeated : int
        How many have a GUID that another had before.
    """
    seen: set[str] = set()
    kept: list[Any] = []
    repeated = 0
    for element in model.by_type("IfcElement"):
        reason = _find_reason(element)
        if reason:
            left_out[reason] += 1
            continue
        repeated += element.GlobalId in seen
        seen.add(element.GlobalId)
        kept.append(element)
    return kept, repeated


def _find_reason(element: Any) -> str:
    if element.is_a("IfcFeatureElement"):
        return "opening"
    if element.is_a("IfcVirtualElement"):
        return "virtual"
    if element.is_a("IfcGeographicElement"):
        return "terrain"
    if element.is_a("IfcBuildingElementProxy"):
        words = f"{element.Name or ''} {element.ObjectType or ''}".lower()
        predefined = getattr(element, "PredefinedType", None)
        if predefined in _DUMMY_TYPES or any(word in words for word in _DUMMY_NAMES):
            return "dummy"
    # its parts are counted themselves
    return "made_of_parts" if element.Representation is None and element.IsDecomposedBy else ""


def find_copies(elements: list[Any], places: dict[int, tuple[int, ...]]) -> set[int]:
    """Find the elements that are in the model twice: same GUID, same entity, and their bodies coincide.

    Parameters
    ----------
    elements
        From `choose_elements`.
    places
        Id of an element -> corners of its body in the world, in whole millimetres.

    Returns
    -------
    set of int
        Ids of the second and later ones.
    """
    seen: set[tuple[object, ...]] = set()
    copies = set()
    for element in elements:
        place = places.get(element.id())
        if place is None:
            continue  # nothing tells it from another of its GUID
        key = (element.GlobalId, element.is_a(), place)
        if key in seen:
            copies.add(element.id())
        seen.add(key)
    return copies
