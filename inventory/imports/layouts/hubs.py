# SPDX-License-Identifier: EUPL-1.2
"""The columns of a file of storage hubs: one table of header names, Danish and English."""

from dataclasses import replace

from inventory.imports.headers import Column, Layout
from inventory.imports.layouts.shared import PLACE_COLUMNS

_KEEPER = replace(
    next(column for column in PLACE_COLUMNS if column.name == "organisation"),
    help_da="Hvem der driver hubben.",
    help_en="Who runs the hub.",
    example_da="Odense Kommune",
    example_en="Odense Kommune",
)
_KEEPER_KIND = replace(
    next(column for column in PLACE_COLUMNS if column.name == "organisation_kind"),
    example_da="kommune",
    example_en="municipality",
)

HUB_LAYOUT = Layout(
    kind="hubs",
    required=("ref",),
    columns=(
        Column(
            name="ref",
            da="Hubreference",
            en="Hub reference",
            kind="text",
            also=("hub", "hub ref", "hubnr", "reference", "nr", "no", "lager", "depot"),
            help_da="Hubbens eget nummer; partier, der ligger her, skriver det som stedreference.",
            help_en="The hub's own number; lots that lie here give it as their site reference.",
            example_da="HUB-ODENSE",
            example_en="HUB-ODENSE",
        ),
        Column(
            name="name",
            da="Hubnavn",
            en="Hub name",
            kind="text",
            also=("navn", "name", "hubbens navn"),
            help_da="Hubbens navn; tom: referencen.",
            help_en="The hub's name; empty: its reference.",
            example_da="Genbrugshub Odense havn",
            example_en="Reuse hub, Odense harbour",
        ),
        *(column for column in PLACE_COLUMNS if not column.name.startswith("organisation")),
        _KEEPER,
        _KEEPER_KIND,
        Column(
            name="area_m2",
            da="Areal (m2)",
            en="Area (m2)",
            kind="integer",
            also=("areal", "plads", "gulvareal", "area", "floor", "floor area"),
            help_da="Gulv, der er plads på i hver måned, i m2; tom: så meget nogen vil have.",
            help_en="Floor there is in each month, in m2; empty: as much as anybody wants.",
            example_da="600",
            example_en="600",
        ),
        Column(
            name="price_dkk_per_m2_day",
            da="Pris (kr. pr. m2 og dag)",
            en="Price (DKK per m2 and day)",
            kind="money",
            also=("lejepris", "leje", "rent", "price per m2 and day", "pris pr m2 og dag"),
            help_da="Kroner uden moms for en m2 i et døgn; tom: faktoren for hubber.",
            help_en="DKK without VAT for a m2 for a day; empty: the factor for hubs.",
            example_da="0,80",
            example_en="0.80",
        ),
        Column(
            name="open_from",
            da="Åben fra",
            en="Open from",
            kind="date",
            also=("åbner", "opens"),
            help_da="Første dag, hubben tager imod; tom: den er åben.",
            help_en="The first day it receives; empty: it is open.",
            example_da="01-01-2027",
            example_en="2027-01-01",
        ),
        Column(
            name="open_to",
            da="Åben til (ikke med)",
            en="Open to (exclusive)",
            kind="date",
            also=("lukker", "closes"),
            help_da="Første dag, hubben ikke længere udleverer; tom: den lukker ikke.",
            help_en="The first day on which it hands nothing out any more; empty: it does not close.",
        ),
        Column(
            name="opening_hours",
            da="Åbningstider",
            en="Opening hours",
            kind="text",
            also=("åbningstid", "hours", "opening"),
            help_da="Hvornår der kan leveres og hentes, i fri tekst.",
            help_en="When one can deliver and fetch, in free text.",
            example_da="Man-fre 7-15, efter aftale",
            example_en="Mon-Fri 7-15, by appointment",
        ),
    ),
)
