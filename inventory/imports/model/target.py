# SPDX-License-Identifier: EUPL-1.2
"""The site or project a model goes to: one there is, or a new one at the place that is chosen."""

import uuid
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from inventory.actions.imports.requirements import PROJECT_TYPES, write_projects
from inventory.actions.imports.sites import write_sites
from inventory.imports.cells.places import Geography, describe_surroundings, find_land
from inventory.imports.messages import MESSAGES
from inventory.imports.model.mapping import ModelMapping
from inventory.imports.model.place import HAND, PlaceTold, choose_place
from inventory.imports.refusal import FileRefusedError
from inventory.imports.shared_places import SiteRow
from inventory.queries.imports.model_targets import ModelTarget, find_target_projects, find_target_sites
from inventory.tables import SiteKind, stable_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a model goes. `place` is what is written to the site, None where it stays as it is."""

    id: uuid.UUID
    site_id: uuid.UUID
    ref: str
    name: str
    new: bool
    place: PlaceTold | None
    standing: tuple[float, float] | None
    window: tuple[date, date] | None
    firmness: str | None


def find_target(session: Session, *, mapping: ModelMapping, places: list[PlaceTold], file: str) -> Target:
    """Find the site or project of a model, or make ready a new one.

    Parameters
    ----------
    session
        To look it up.
    mapping
        Says which.
    places
        From `inventory.imports.model.place.list_places`.
    file
        Name of the model, for errors.

    Raises
    ------
    FileRefusedError
        ``target_unknown`` (none is named, or an id is nobody's), ``target_ambiguous``, ``point_wrong``, or
        ``place_missing``: it is new, and nothing says where it stands.
    """
    lots = mapping.kind == "lots"
    words = ("sted", "site") if lots else ("projekt", "project")
    told = mapping.target
    if not told:
        raise FileRefusedError(file=file, code="target_unknown", found='""', expected=words)
    there = (find_target_sites if lots else find_target_projects)(session, told=told)
    if len(there) > 1:
        refs = ", ".join(one.ref for one in there)
        raise FileRefusedError(file=file, code="target_ambiguous", found=told, expected=refs)
    if not there and _is_uuid(told):
        raise FileRefusedError(file=file, code="target_unknown", found=told, expected=words)
    by_hand = next((one for one in places if one.source == HAND), None)
    if by_hand is not None and by_hand.xy is None:
        said = MESSAGES[by_hand.problem]
        why = (said.da, said.en)
        raise FileRefusedError(file=file, code="point_wrong", found=by_hand.told, expected=why)
    place = choose_place(places)
    if there:
        return _take(there[0], place=place)
    if place is None:
        raise FileRefusedError(file=file, code="place_missing", found=told, expected=_say_places(places))
    return Target(
        id=stable_id("site", SiteKind.DONOR, told) if lots else stable_id("project", told),
        site_id=stable_id("site", SiteKind.DONOR if lots else SiteKind.PROJECT, told),
        ref=told,
        name=mapping.name or told,
        new=True,
        place=place,
        standing=None,
        window=None,
        firmness=None,
    )


def _say_places(places: list[PlaceTold]) -> tuple[str, str]:
    """Say in Danish and in English why none of the places will do."""
    said = [(one.told, MESSAGES.get(one.problem)) for one in places]
    return (
        "; ".join(f"{words} ({'-' if why is None else why.da})" for words, why in said) or "-",
        "; ".join(f"{words} ({'-' if why is None else why.en})" for words, why in said) or "-",
    )


def _take(there: ModelTarget, *, place: PlaceTold | None) -> Target:
    standing = None if there.x is None or there.y is None else (there.x, there.y)
    moved = place is not None and (standing is None or place.source == HAND)
    return Target(
        id=there.id,
        site_id=there.site_id,
        ref=there.ref,
        name=there.name,
        new=False,
        place=place if moved else None,
        standing=standing,
        window=there.window,
        firmness=there.firmness,
    )


def write_target(session: Session, *, target: Target, kind: str, geography: Geography) -> None:
    """Write the site at its place, and the project, where they are new or moved."""
    if target.place is None or target.place.xy is None:
        return
    xy = np.array([target.place.xy])
    around = describe_surroundings(xy, lands=find_land(xy, geography=geography), geography=geography)
    site = SiteRow(
        id=target.site_id,
        ref=target.ref,
        name=target.name if target.new else None,
        organisation=None,
        municipality=around.municipality[0] or None,
        town=around.town[0] or None,
        x=float(xy[0, 0]),
        y=float(xy[0, 1]),
        land_mass=around.land_mass[0] or None,
        road_node=around.road_node[0] or None,
        rows=(),
    )
    lots = kind == "lots"
    write_sites(session, kind=SiteKind.DONOR if lots else SiteKind.PROJECT, rows=[site.make_row()])
    if not lots and target.new:
        told = {"id": target.id, "ref": target.ref, "name": target.name, "site_id": target.site_id}
        write_projects(session, rows=[tuple(told.get(name) for name in PROJECT_TYPES)])


def _is_uuid(told: str) -> bool:
    try:
        uuid.UUID(told)
    except ValueError:
        return False
    return True
