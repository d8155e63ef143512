# SPDX-License-Identifier: EUPL-1.2
"""What is said of laboratory results, in Danish and in English."""

from inventory.screening.reading import ReadingError

SAMPLE_WORDS: dict[str, tuple[str, str]] = {
    "file_refused": (
        "Kan ikke læse {file}: {why}. Intet er gemt.",
        "Cannot read {file}: {why}. Nothing was taken.",
    ),
    "rows_refused": (
        "{file} har celler, der ikke kan læses. Intet er gemt; ret dem, og send filen igen:",
        "{file} has cells that cannot be read. Nothing was taken; mend them and send the file again:",
    ),
    "too_large": ("den er større end {megabytes} MB", "it is larger than {megabytes} MB"),
    "no_text": ("det er ikke en tekstfil; gem den som CSV", "it is no text file; save it as CSV"),
    "empty_file": ("den er tom", "it is empty"),
    "unreadable": ("tabellen er i stykker ({why})", "the table is broken ({why})"),
    "columns_missing": (
        "første række mangler {missing}; den skal have {columns}",
        "the first row lacks {missing}; it is to hold {columns}",
    ),
    "columns_twice": (
        "to kolonner har samme navn; første række skal have {columns}",
        "two columns have one name; the first row is to hold {columns}",
    ),
    "in_row": ("række {row}, {what}", "row {row}, {what}"),
    "cell_empty": ("kolonnen {column}: tom, forventet en tekst", "column {column}: empty, expected a text"),
    "no_lot": (
        "kolonnen lot: {lot!r}: intet kortlagt parti af det navn på stedet {site!r}",
        "column lot: {lot!r}: no surveyed lot of that name at site {site!r}",
    ),
    "several_lots": (
        "kolonnen lot: {lot!r}: flere kortlagte partier af det navn på stedet {site!r}",
        "column lot: {lot!r}: several surveyed lots of that name at site {site!r}",
    ),
    "substance": (
        "kolonnen substance: {found!r}, forventet et stof som {near}",
        "column substance: {found!r}, expected one such as {near}",
    ),
    "reading": ("kolonnerne result og unit: {why}", "columns result and unit: {why}"),
    "sampled_on": (
        "kolonnen sampled_on: {found!r}, forventet en dag til og med {today}",
        "column sampled_on: {found!r}, expected a day up to {today}",
    ),
    "twice": (
        (
            "kolonnen result: {found!r}: række {first} siger {other!r} om samme parti, sted, stof og dag;"
            " giv det andet sted eller den anden dag"
        ),
        (
            "column result: {found!r}: row {first} says {other!r} of the same lot, place, substance and day;"
            " give the other place or day"
        ),
    ),
    "reading_presence": (
        "Resultatet {text!r} i enheden {unit!r} kan ikke læses: forventet påvist eller ikke påvist",
        "Cannot read the result {text!r} in unit {unit!r}: expected detected or not detected",
    ),
    "reading_unit": (
        "Resultatet {text!r} i enheden {unit!r} kan ikke læses: forventet en enhed som {units}",
        "Cannot read the result {text!r} in unit {unit!r}: expected a unit such as {units}",
    ),
    "reading_number": (
        (
            "Resultatet {text!r} i enheden {unit!r} kan ikke læses: forventet et tal som 12,5, eller <0,1"
            " under detektionsgrænsen"
        ),
        (
            "Cannot read the result {text!r} in unit {unit!r}: expected a number such as 12.5, or <0.1 below"
            " detection"
        ),
    ),
    "changed": (
        (
            "Prøven af {substance} taget ved {place} den {sampled_on} findes allerede og siger {found}, ikke"
            " {wanted}. Giv et andet sted eller en anden dag, hvis det er en anden prøve."
        ),
        (
            "There is a sample of {substance} taken at {place} on {sampled_on} already, and it says {found},"
            " not {wanted}. Give another place or day where it is another sample."
        ),
    ),
    "estimate": (
        "Partiet {lot_id} er et skøn, som det næste skøn erstatter. Kortlæg det først.",
        "The lot {lot_id} is an estimate, which the next one replaces. Survey it first.",
    ),
    "look_again": (
        (
            "Se efter: {substance} {value} {unit} fra {laboratory}, {sampled_on}, står ved {place}"
            " på parti {lot_id} og ved {other_place} på parti {other_lot_id}. Er én rapport brugt to gange?"
        ),
        (
            "Look again: {substance} {value} {unit} of {laboratory}, {sampled_on}, stands at {place}"
            " of lot {lot_id} and at {other_place} of lot {other_lot_id}. Is one report used twice?"
        ),
    ),
    "added": ("{count} prøver gemt.", "{count} samples added."),
    "still_open": ("mangler stadig: {substances}", "still to be looked for: {substances}"),
}


SCREENING_WORDS = {
    "clean": ("ren", "clean"),
    "contaminated": ("forurenet", "contaminated"),
    "hazardous": ("farlig", "hazardous"),
    "unknown": ("kan ikke afgøres", "unknown"),
}
"""What a lot is found to be."""


def say_sample(code: str, *, language: str, **details: object) -> str:
    """Say something of a sample in ``da`` or ``en``."""
    return SAMPLE_WORDS[code][0 if language == "da" else 1].format_map(details)


def say_reading(error: ReadingError, *, language: str) -> str:
    """Say why a laboratory's result cannot be read, in ``da`` or ``en``."""
    details = error.details
    return say_sample(
        f"reading_{details['code']}",
        language=language,
        text=details["text"],
        unit=details["unit"],
        units=details.get("units", ""),
    )
