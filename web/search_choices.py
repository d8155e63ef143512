# SPDX-License-Identifier: EUPL-1.2
"""What the long lists of a search offer: classes, municipalities and regions."""

from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from inventory.queries.choices import (
    find_class_codes,
    read_class_choices,
    read_municipality_choices,
    read_region_choices,
)
from inventory.queries.reading import Session
from web.language import pick

INDENT = "\N{EN SPACE}" * 2
"""What a class stands to the right of the one above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchChoices:
    """What the long lists offer: (code, label), in the order shown."""

    classes: list[tuple[str, str]]
    municipalities: list[tuple[str, str]]
    regions: list[tuple[str, str]]


def read_choices(session: Session, *, today: date) -> SearchChoices:
    """Read what the long lists offer, classes indented by their place in the tree."""
    return SearchChoices(
        classes=[(one.code, INDENT * one.depth + pick(one)) for one in read_class_choices(session)],
        municipalities=read_municipality_choices(session),
        regions=read_region_choices(session, today=today),
    )


def read_codes(session: Session, arguments: MultiDict[str, str], *, today: date) -> SearchChoices:
    """Read of the long lists what an address speaks of, for whoever shows none; classes without labels."""
    return SearchChoices(
        classes=[(code, "") for code in find_class_codes(session, arguments.getlist("class"))],
        municipalities=read_municipality_choices(session) if "municipality" in arguments else [],
        regions=read_region_choices(session, today=today) if "region" in arguments else [],
    )
