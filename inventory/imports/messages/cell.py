# SPDX-License-Identifier: EUPL-1.2
"""What an import says about single cells and rows."""

from inventory.imports.messages.message import Message, make_error, make_warning

CELL_MESSAGES: dict[str, Message] = {
    "row_unreadable": make_error(
        "Rækken kan ikke læses: et anførselstegn åbnes uden at blive lukket rigtigt.",
        "The row cannot be read: a quotation mark is opened and not closed properly.",
        'Skriv anførselstegn inde i en tekst dobbelt ("").',
        'Write quotation marks inside a text twice ("").',
    ),
    "too_many_cells": make_error(
        "Rækken har {found} felter, overskriften kun {expected}.",
        "The row has {found} cells, the header only {expected}.",
        "Sæt tekster med skilletegn i anførselstegn.",
        "Put texts that hold the separator in quotation marks.",
    ),
    "bad_character": make_error(
        "Feltet har tegn, der ikke er bogstaver i filens tegnsæt ({encoding}).",
        "The cell has bytes that are no letters in the file's encoding ({encoding}).",
        "Skriv teksten igen, og gem filen som UTF-8.",
        "Write the text again and save the file as UTF-8.",
    ),
    "formula_error": make_error(
        "Feltet er en Excel-fejl.",
        "The cell is an Excel error.",
        "Ret formlen, eller skriv værdien selv.",
        "Mend the formula or write the value itself.",
    ),
    "formula_not_stored": make_error(
        "Feltet er en formel, hvis resultat ikke er gemt i filen.",
        "The cell is a formula whose result is not stored in the file.",
        "Åbn filen i Excel og gem den, eller skriv værdien selv.",
        "Open the file in Excel and save it, or write the value itself.",
    ),
    "cell_merged": make_warning(
        "Feltet hører til en flettet celle; dens værdi er brugt i hver række.",
        "The cell is part of a merged cell; its value was used in each row.",
        "Ophæv fletningen, og skriv værdien i hver række, hvis det ikke er ment så.",
        "Unmerge it and write the value in each row if that is not meant.",
    ),
    "missing": make_error(
        "Feltet skal udfyldes.",
        "The cell must be filled in.",
        "Skriv {expected_da}.",
        "Write {expected_en}.",
    ),
    "text_too_long": make_error(
        "Teksten er på {found} tegn; der er plads til {most}.",
        "The text has {found} characters; there is room for {most}.",
        "Forkort teksten.",
        "Shorten the text.",
    ),
    "not_a_number": make_error(
        "Feltet er ikke et tal.",
        "The cell is not a number.",
        "Skriv kun et tal, for eksempel 12,5 eller 12.5, uden enhed.",
        "Write a number alone, such as 12.5 or 12,5, without a unit.",
    ),
    "number_ambiguous": make_error(
        "Tallet kan være {first} eller {second}, og filen afgør det ikke.",
        "The number may be {first} or {second}, and the file does not tell.",
        "Skriv tallet uden tusindtalsskilletegn, eller brug samme decimaltegn i hele filen.",
        "Write it without thousands separators, or use one decimal sign in the whole file.",
    ),
    "number_guessed": make_warning(
        "Tallet er læst som {read}; kun filens skilletegn taler for det.",
        "The number was read as {read}; only the file's separator speaks for that.",
        "Skriv tallet uden tusindtalsskilletegn.",
        "Write the number without thousands separators.",
    ),
    "number_rounded": make_warning(
        "Tallet er afrundet til {read}.",
        "The number was rounded to {read}.",
        "Skriv et tal, der går op i {step}.",
        "Write a multiple of {step}.",
    ),
    "number_out_of_range": make_error(
        "Tallet skal ligge mellem {low} og {high}.",
        "The number must lie between {low} and {high}.",
        "Ret tallet; se efter forkert enhed eller decimaltegn.",
        "Correct the number; look for a wrong unit or decimal sign.",
    ),
    "not_whole": make_error(
        "Feltet skal være et helt tal.",
        "The cell must be a whole number.",
        "Skriv et tal uden decimaler.",
        "Write a number without decimals.",
    ),
    "share_unclear": make_error(
        "Tallet kan være {percent} % eller mindre end 1 %.",
        "The number may be {percent} % or less than 1 %.",
        "Skriv procenttallet selv, for eksempel {percent}, eller sæt % efter.",
        "Write the percentage itself, such as {percent}, or put % behind it.",
    ),
    "share_of_one": make_warning(
        "Tallet er læst som 1 %.",
        "The number was read as 1 %.",
        "Skriv 100, hvis det hele er ment, eller 1 %.",
        "Write 100 if all of it is meant, or 1 %.",
    ),
    "not_positive": make_error(
        "Tallet skal være større end 0.",
        "The number must be above 0.",
        "Skriv den mængde, der er, eller slet rækken.",
        "Write the quantity there is, or delete the row.",
    ),
    "too_small_for_step": make_error(
        "Mængden er mindre end et halvt trin ({step} {unit}) og ville blive 0.",
        "The quantity is less than half a step ({step} {unit}) and would become 0.",
        "Se efter forkert enhed eller decimaltegn.",
        "Look for a wrong unit or decimal sign.",
    ),
    "not_a_date": make_error(
        "Feltet er ikke en dato.",
        "The cell is not a date.",
        "Skriv datoen som 2026-11-23 eller 23-11-2026 (dag først, fire cifre i året).",
        "Write the date as 2026-11-23 or 23-11-2026 (day first, four digits in the year).",
    ),
    "date_far_away": make_error(
        "Datoen {read} ligger uden for 1990-2150.",
        "The date {read} lies outside 1990-2150.",
        "Ret årstallet.",
        "Correct the year.",
    ),
    "date_from_number": make_warning(
        "Tallet er læst som Excel-datoen {read}.",
        "The number was read as the Excel date {read}.",
        "Giv kolonnen datoformat i Excel.",
        "Format the column as a date in Excel.",
    ),
    "not_a_uuid": make_error(
        "Feltet er ikke et BBR-id.",
        "The cell is not a BBR id.",
        "Skriv bygningens id_lokalId (36 tegn, for eksempel 9186a003-d870-41d5-a5e5-00e6f101c5ab).",
        "Write the building's id_lokalId (36 characters, such as 9186a003-d870-41d5-a5e5-00e6f101c5ab).",
    ),
    "word_unknown": make_error(
        "Ordet kendes ikke her.{suggestion_da}",
        "The word is not known here.{suggestion_en}",
        "Skriv et af: {known}.",
        "Write one of: {known}.",
    ),
    "municipality_unknown": make_warning(
        "Kommunen kendes ikke; den nærmeste er brugt.{suggestion_da}",
        "The municipality is not known; the nearest is used.{suggestion_en}",
        "Skriv kommunens firecifrede kode eller navn.",
        "Write the municipality's four-digit code or its name.",
    ),
    "municipality_far": make_warning(
        "Punktet ligger {km} km fra kommunens midte.",
        "The point lies {km} km from the middle of the municipality.",
        "Se efter forkert koordinat eller kommune.",
        "Look for a wrong coordinate or municipality.",
    ),
    "municipality_other": make_warning(
        "Punktet ligger i {found} Kommune.",
        "The point lies in the municipality of {found}.",
        "Se efter forkert koordinat eller kommune.",
        "Look for a wrong coordinate or municipality.",
    ),
    "duplicate_row": make_error(
        "Samme nøgle står allerede i række {first}.",
        "The same key stands already in row {first}.",
        "Slet den ene række, eller giv den sit eget nummer.",
        "Delete one of the rows or give it a reference of its own.",
    ),
    "pieces_unreadable": make_error(
        "“{words}” er ikke en længde og et antal.",
        "“{words}” is not a length and a number.",
        "Skriv længden i hele mm, x, og hvor mange, med semikolon imellem: 2400 x 12; 900 x 3.",
        "Write the length in whole mm, x, and how many, with semicolons between: 2400 x 12; 900 x 3.",
    ),
    "piece_length": make_error(
        "En længde på {length} mm kan ikke skæres.",
        "A length of {length} mm cannot be cut.",
        "Skriv en længde fra {least} til {most} mm; se efter forkert enhed.",
        "Write a length from {least} to {most} mm; look for a wrong unit.",
    ),
    "piece_count": make_error(
        "Der står {count} stykker på {length} mm.",
        "There are {count} pieces of {length} mm.",
        "Skriv et antal fra 1 til {most}.",
        "Write a number from 1 to {most}.",
    ),
    "pieces_many": make_error(
        "Der er {found} forskellige længder; der er plads til {most}.",
        "There are {found} different lengths; there is room for {most}.",
        "Del behovet i flere rækker.",
        "Share the requirement out over several rows.",
    ),
    "pieces_not_metres": make_error(
        "Varen regnes i {unit}, ikke i meter, og skæres ikke i længder.",
        "It is counted in {unit}, not in metres, and is not cut to lengths.",
        "Tøm feltet, eller vælg en klasse, der regnes i meter.",
        "Empty the cell, or choose a class that is counted in metres.",
    ),
}
