# SPDX-License-Identifier: EUPL-1.2
"""The charts of what reuse saves: money as a waterfall, emissions as bars, components against the limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from inventory.savings.account import Account
from inventory.savings.held import HeldAgainst
from web.charts.drawing import ChartRow, Drawing, Mark, Segment, draw_rows
from web.figures import show_co2e, show_money, show_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its name, what it shows in a sentence, and its keys (kind and words)."""

    name: str
    title: str
    description: str
    keys: list[tuple[str, str]]
    wide: Drawing
    narrow: Drawing


def _make(
    name: str,
    *,
    title: str,
    description: str,
    keys: list[tuple[str, str]],
    rows: list[ChartRow],
    mark: Mark | None = None,
) -> Chart:
    return Chart(
        name=name,
        title=title,
        description=description,
        keys=keys,
        wide=draw_rows(rows, mark=mark),
        narrow=draw_rows(rows, mark=mark, narrow=True),
    )


def draw_money(account: Account) -> Chart:
    """Draw the money as a waterfall: new, then each part of the reused, then what is saved between them."""
    dismantling = _("Dismantling")
    at, rows = 0, [_total(_("Bought new"), account.new_ore, kind="new")]
    parts = [
        (_("Price"), account.price_ore),
        (dismantling, account.dismantling_ore),
        (_("Preparation"), account.preparation_ore),
        (_("Transport"), account.carriage_ore),
        (_("Storage"), account.storage_ore),
        (_("Disposal avoided"), -account.disposal_ore),
    ]
    if not account.count_transfers and account.transfer_ore:
        parts.append((_("Between public bodies"), -account.transfer_ore))
    for label, ore in parts:
        kind = "cost" if ore >= 0 else "gain"
        unknown = label == dismantling and not ore and account.dismantling_unknown
        rows.append(
            ChartRow(
                label=label,
                value=_("not known") if unknown else _signed(ore),
                segments=[Segment(start=at, end=at + ore, kind=kind)],
                ends_at=at + ore,
            )
        )
        at += ore
    rows.append(_total(_("Reused"), account.reused_ore, kind="reused", ends_at=account.reused_ore))
    saved = account.saved_ore
    rows.append(
        ChartRow(
            label=_("Saved") if saved >= 0 else _("Dearer"),
            value=show_money(abs(saved)),
            segments=[
                Segment(start=account.reused_ore, end=account.new_ore, kind="gain" if saved >= 0 else "cost")
            ],
            strong=True,
        )
    )
    return _make(
        "money",
        title=_("Money, from new to reused"),
        description=_(
            "What reuse replaces costs %(new)s new. Reused it costs %(reused)s in all: %(saved)s saved.",
            new=show_money(account.new_ore),
            reused=show_money(account.reused_ore),
            saved=show_money(saved),
        ),
        keys=[
            ("new", _("Bought new")),
            ("cost", _("Costs")),
            ("gain", _("Saves")),
            ("reused", _("Reused in all")),
        ],
        rows=rows,
    )


def _total(label: str, ore: int, *, kind: str, ends_at: float | None = None) -> ChartRow:
    return ChartRow(
        label=label,
        value=show_money(ore),
        segments=[Segment(start=0, end=ore, kind=kind)],
        strong=True,
        ends_at=ends_at,
    )


def _signed(ore: int) -> str:
    return f"+{show_money(ore)}" if ore > 0 else show_money(ore)


def draw_co2e(account: Account) -> Chart:
    """Draw the emissions with and without transport, and apart from them what the regulations count."""
    prepared, carried = account.co2e_preparation_g, account.co2e_transport_g
    rows = [
        _bar(_("Bought new"), account.co2e_new_g, kind="new"),
        _bar(_("Reused, before transport"), prepared, kind="cost"),
        ChartRow(
            label=_("Reused, with transport"),
            value=show_co2e(prepared + carried),
            segments=[
                Segment(start=0, end=prepared, kind="cost"),
                Segment(start=prepared, end=prepared + carried, kind="carriage"),
            ],
        ),
        _bar(_("Saved, before transport"), account.co2e_before_transport_g, kind="gain-pale"),
        _bar(_("Saved in reality"), account.co2e_real_g, kind="gain", strong=True),
        _bar(_("Saved as BR18 counts"), account.co2e_regulatory_g, kind="reused", strong=True),
    ]
    return _make(
        "co2e",
        title=_("CO₂e, with and without transport"),
        description=_(
            "New emits %(new)s, reused %(reused)s with transport: %(saved)s saved in reality. The building"
            " regulations count %(regulatory)s as saved.",
            new=show_co2e(account.co2e_new_g),
            reused=show_co2e(prepared + carried),
            saved=show_co2e(account.co2e_real_g),
            regulatory=show_co2e(account.co2e_regulatory_g),
        ),
        keys=[
            ("new", _("Bought new")),
            ("cost", _("Preparation")),
            ("carriage", _("Transport")),
            ("gain", _("Saved in reality")),
            ("reused", _("Saved as BR18 counts")),
        ],
        rows=rows,
    )


def _bar(label: str, grams: int, *, kind: str, strong: bool = False) -> ChartRow:
    return ChartRow(
        label=label,
        value=show_co2e(grams),
        segments=[Segment(start=0, end=grams, kind=kind)],
        strong=strong,
    )


def draw_limit(held: HeldAgainst) -> Chart | None:
    """Draw the project's components against its limit; None where something to do so is missing."""
    if held.limit is None or held.all_new is None or held.counted is None or held.emitted is None:
        return None
    limit = held.limit.kg_per_m2_year
    rows = [
        _year(_("All bought new"), held.all_new, kind="new"),
        _year(_("With reuse, as BR18 counts"), held.counted, kind="reused", strong=True),
        _year(_("With reuse, in reality"), held.emitted, kind="gain"),
    ]
    return _make(
        "limit",
        title=_("The components against the limit, kg CO₂e/m² a year"),
        description=_(
            "The components alone take %(counted)s of the limit of %(limit)s kg CO₂e per m² and year with"
            " this reuse, and %(new)s were they all bought new. The rest of the building comes beside them.",
            counted=show_number(held.counted, decimals=2),
            new=show_number(held.all_new, decimals=2),
            limit=show_number(limit, decimals=1),
        ),
        keys=[
            ("new", _("Bought new")),
            ("reused", _("With reuse, as BR18 counts")),
            ("gain", _("With reuse, in reality")),
            ("mark", _("The limit")),
        ],
        rows=rows,
        mark=Mark(value=float(limit), label=_("Limit %(limit)s", limit=show_number(limit, decimals=1))),
    )


def _year(label: str, value: Decimal, *, kind: str, strong: bool = False) -> ChartRow:
    return ChartRow(
        label=label,
        value=show_number(value, decimals=2),
        segments=[Segment(start=0, end=float(value), kind=kind)],
        strong=strong,
    )
