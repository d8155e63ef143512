# SPDX-License-Identifier: EUPL-1.2
"""What an import says about buildings of the register."""

from inventory.imports.messages.message import Message, make_error, make_warning

BUILDING_MESSAGES: dict[str, Message] = {
    "status_unknown": make_error(
        "Livscyklussen mangler eller kendes ikke.",
        "The life cycle status is missing or not known.",
        "Skriv registrets kode, for eksempel 6 (opført).",
        "Write the register's code, such as 6 (built).",
    ),
    "not_standing": make_warning(
        "Bygningen står ikke ({status}); den er gemt, men udbydes aldrig.",
        "The building does not stand ({status}); it is kept but never offered.",
        "Intet at rette, medmindre bygningen står: så ret status til 6.",
        "Nothing to mend unless the building stands: then set status to 6.",
    ),
    "year_unknown": make_warning(
        "Opførelsesåret er ukendt (tomt, 0 eller 1000).",
        "The construction year is unknown (empty, 0 or 1000).",
        "Skriv året, hvis det kendes.",
        "Write the year if it is known.",
    ),
    "year_in_future": make_warning(
        "Året ligger i fremtiden; det regnes som ukendt.",
        "The year lies in the future; it counts as unknown.",
        "Ret året.",
        "Correct the year.",
    ),
    "year_impossible": make_warning(
        "Året kan ikke passe; det regnes som ukendt.",
        "The year cannot be right; it counts as unknown.",
        "Ret året.",
        "Correct the year.",
    ),
    "rebuilt_before_built": make_warning(
        "Ombygningsåret ligger før opførelsesåret.",
        "The year of rebuilding lies before the year of construction.",
        "Ret et af årene.",
        "Correct one of the years.",
    ),
    "area_negative": make_warning(
        "Arealet er negativt; det regnes som ukendt.",
        "The area is negative; it counts as unknown.",
        "Ret arealet.",
        "Correct the area.",
    ),
    "area_impossible": make_warning(
        "Arealet er større end {largest} m2; det regnes som ukendt.",
        "The area is larger than {largest} m2; it counts as unknown.",
        "Ret arealet.",
        "Correct the area.",
    ),
    "area_not_registered": make_warning(
        "Det samlede areal er ikke registreret (0 eller tomt).",
        "The total area is not registered (0 or empty).",
        "Skriv arealet, hvis det kendes.",
        "Write the area if it is known.",
    ),
    "footprint_not_registered": make_warning(
        "Det bebyggede areal er ikke registreret (0 eller tomt).",
        "The footprint is not registered (0 or empty).",
        "Skriv det bebyggede areal, hvis det kendes.",
        "Write the footprint if it is known.",
    ),
    "area_exceeds_total": make_warning(
        "Bolig- og erhvervsareal er tilsammen større end bygningens samlede areal.",
        "Dwelling and business area together exceed the building's total area.",
        "Ret et af arealerne.",
        "Correct one of the areas.",
    ),
    "number_unreadable": make_warning(
        "Feltet er ikke et tal i registrets form; det er ladt tomt.",
        "The cell is no number as the register writes it; it was left empty.",
        "Skriv et helt tal.",
        "Write a whole number.",
    ),
    "floors_not_registered": make_warning(
        "Antallet af etager er ikke registreret (0 eller tomt).",
        "The number of floors is not registered (0 or empty).",
        "Skriv antallet af etager, hvis det kendes.",
        "Write the number of floors if it is known.",
    ),
    "floors_many": make_warning(
        "Bygningen har {floors} etager; det er sjældent rigtigt i Danmark.",
        "The building has {floors} floors; that is seldom right in Denmark.",
        "Ret antallet af etager.",
        "Correct the number of floors.",
    ),
    "floors_impossible": make_warning(
        "Bygningen kan ikke have {floors} etager; antallet regnes som ukendt.",
        "The building cannot have {floors} floors; the number counts as unknown.",
        "Ret antallet af etager.",
        "Correct the number of floors.",
    ),
    "wall_unknown": make_warning(
        "Ydervæggens materiale er ikke registreret.",
        "The material of the outer wall is not registered.",
        "Skriv koden, hvis materialet kendes.",
        "Write the code if the material is known.",
    ),
    "roof_unknown": make_warning(
        "Tagets materiale er ikke registreret.",
        "The material of the roof is not registered.",
        "Skriv koden, hvis materialet kendes.",
        "Write the code if the material is known.",
    ),
    "code_unknown": make_warning(
        "Koden står ikke i registrets kodeliste {list}; den er gemt som den er.",
        "The code is not in the register's code list {list}; it is kept as it is.",
        "Ret koden, eller tilføj den til kodelisten.",
        "Correct the code or add it to the code list.",
    ),
    "use_unknown": make_warning(
        "Anvendelsen er ikke registreret.",
        "The use is not registered.",
        "Skriv koden, hvis anvendelsen kendes.",
        "Write the code if the use is known.",
    ),
    "no_coordinate": make_warning(
        "Bygningen har ingen koordinat; den vises ikke på kortet og kan ikke matches.",
        "The building has no coordinate; it is not on the map and cannot be matched.",
        "Skriv x_utm32 og y_utm32, eller lon og lat.",
        "Write x_utm32 and y_utm32, or lon and lat.",
    ),
    "building_window": make_warning(
        "Nedrivningsvinduet er ikke brugt: begge datoer skal med, og den sidste ligge efter den første.",
        "The demolition window was not taken: both dates are needed, the last after the first.",
        "Skriv genbro_available_from og genbro_available_to (første dag, bygningen ikke er der).",
        "Write genbro_available_from and genbro_available_to (the first day it is no longer there).",
    ),
    "window_not_standing": make_warning(
        "Nedrivningsvinduet er ikke brugt: bygningen står ikke.",
        "The demolition window was not taken: the building does not stand.",
        "Slet vinduet, eller ret status.",
        "Delete the window or correct the status.",
    ),
    "own_cell_unreadable": make_warning(
        "Feltet kan ikke læses; det er ladt tomt. {why_da}",
        "The cell cannot be read; it was left empty. {why_en}",
        "Ret feltet.",
        "Correct the cell.",
    ),
    "firmness_assumed": make_warning(
        "Der er et vindue, men intet om hvor sikkert det er; det regnes som muligt.",
        "There is a window but nothing on how sure it is; it counts as possible.",
        "Udfyld firmness.",
        "Fill in firmness.",
    ),
}
