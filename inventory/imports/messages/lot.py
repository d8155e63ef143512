# SPDX-License-Identifier: EUPL-1.2
"""What an import says about lots and requirements."""

from inventory.imports.messages.message import Message, make_error, make_warning

LOT_MESSAGES: dict[str, Message] = {
    "class_unknown": make_error(
        "Materialeklassen kendes ikke.{suggestion_da}",
        "The material class is not known.{suggestion_en}",
        "Skriv en klasses kode eller navn; den tomme tabel på siden Indlæs har dem alle på et ark.",
        "Write the code or name of a class; the empty table on the page Import has them all on a sheet.",
    ),
    "class_not_tradable": make_error(
        "{name_da} er en overordnet klasse; vælg en af dens underklasser: {below_da}.",
        "{name_en} is a parent class; choose one of the classes below it: {below_en}.",
        "Vælg en underklasse.",
        "Choose a class below it.",
    ),
    "class_ambiguous": make_error(
        "Navnet passer på flere klasser: {known}.",
        "The name fits several classes: {known}.",
        "Skriv klassens kode.",
        "Write the code of the class.",
    ),
    "unit_wrong": make_error(
        "Klassen {name} regnes i {expected}, ikke i {found}.",
        "The class {name} is counted in {expected}, not in {found}.",
        "Omregn mængde og priser til {expected}.",
        "Convert quantity and prices to {expected}.",
    ),
    "unit_of_class": make_warning(
        "Enheden er ikke angivet; {name_da} regnes i {expected_da}.",
        "No unit is given; {name_en} is counted in {expected_en}.",
        "Er mængden talt i noget andet, så omregn den til {expected_da}.",
        "If the quantity was counted in anything else, convert it to {expected_en}.",
    ),
    "units_of_classes": make_warning(
        "Filen har ingen kolonne med enheder; mængderne er læst i klassernes egne: {listed_da}.",
        "The file has no column of units; quantities are read in those of the classes: {listed_en}.",
        "Er noget talt i andet, så omregn det, eller tilføj en kolonne med enheder.",
        "If anything was counted otherwise, convert it, or add a column of units.",
    ),
    "asbestos_suspect": make_warning(
        "Fibercement uden kendt fremstillingsår efter 1986 kan indeholde asbest; partiet udbydes ikke.",
        "Fibre cement not known to be made after 1986 may hold asbestos; the lot is not offered.",
        "Skriv fremstillingsåret, eller skriv ren (clean), når en prøve har vist det.",
        "Write the year it was made, or clean once a sample has shown it.",
    ),
    "window_empty": make_error(
        "Vinduet er tomt: slutdagen ({last}) skal ligge efter startdagen ({first}).",
        "The window is empty: its end ({last}) must lie after its start ({first}).",
        "Slutdagen er den første dag, varen ikke længere er der.",
        "The end is the first day on which it is no longer there.",
    ),
    "window_half": make_error(
        "Vinduet har kun én dato.",
        "The window has one date only.",
        "Skriv begge datoer eller ingen.",
        "Write both dates or none.",
    ),
    "window_missing": make_warning(
        "Hverken partiet eller stedet har et vindue; partiet bliver ikke matchet.",
        "Neither the lot nor its site has a window; the lot will not be matched.",
        "Skriv available_from og available_to.",
        "Write available_from and available_to.",
    ),
    "site_missing": make_error(
        "Rækken siger ikke, hvor partiet er.",
        "The row does not say where the lot is.",
        "Skriv bbr_id, site_ref med x og y (eller lon og lat), eller adressen på en indlæst bygning.",
        "Write bbr_id, site_ref with x and y (or lon and lat), or the address of a building that was loaded.",
    ),
    "building_unknown": make_error(
        "Bygningen er ikke indlæst.",
        "The building has not been imported.",
        "Indlæs bygningen først (genbro import buildings), eller ret id'et.",
        "Import the building first (genbro import buildings), or correct the id.",
    ),
    "address_unknown": make_error(
        "Ingen indlæst bygning har adressen.",
        "No building that was loaded has the address.",
        "Ret adressen, skriv bbr_id, eller skriv site_ref med x og y (eller lon og lat).",
        "Correct the address, write bbr_id, or write site_ref with x and y (or lon and lat).",
    ),
    "address_of_many": make_error(
        "{count} indlæste bygninger har adressen.",
        "{count} buildings that were loaded have the address.",
        "Skriv postnummeret, hvis det mangler, eller bygningens bbr_id.",
        "Write the postcode where it is missing, or the building's bbr_id.",
    ),
    "building_not_standing": make_warning(
        "Bygningen står ikke længere ifølge registret.",
        "According to the register the building does not stand any more.",
        "Flyt partiet til det sted, hvor varerne nu er (site_ref).",
        "Move the lot to the site where the goods are now (site_ref).",
    ),
    "site_without_coordinate": make_error(
        "Stedet {site} har ingen koordinat, hverken i filen eller i databasen.",
        "The site {site} has no coordinate, neither in the file nor in the database.",
        "Skriv x og y (eller lon og lat) i mindst én af stedets rækker, eller opret bygningen under Opmåling,"
        " og skriv dens reference (site_ref).",
        "Write x and y (or lon and lat) in at least one row of the site, or begin the building under Survey"
        " and write its reference (site_ref).",
    ),
    "site_disagrees": make_warning(
        "Række {first} giver {what} for samme sted anderledes; den værdi er brugt.",
        "Row {first} gives {what} of the same site otherwise; its value is used.",
        "Skriv det samme i alle stedets rækker.",
        "Write the same in all rows of the site.",
    ),
    "site_cells_not_used": make_warning(
        "Rækken har både bbr_id og et sted; bygningens sted er brugt.",
        "The row has both bbr_id and a site; the building's site is used.",
        "Slet site_ref og koordinater, eller slet bbr_id.",
        "Delete site_ref and coordinates, or delete bbr_id.",
    ),
    "place_wrong": make_error(
        "Koordinaten kan ikke bruges. {why_da}",
        "The coordinate cannot be used. {why_en}",
        "{mend_da}",
        "{mend_en}",
    ),
    "attribute_not_of_class": make_warning(
        "Klassen {name} har ikke egenskaben {attribute}; værdien gemmes, men bruges ikke.",
        "The class {name} has no attribute {attribute}; the value is kept but not used.",
        "Slet værdien, eller ret klassen.",
        "Delete the value or correct the class.",
    ),
    "minimum_take_above_quantity": make_error(
        "Mindste udtag er større end mængden; ingen kan tage noget.",
        "The minimum take exceeds the quantity; nobody can take anything.",
        "Ret tallet, eller skriv ja ved alt eller intet, når hele partiet skal med.",
        "Correct the number, or write yes at all or nothing where the whole lot must go.",
    ),
    "screening_kept": make_warning(
        "Partiet er bedømt efter prøver: {kept}. Det står ved magt; cellen er ikke brugt.",
        "The lot was judged by samples: {kept}. That stands; the cell is not used.",
        "Ret prøverne, hvis de er forkerte, eller slet cellen.",
        "Correct the samples if they are wrong, or delete the cell.",
    ),
    "product_status_kept": make_warning(
        "Partiet er afgjort efter lovens prøver: {kept}. Det står ved magt; cellen er ikke brugt.",
        "The lot was decided by the legal tests: {kept}. That stands; the cell is not used.",
        "Ret svarene på partiets side, hvis de er forkerte, eller slet cellen.",
        "Correct the answers on the lot's page if they are wrong, or delete the cell.",
    ),
    "organisation_kept": make_warning(
        "Bygningen hører til {kept}; cellen er ikke brugt.",
        "The building is with {kept}; the cell is not used.",
        "Skriv {kept}, lad cellen være tom, eller ret firmaet i en fil med nedrivninger.",
        "Write {kept}, leave the cell empty, or change the firm in a file of demolitions.",
    ),
    "waste_without_preparation": make_error(
        "Løbenummer og modtager hører til forberedelse til genbrug; direkte genbrug er ikke affald.",
        "A running number and a receiver belong to preparation for reuse; direct reuse is no waste.",
        "Skriv forberedelse til genbrug ved genbrugsmåde, eller slet cellen.",
        "Write preparation for reuse as the way of reuse, or delete the cell.",
    ),
    "hire_without_gear": make_warning(
        "Der er en mindste leje, men løftegrejet skal ikke lejes; begge dele er gemt.",
        "There is a minimum hire, but the lifting gear is not to be hired; both are kept.",
        "Skriv skal lejes ved løftegrej, eller slet timerne.",
        "Write to be hired at lifting gear, or delete the hours.",
    ),
    "sellable_after_free": make_warning(
        "Partiet må først sælges ({first}), efter at det bliver ledigt ({last}); det er gemt.",
        "The lot may be sold only from {first}, after it comes free ({last}); it is kept.",
        "Ret en af datoerne, hvis den er forkert.",
        "Correct one of the dates if it is wrong.",
    ),
    "paper_unknown": make_warning(
        "Hverken partiet eller stedet har et dokument med det navn; cellen er ikke brugt.",
        "Neither the lot nor its site has a document of that name; the cell is not used.",
        "Læg dokumentet ved partiet eller stedet først, eller skriv dets navn, som det står der.",
        "Add the document to the lot or the site first, or write its name as it stands there.",
    ),
    "moved_above_quantity": make_error(
        "Der kan ikke være flyttet mere ind, end der er.",
        "No more can have moved in than there is.",
        "Lad tallet stå, som eksporten skrev det, eller slet det.",
        "Leave the number as the export wrote it, or delete it.",
    ),
    "moved_more": make_error(
        "Partiet er talt til {counted}, men {moved} af det ligger nu i andre partier.",
        "The lot is counted as {counted}, but {moved} of it is in other lots now.",
        "Skriv det, der blev talt, før partiet blev delt, eller læg partierne sammen igen først.",
        "Give what was counted before it was split, or put the lots together again first.",
    ),
    "range_empty": make_error(
        "Mindsteværdien ({low}) er større end størsteværdien ({high}).",
        "The smallest value ({low}) exceeds the largest ({high}).",
        "Byt de to værdier, eller ret dem.",
        "Swap the two values or correct them.",
    ),
    "commit_after_end": make_error(
        "Bindingsdagen ({first}) ligger efter vinduets slutning ({last}).",
        "The day of commitment ({first}) lies after the end of the window ({last}).",
        "Ret en af datoerne.",
        "Correct one of the dates.",
    ),
}
