# SPDX-License-Identifier: EUPL-1.2
"""What an import says about the file as a whole."""

from inventory.imports.messages.message import Message, make_warning

FILE_MESSAGES: dict[str, Message] = {
    "sheet_not_read": make_warning(
        "Arket {other} blev ikke læst.",
        "The sheet {other} was not read.",
        "Saml alle rækker på ét ark, eller indlæs arket med --sheet.",
        "Put all rows on one sheet, or import that sheet with --sheet.",
    ),
    "column_not_read": make_warning(
        "Kolonnen {header} kendes ikke og blev ikke læst.{suggestion_da}",
        "The column {header} is not known and was not read.{suggestion_en}",
        "Ret overskriften, hvis kolonnen skal med; se docs/reference/import-formats.md.",
        "Correct the header if the column matters; see docs/reference/import-formats.md.",
    ),
    "not_as_named": make_warning(
        "Filen hedder {suffix}, men er {actual}; den er læst som {actual}.",
        "The file is named {suffix} but is {actual}; it was read as {actual}.",
        "Giv filen sit rigtige efternavn.",
        "Give the file its right name.",
    ),
    "sheet_hidden": make_warning(
        "Arket {other} er skjult og blev ikke læst.",
        "The sheet {other} is hidden and was not read.",
        "Vis arket i Excel, hvis det skal med.",
        "Unhide the sheet in Excel if it matters.",
    ),
    "axes_exchanged": make_warning(
        "x og y er byttet om i hele filen; de er byttet tilbage.",
        "x and y are swapped in the whole file; they were exchanged.",
        "Se på kortet, at stederne ligger rigtigt.",
        "See on the map that the places lie right.",
    ),
    "macros_not_run": make_warning(
        "Projektmappen har makroer; de er ikke kørt, kun cellernes gemte værdier er læst.",
        "The workbook holds macros; they were not run, only the stored values of cells were read.",
        "Intet at rette, hvis værdierne er dem, Excel viser.",
        "Nothing to mend if the values are those Excel shows.",
    ),
    "documentation_not_stated": make_warning(
        "Rækker uden et ord om dokumentation: {count}. De regnes som uden dokumentation.",
        "Rows without a word on documentation: {count}. They count as without documentation.",
        "Udfyld kolonnen documentation (basic eller tested), hvis varerne er dokumenteret.",
        "Fill in documentation (basic or tested) where the goods are documented.",
    ),
    "screening_not_stated": make_warning(
        "Rækker uden et ord om miljøscreening: {count}. De regnes som ukendte.",
        "Rows without a word on screening: {count}. They count as unknown.",
        "Udfyld kolonnen screening (clean, contaminated, hazardous eller unknown).",
        "Fill in screening (clean, contaminated, hazardous or unknown).",
    ),
}
