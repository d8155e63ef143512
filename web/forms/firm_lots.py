# SPDX-License-Identifier: EUPL-1.2
"""Which of a firm's lots the address asks for: read, and written back into links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from werkzeug.datastructures import MultiDict

from inventory.queries.keyset import Place, Turn
from inventory.queries.lots.of_firm import MISSING, SORTS, UNDECIDED, FirmLotFilter
from inventory.tables import Basis, Documentation, LotStatus, Reuse, Screening
from web.page_turn import read_turn
from web.words.firms import WITHIN

_LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmLotView:
    """A filter with its order; `arguments` are the parameters that give it again, `wrong` those not known."""

    filters: FirmLotFilter
    sort: str
    descending: bool
    turn: Turn[Place]
    arguments: dict[str, object]
    wrong: tuple[str, ...]

    @property
    def filtered(self) -> bool:
        """Whether anything narrows the table."""
        return bool(set(self.arguments) - {"organisation", "sort", "order"})


def read_view(
    sent: MultiDict[str, str], *, organisation_id: UUID, classes: set[str], sites: set[UUID], today: date
) -> FirmLotView:
    """Read a view of the table.

    Parameters
    ----------
    sent
        Parameters of the address; a value that is not known is left out and named.
    organisation_id
        Whose lots.
    classes, sites
        Codes and ids that may be asked for.
    today
        The day from which decide-by days are counted.
    """
    wrong: list[str] = []

    def choose(name: str, known: set[str]) -> str | None:
        value = sent.get(name, "").strip()
        if value and value not in known:
            wrong.append(name)
        return value if value in known else None

    def choose_all(name: str, known: list[str]) -> tuple[str, ...]:
        values = {value.strip() for value in sent.getlist(name)} - {""}
        if values - set(known):
            wrong.append(name)
        return tuple(code for code in known if code in values)

    statuses = choose_all("status", [code.value for code in LotStatus])
    missing = choose_all("missing", list(MISSING))
    site = choose("site", {str(one) for one in sites})
    basis = choose("basis", {Basis.ESTIMATED.value, "all"})
    within = choose("within", set(WITHIN))
    text = " ".join(sent.get("q", "").replace("\x00", "").split())[:_LONGEST_TEXT] or None
    plain = {
        "class": choose("class", classes),
        "screening": choose("screening", {code.value for code in Screening}),
        "documentation": choose("documentation", {code.value for code in Documentation}),
        "reuse": choose("reuse", {UNDECIDED, *(code.value for code in Reuse)}),
    }
    sort, descending = choose("sort", set(SORTS)), sent.get("order") == "desc"
    arguments: dict[str, object] = {
        "organisation": organisation_id,
        "q": text,
        "status": list(statuses),
        "site": site,
        **plain,
        "within": within,
        "missing": list(missing),
        "basis": basis,
        "sort": sort,
        "order": "desc" if sort and descending else None,
    }
    return FirmLotView(
        filters=FirmLotFilter(
            organisation_id=organisation_id,
            statuses=statuses,
            class_code=plain["class"],
            site_id=UUID(site) if site else None,
            screening=plain["screening"],
            documentation=plain["documentation"],
            reuse=plain["reuse"],
            decide_before=today + timedelta(days=WITHIN[within][0] + 1) if within else None,
            missing=missing,
            basis={None: Basis.SURVEYED.value, "all": None}.get(basis, basis),
            text=text,
        ),
        sort=sort or "ref",
        descending=bool(sort) and descending,
        turn=read_turn(sent),
        arguments={name: value for name, value in arguments.items() if value},
        wrong=tuple(wrong),
    )
