# SPDX-License-Identifier: EUPL-1.2
"""The columns of a file of demolitions: one table of header names, Danish and English."""

from dataclasses import replace

from inventory.imports.headers import Column, Layout
from inventory.imports.layouts.lots import LOT_LAYOUT
from inventory.imports.layouts.shared import ADDRESS_COLUMNS, PLACE_COLUMNS

_BUILDING = replace(
    LOT_LAYOUT.by_name["bbr_id"],
    help_da="Bygningens id_lokalId, når den er indlæst.",
    help_en="The building's id_lokalId where it has been imported.",
)
_SELLABLE = replace(
    LOT_LAYOUT.by_name["sellable_from"],
    help_da="Den dag, kontrakten overdrager materialerne; tom: som det er sagt før.",
    help_en="The day on which the contract passes the materials on; empty: as said before.",
    example_da="",
    example_en="",
)
_PLACES = {column.name: column for column in PLACE_COLUMNS}
_CONTRACTOR = replace(
    _PLACES["organisation"],
    da="Nedrivningsfirma",
    en="Contractor",
    also=("entreprenør", "nedriver", "firma", "organisation", "organization", "company", "demolition firm"),
    help_da="Hvem der river ned og udbyder partierne; tom: som det er kendt.",
    help_en="Who takes it down and offers the lots; empty: as known.",
)


def _day(name: str, da: str, en: str, help_da: str, help_en: str, *, example: str = "") -> Column:
    year, month, day = example.split("-") if example else ("", "", "")
    return Column(
        name=name,
        da=da,
        en=en,
        kind="date",
        help_da=help_da,
        help_en=help_en,
        example_da=f"{day}-{month}-{year}" if example else "",
        example_en=example,
    )


DEMOLITION_LAYOUT = Layout(
    kind="demolitions",
    required=("firmness", "source_kind", "start_likely", "end_likely"),
    one_of=(("bbr_id", "site_ref", "address"),),
    columns=(
        _BUILDING,
        Column(
            name="site_ref",
            da="Stedreference",
            en="Site reference",
            kind="text",
            also=("site", "stednr", "sag", "sagsnr", "case", "case no"),
            help_da="Stedets eget nummer, når bygningen ikke er indlæst; så skal det have en koordinat.",
            help_en="The site's own number where the building is not imported; it needs a coordinate then.",
            example_da="SAG-17",
            example_en="CASE-17",
        ),
        Column(
            name="site_name",
            da="Stednavn",
            en="Site name",
            kind="text",
            also=("sted", "navn", "name"),
            help_da="Stedets navn.",
            help_en="The site's name.",
            example_da="Skolen ved åen",
            example_en="The school by the stream",
        ),
        *ADDRESS_COLUMNS,
        *(column for name, column in _PLACES.items() if not name.startswith("organisation")),
        Column(
            name="firmness",
            da="Trin",
            en="Stage",
            kind="word",
            words="firmness",
            also=("status", "nedrivningens status", "sikkerhed", "fase"),
            help_da="Hvor sikkert det er, at bygningen kommer ned.",
            help_en="How sure it is that the building comes down.",
            example_da="tilladelse søgt",
            example_en="permit applied",
        ),
        Column(
            name="source_kind",
            da="Kendt fra",
            en="Known from",
            kind="word",
            words="demolition_source",
            also=("kildetype", "kind of source"),
            help_da="Hvad nedrivningen er kendt fra.",
            help_en="What the demolition is known from.",
            example_da="udbud",
            example_en="tender",
        ),
        Column(
            name="source",
            da="Kilde",
            en="Source",
            kind="text",
            also=("papir", "paper", "kilde til dagene"),
            help_da="Det papir eller den person, der siger det; tom: filen selv.",
            help_en="The paper or person that says so; empty: the file itself.",
            example_da="Udbud 2026-114",
            example_en="Tender 2026-114",
        ),
        _day(
            "source_date",
            "Kildens dato",
            "Source dated",
            "Hvornår kilden sagde det; tom: den dag, filen indlæses.",
            "When the source said so; empty: the day the file is imported.",
            example="2026-10-01",
        ),
        _day(
            "start_early", "Start tidligst", "Start early", "Tom: den sandsynlige.", "Empty: the likely one."
        ),
        _day(
            "start_likely",
            "Start sandsynligt",
            "Start likely",
            "Første dag, som det nu ser ud.",
            "The first day, as things stand.",
            example="2027-03-01",
        ),
        _day("start_late", "Start senest", "Start late", "Tom: den sandsynlige.", "Empty: the likely one."),
        _day(
            "end_early",
            "Slut tidligst (ikke med)",
            "End early (exclusive)",
            "Tom: den sandsynlige.",
            "Empty: the likely one.",
        ),
        _day(
            "end_likely",
            "Slut sandsynligt (ikke med)",
            "End likely (exclusive)",
            "Dagen efter den sidste, som det nu ser ud.",
            "The day after the last, as things stand.",
            example="2027-06-01",
        ),
        _day(
            "end_late",
            "Slut senest (ikke med)",
            "End late (exclusive)",
            "Tom: den sandsynlige.",
            "Empty: the likely one.",
        ),
        Column(
            name="notice_days",
            da="Varsel (dage)",
            en="Notice (days)",
            kind="integer",
            also=("varsel", "notice", "notice days"),
            help_da="Hvor længe før første dag det siges sikkert; tom: ikke aftalt.",
            help_en="How long before the first day it is told for sure; empty: not agreed.",
            example_da="30",
            example_en="30",
        ),
        _CONTRACTOR,
        _PLACES["organisation_kind"],
        Column(
            name="owner",
            da="Ejer",
            en="Owner",
            kind="text",
            also=("bygherre", "bygningsejer", "materialernes ejer", "building owner", "builder"),
            help_da="Hvem der ejer materialerne; tom: som det er sagt før.",
            help_en="Who owns the materials; empty: as said before.",
            example_da="Odense Kommune",
            example_en="Odense Kommune",
        ),
        _SELLABLE,
    ),
)
