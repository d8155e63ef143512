# SPDX-License-Identifier: EUPL-1.2
"""What an import says about demolitions."""

from inventory.imports.messages.message import Message, make_error, make_warning

DEMOLITION_MESSAGES: dict[str, Message] = {
    "demolition_days": make_error(
        "Dagene er ikke i rækkefølge: {first_day} må ikke ligge efter {second_day}.",
        "The days are in no order: {first_day} must not come after {second_day}.",
        "Start og slut går hver fra tidligst over sandsynligt til senest, og hver start kommer før sin slut.",
        "Start and end each go from early over likely to late, and each start comes before its end.",
    ),
    "demolition_moves": make_warning(
        "De sikre dage flyttes fra {before} til {after}: {lots} partier med egne dage flytter med, {lost}"
        " match holder ikke længere, {held} holder fortsat.",
        "The days that are sure move from {before} to {after}: {lots} lots with days of their own move along,"
        " {lost} matches no longer hold, {held} go on holding.",
        "Se nedrivningens side efter indlæsningen; den kan fortrydes som helhed.",
        "See the page of the demolition after the import, which can be undone as a whole.",
    ),
    "no_sure_days": make_warning(
        "Ingen dag er sikker: den seneste start ligger ikke før den tidligste slut. Partierne matches ikke.",
        "No day is sure: the latest start does not come before the earliest end. The lots are not matched.",
        "Intet at rette; skriv snævrere dage, når de kendes.",
        "Nothing to mend; write closer days once they are known.",
    ),
    "source_is_file": make_warning(
        "Kilden mangler; filens navn er skrevet.",
        "The source is missing; the name of the file is written.",
        "Skriv det papir eller den person, der siger det.",
        "Write the paper or person that says so.",
    ),
    "source_dated_today": make_warning(
        "Kildens dato mangler; dagen for indlæsningen ({read}) er skrevet.",
        "The date of the source is missing; the day of the import ({read}) is written.",
        "Skriv, hvornår kilden sagde det.",
        "Write when the source said so.",
    ),
}
