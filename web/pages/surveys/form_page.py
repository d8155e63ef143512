# SPDX-License-Identifier: EUPL-1.2
"""The page with the form of a lot: empty, as it stands, or as it was sent with what is to be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask import render_template

from inventory.actions.surveys.survey import read_survey
from inventory.actions.surveys.surveyed_lot import write_version
from inventory.queries.attachments import read_attachments, read_removed
from inventory.queries.lots.life import find_undoable
from inventory.queries.offers import AnyRow
from inventory.queries.surveys.classes import read_survey_classes
from inventory.queries.surveys.pages import read_begun, read_survey_lots
from inventory.queries.surveys.surveys import read_history, read_rooms
from web.language import pick
from web.pages.surveys.answers import remembered_by
from web.pages.surveys.fields import FIELDS, GROUPS, OPEN_GROUPS, Field, Kind
from web.pages.surveys.finding import find_building
from web.pages.surveys.history import tell_history
from web.pages.surveys.reading import NEW_FLOOR, NEW_ROOM, begin_typed, write_typed
from web.session import get_session
from web.site_names import name_site_apart
from web.uploads import LARGEST_PHOTOS


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that two versions of a lot fill differently, each as a person reads it."""

    label: str
    now: str
    sent: str


def show_new(
    site_id: UUID,
    *,
    lot_id: UUID | None = None,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    """Show the form of a lot not written down yet; its id is chosen here, so that it is written once."""
    return render_template(
        "survey_new_lot.html",
        **_list_choices(site_id),
        typed=typed or begin_typed(),
        errors=errors or {},
        lot_id=lot_id or uuid4(),
        largest_mb=LARGEST_PHOTOS // 1_000_000,
    )


def show_lot(
    lot: AnyRow,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    sent: str = "",
    version: str = "",
    changed: bool = False,
) -> str:
    """Show a surveyed lot with its form and history.

    Parameters
    ----------
    lot
        As `read_survey_lot` gives it.
    typed, errors, sent, version
        What was sent and refused; as the lot stands where nothing was.
    changed
        Whether it was refused because the lot is not as it was when the form was opened: both are shown,
        and saving once more takes what was typed.
    """
    session = get_session()
    stands = read_survey(session, lot_id=lot.id)
    written = write_typed(stands, code=lot.code, step=lot.step)
    choices = _list_choices(lot.site_id)
    sites = _list_sites(choices["site"])
    return render_template(
        "survey_lot.html",
        **choices,
        lot=lot,
        typed=typed or written,
        errors=errors or {},
        sent=sent or uuid4(),
        files_key=uuid4(),
        version=write_version(stands) if changed or not version else version,
        differences=_compare(written, typed, choices=choices) if changed and typed else [],
        sites=sites,
        amount=lot.quantity * lot.step,
        reuse=lot.reuse,
        others=[
            other
            for other in read_survey_lots(session, site_id=lot.site_id)
            if other.class_id == lot.class_id and other.id != lot.id and other.quantity > 0
        ],
        undoable=find_undoable(session, lot_id=lot.id),
        files=read_attachments(session, owner="lot", owner_id=lot.id),
        removed_files=read_removed(session, owner="lot", owner_id=lot.id),
        largest_mb=LARGEST_PHOTOS // 1_000_000,
        history=tell_history(
            read_history(session, lot_id=lot.id),
            classes=choices["classes"],
            rooms=choices["rooms"],
            step=lot.step,
            unit=lot.unit,
            sites=sites,
        ),
    )


def _list_choices(site_id: UUID) -> dict[str, Any]:
    session = get_session()
    classes = read_survey_classes(session)
    return {
        "site": find_building(site_id),
        "fields": FIELDS,
        "groups": GROUPS,
        "open_groups": OPEN_GROUPS,
        "classes": classes,
        "rooms": read_rooms(session, site_id=site_id),
        "by": remembered_by(),
    }


def _list_sites(site: Any) -> list[tuple[str, str]]:
    """List the buildings a lot may be moved to: the surveys begun, and its own first."""
    others = [row for row in read_begun(get_session()).rows if row.id != site.id]
    return [(str(row.id), name_site_apart(row)) for row in (site, *others)]


def _compare(
    now: Mapping[str, str], sent: Mapping[str, str], *, choices: Mapping[str, Any]
) -> list[Difference]:
    lists = {"classes": choices["classes"], "rooms": choices["rooms"]}
    differences = []
    for field in FIELDS:
        # left empty, a field takes what the form begins with, and the number stays
        text = sent.get(field.name) or field.default or (now["ref"] if field.name == "ref" else "")
        read_now, read_sent = (show_text(field, one, **lists) for one in (now[field.name], text))
        if field.kind is Kind.ROOM and sent.get(NEW_ROOM):
            read_sent = ", ".join(sent[name] for name in (NEW_FLOOR, NEW_ROOM) if sent.get(name))
        if read_now != read_sent:
            differences.append(Difference(label=str(field.label), now=read_now, sent=read_sent))
    return differences


def show_text(field: Field, text: str, *, classes: Sequence[Any], rooms: Sequence[Any]) -> str:
    """Write what is typed into a field as a person reads it: codes and ids by their names."""
    if not text:
        return "–"
    if field.kind is Kind.MATERIAL:
        return next((pick(one) for one in classes if one.code == text), text)
    if field.kind is Kind.ROOM:
        return next((name_room(room) for room in rooms if str(room.id) == text), text)
    if field.choices is not None:
        return str(field.choices.get(text, text))
    return f"{text} {field.unit}" if field.unit else text


def name_room(room: Any) -> str:
    """Name a room with its floor."""
    return f"{room.floor}, {room.name}" if room.floor else str(room.name)
