# SPDX-License-Identifier: EUPL-1.2
"""What an import says about building models."""

from inventory.imports.messages.message import Message, make_error, make_warning

MODEL_MESSAGES: dict[str, Message] = {
    "type_open": make_error(
        "Ingen ved, hvad typen er, så den er ikke taget. Dele: {elements}.",
        "Nobody knows what the type is, so it is not taken. Parts: {elements}.",
        "Vælg en klasse til den, eller sig, at den ikke skal med.",
        "Choose a class for it, or say that it is not to be taken.",
    ),
    "class_gone": make_error(
        "Der er ingen klasse {name}, der kan handles.",
        "There is no class {name} that can be traded.",
        "Vælg en anden klasse.",
        "Choose another class.",
    ),
    "class_proposed": make_warning(
        "Klassen er foreslået ({why_da} {word}); ingen har sagt det.",
        "The class is proposed ({why_en} {word}); nobody has said so.",
        "Se efter, og ret den, hvis den er forkert; rettelsen huskes.",
        "Look, and correct it where it is wrong; the correction is remembered.",
    ),
    "class_remembered": make_warning(
        "Klassen er den, typen fik sidst.",
        "The class is the one the type was given before.",
        "Ret den, hvis den er forkert; rettelsen huskes.",
        "Correct it where it is wrong; the correction is remembered.",
    ),
    "declared_factor": make_warning(
        "Modellens egen {kind_da} er {factor} gange geometriens; geometrien er brugt.",
        "The model's own {kind_en} is {factor} times the geometry's; the geometry is used.",
        "Se efter, om modellens enheder er rigtige.",
        "See whether the units of the model are right.",
    ),
    "declared_differs": make_warning(
        "Modellens egen {kind_da} ({declared}) er ikke geometriens ({measured}); geometrien er brugt.",
        "The model's own {kind_en} ({declared}) is not the geometry's ({measured}); the geometry is used.",
        "Se efter, om delen er tegnet, som den er.",
        "See whether the part is drawn as it is.",
    ),
    "quantity_reckoned": make_warning(
        "Antallet er regnet ud af arealet: {how}.",
        "The number is reckoned from the area: {how}.",
        "Tæl efter, hvor det betyder noget.",
        "Count it where it matters.",
    ),
    "quantity_not_in_model": make_error(
        "Modellen har intet mål for typen: delene har ingen geometri og ingen angivet mængde.",
        "The model has no measure of the type: its parts have no geometry and no declared quantity.",
        "Gem modellen igen med geometri, eller vælg en klasse, der tælles i stk.",
        "Export the model again with geometry, or choose a class counted in pieces.",
    ),
    "quantity_out_of_range": make_error(
        "Mængden er mindre end klassens mindste skridt eller større, end noget sted rummer.",
        "The quantity is less than the least step of the class, or more than any site holds.",
        "Se efter, om modellens enheder er rigtige.",
        "See whether the units of the model are right.",
    ),
    "thickness_missing": make_error(
        "Modellen siger ikke, hvor tyk muren er, så stenene kan ikke regnes ud.",
        "The model does not say how thick the wall is, so the bricks cannot be reckoned.",
        "Gem modellen igen med lag (IfcMaterialLayerSet).",
        "Export the model again with layers (IfcMaterialLayerSet).",
    ),
    "unit_not_measured": make_error(
        "Klassen regnes i en enhed, en model ikke måler.",
        "The class is counted in a unit that a model does not measure.",
        "Vælg en klasse, der regnes i stk, m, m2 eller m3.",
        "Choose a class counted in pieces, m, m2 or m3.",
    ),
    "lengths_differ": make_warning(
        "Delene har forskellig længde ({lengths}); ingen længde er skrevet.",
        "The parts differ in length ({lengths}); no length is written.",
        "Skriv længden på de partier, hvor den betyder noget.",
        "Write the length where it matters.",
    ),
    "gone_from_model": make_warning(
        "{count} typer fra en tidligere udgave af modellen er der ikke mere; de står nu til 0: {names}.",
        "{count} types of an earlier version of the model are there no more; they are set to 0: {names}.",
        "Fortryd importen, hvis det er en fejl.",
        "Undo the import if that is a mistake.",
    ),
    "left_out_of_model": make_warning(
        "Ikke taget med fra modellen: {counts_da}.",
        "Left out of the model: {counts_en}.",
        "Åbninger, hjælpedele og det, der tælles i sine dele, er ikke varer.",
        "Openings, dummies and wholes counted by their parts are no goods.",
    ),
    "guid_repeated": make_warning(
        "{count} dele har en anden dels GUID; de er taget med alligevel.",
        "{count} parts have the GUID of another part; they are taken all the same.",
        "Ret modellen i det program, den er tegnet i.",
        "Correct the model in the program it was drawn in.",
    ),
    "place_used": make_warning(
        "Stedet er sat til {told} ({source_da}).",
        "The site is placed at {told} ({source_en}).",
        "Giv et punkt i hånden, hvis det er forkert.",
        "Give a point by hand if it is wrong.",
    ),
    "place_kept": make_warning(
        "Stedet {ref} står, hvor det stod; modellens egen placering er ikke brugt.",
        "The site {ref} stays where it stood; the model's own place is not used.",
        "Giv et punkt i hånden, hvis det er forkert.",
        "Give a point by hand if it is wrong.",
    ),
    "place_not_used": make_warning(
        "Modellen siger {told} ({source_da}), men det er ikke brugt: {why_da}",
        "The model says {told} ({source_en}), but that is not used: {why_en}",
        "Sæt modellens placering i det program, den er tegnet i.",
        "Set the model's place in the program it was drawn in.",
    ),
    "place_far_from_site": make_warning(
        "Modellen siger {told}, {km} km fra stedet. Er det den rigtige model?",
        "The model says {told}, {km} km from the site. Is it the right model?",
        "Se efter, at model og sted hører sammen.",
        "See that model and site belong together.",
    ),
    "place_null_island": make_warning(
        "Koordinaten er nul: ingen har sat den.",
        "The coordinate is zero: nobody has set it.",
        "Sæt modellens placering i det program, den er tegnet i.",
        "Set the model's place in the program it was drawn in.",
    ),
    "place_of_template": make_warning(
        "Det er {name}, hvor skabeloner begynder: ingen har sat det.",
        "That is {name}, where templates begin: nobody has set it.",
        "Sæt modellens placering i det program, den er tegnet i.",
        "Set the model's place in the program it was drawn in.",
    ),
    "place_system_unknown": make_warning(
        "Koordinatsystemet kendes ikke.",
        "The coordinate system is not known.",
        "Skriv det som EPSG:25832 i det program, modellen er tegnet i.",
        "Write it as EPSG:25832 in the program the model was drawn in.",
    ),
}
