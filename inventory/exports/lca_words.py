# SPDX-License-Identifier: EUPL-1.2
"""What stands on the climate sheet of a project, in Danish and in English."""

HEADS = {
    "lca": (
        "requirement", "material", "from", "quantity", "unit", "kg", "a1a3", "c3", "c4", "stages",
        "counts_as", "counted", "preparation", "transport", "km", "loads", "reason", "factor",
    ),
    "lca_wide": (
        "edition", "source",
    ),
    "factors": (
        "number", "figure", "material", "value", "low", "high", "unit", "status", "valid_from", "valid_to",
        "edition", "source",
    ),
    "limits": (
        "kind", "limit_value", "valid_from", "valid_to", "verified", "source",
    ),
}  # fmt: skip
"""Columns of each table."""

WORDS: dict[str, tuple[str, str]] = {
    "lca": ("Klimaberegning: komponenter", "Climate calculation: components"),
    "factors": ("Faktorer", "Factors"),
    "limits": ("Grænseværdier", "Limits"),
    "written": ("Skrevet af Genbro {day}.", "Written by Genbro on {day}."),
    "lca_note": (
        (
            "Kun de komponenter, projektet søger i Genbro: resten af bygningens klimaberegning lægges"
            " til. Brugte produkter regnes som 0 kg; overskud, genanvendt og det, der ikke er afgjort,"
            " regnes som nyt."
        ),
        (
            "Only the components the project seeks in Genbro: the rest of the building's climate"
            " calculation is to be added. Used products count 0 kg; surplus, recycled and what is not"
            " decided count as new."
        ),
    ),
    "by_plan": ("Tallene er planens fra {day}.", "The figures are those of the plan of {day}."),
    "by_answer": (
        "Ingen plan har set på projektet: tallene er det øjeblikkelige svars.",
        "No plan has looked at the project: the figures are those of the instant answer.",
    ),
    "page": ("Side", "Page"),
    "project": ("Projekt", "Project"),
    "builder": ("Bygherre", "Client"),
    "building_type": ("Bygningstype", "Building type"),
    "area": ("Etageareal", "Floor area"),
    "limit": ("Grænseværdi", "Limit"),
    "limit_day": ("Dag, grænsen er slået op", "Day the limit is looked up for"),
    "day_given": ("opgivet", "given"),
    "day_project": (
        "projektets start; ansøgningens dag afgør som regel, ikke verificeret",
        "the project's start; the day of the application decides as a rule, not verified",
    ),
    "day_today": (
        "i dag; ansøgningens dag afgør som regel, ikke verificeret",
        "today; the day of the application decides as a rule, not verified",
    ),
    "all_new": ("Komponenterne købt nye", "The components bought new"),
    "counted_year": ("Med genbruget, som BR18 regner", "With the reuse, as BR18 counts"),
    "emitted_year": ("Med genbruget, i virkeligheden", "With the reuse, in reality"),
    "missing": ("Mangler", "Missing"),
    "missing_area": ("Projektets etageareal er ikke oplyst.", "The project's floor area is not said."),
    "missing_building_type": (
        "Projektets bygningstype er ikke oplyst.",
        "The project's building type is not said.",
    ),
    "missing_unknown_type": (
        "Bygningstypen er ikke i tabellen over grænser.",
        "The building type is not in the table of limits.",
    ),
    "missing_no_limit": (
        "For den type bygning er der ingen grænse.",
        "There is no limit for this kind of building.",
    ),
    "missing_no_limit_yet": ("Ingen grænse gælder den dag.", "No limit is in force on that day."),
    "sum_new": ("Alt købt nyt", "All bought new"),
    "sum_regulatory": ("Sparet, som BR18 regner", "Saved, as BR18 counts"),
    "sum_counted": ("Regnes med i BR18", "Counted by BR18"),
    "sum_real": ("Sparet i virkeligheden", "Saved in reality"),
    "open_question": ("Åbent spørgsmål", "Open question"),
    "not_verified": ("Ikke verificeret", "Not verified"),
    "requirement": ("Behov", "Requirement"),
    "material": ("Materiale", "Material"),
    "from": ("Fra", "From"),
    "bought_new": ("købes nyt", "bought new"),
    "quantity": ("Mængde", "Quantity"),
    "unit": ("Enhed", "Unit"),
    "piece": ("stk.", "pcs"),
    "kg": ("kg", "kg"),
    "a1a3": ("A1-A3, kg CO2e", "A1-A3, kg CO2e"),
    "c3": ("C3, kg CO2e", "C3, kg CO2e"),
    "c4": ("C4, kg CO2e", "C4, kg CO2e"),
    "stages": ("Sum, kg CO2e", "Sum, kg CO2e"),
    "counts_as": ("Regnes som", "Counts as"),
    "counted": ("Tæller i BR18, kg CO2e", "Counted by BR18, kg CO2e"),
    "preparation": ("Klargøring, kg CO2e", "Preparation, kg CO2e"),
    "transport": ("Transport, kg CO2e", "Transport, kg CO2e"),
    "km": ("Vej, km", "Road, km"),
    "loads": ("Læs", "Loads"),
    "reason": ("Begrundelse", "Reason"),
    "factor": ("Faktor", "Factor"),
    "edition": ("Udgave", "Edition"),
    "source": ("Kilde", "Source"),
    "used": ("brugt produkt", "used product"),
    "new": ("nyt", "new"),
    "surplus": ("overskud: som nyt", "surplus: as new"),
    "recycled": ("genanvendt: som nyt", "recycled: as new"),
    "undecided": ("ikke afgjort: som nyt", "not decided: as new"),
    "no_decision": (
        "Det er ikke afgjort, om det er et brugt produkt.",
        "It is not decided whether it is a used product.",
    ),
    "said_without_test": (
        "Oplyst med partiet; ingen prøve efter lovens kriterier er gemt.",
        "Said with the lot; no test by the legal criteria is on file.",
    ),
    "number": ("Nr.", "No."),
    "figure": ("Tal", "Figure"),
    "value": ("Værdi", "Value"),
    "low": ("Lav", "Low"),
    "high": ("Høj", "High"),
    "status": ("Status", "Status"),
    "sourced": ("kilde", "sourced"),
    "assumption": ("antagelse", "assumption"),
    "valid_from": ("Gælder fra", "Valid from"),
    "valid_to": ("Gælder til", "Valid until"),
    "kind": ("Slags bygning", "Kind of building"),
    "limit_value": ("kg CO2e/m²/år", "kg CO2e/m²/year"),
    "verified": ("Verificeret", "Verified"),
    "yes": ("ja", "yes"),
    "no": ("nej", "no"),
    "per_year": ("kg CO2e/m²/år", "kg CO2e/m²/year"),
    "superseded": ("afløst, nyere udgave kendes ikke", "superseded, no newer edition known"),
    "moved_since": (
        "Afgjort anderledes, siden planen blev lagt: læg en ny plan.",
        "Decided otherwise since the plan was made: make a new plan.",
    ),
    "fallen": (
        "Matchet holder ikke længere: læg en ny plan.",
        "The match no longer holds: make a new plan.",
    ),
    "carried": ("Transport af det genbrugte alene", "Transport of the reused alone"),
    "site_limit": ("Særlig grænse for A4 og A5", "Separate limit of A4 and A5"),
}
"""Danish and English."""

FACTOR_NAMES: dict[str, tuple[str, str]] = {
    "new_co2e_a1a3": ("Fremstilling af nyt (A1-A3)", "Making a new one (A1-A3)"),
    "new_co2e_c3": ("Affaldsbehandling (C3)", "Waste processing (C3)"),
    "new_co2e_c4": ("Bortskaffelse (C4)", "Disposal (C4)"),
    "new_co2e": ("Nyt: A1-A3 + C3 + C4", "New: A1-A3 + C3 + C4"),
    "preparation_co2e": ("Klargøring til genbrug", "Preparing it for reuse"),
    "transport_co2e": ("Transport", "Transport"),
}
"""What the kinds of factor are called on the climate sheet."""
