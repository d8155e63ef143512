# SPDX-License-Identifier: EUPL-1.2
"""The columns that files of lots and of requirements share: place, class and quantity, attributes."""

from inventory.imports.headers import Column


def _size(name: str, da: str, en: str) -> Column:
    return Column(
        name=f"{name}_mm",
        da=f"{da} (mm)",
        en=f"{en} (mm)",
        kind="integer",
        help_da=f"{da} i hele millimeter.",
        help_en=f"{en} in whole millimetres.",
    )


PLACE_COLUMNS: tuple[Column, ...] = (
    Column(
        name="x",
        da="X (UTM32)",
        en="X (UTM32)",
        kind="number",
        also=("x_utm32", "easting", "øst"),
        help_da="Øst i meter, EPSG:25832 (UTM zone 32).",
        help_en="East in metres, EPSG:25832 (UTM zone 32).",
    ),
    Column(
        name="y",
        da="Y (UTM32)",
        en="Y (UTM32)",
        kind="number",
        also=("y_utm32", "northing", "nord"),
        help_da="Nord i meter, EPSG:25832 (UTM zone 32).",
        help_en="North in metres, EPSG:25832 (UTM zone 32).",
    ),
    Column(
        name="lon",
        da="Længdegrad",
        en="Longitude",
        kind="number",
        also=("lng", "long"),
        help_da="Grader øst, i stedet for x.",
        help_en="Degrees east, instead of x.",
    ),
    Column(
        name="lat",
        da="Breddegrad",
        en="Latitude",
        kind="number",
        help_da="Grader nord, i stedet for y.",
        help_en="Degrees north, instead of y.",
    ),
    Column(
        name="municipality",
        da="Kommune",
        en="Municipality",
        kind="text",
        also=("kommunekode", "municipality code"),
        help_da="Kode eller navn; tom: den nærmeste.",
        help_en="Code or name; empty: the nearest.",
        example_da="Odense",
        example_en="0461",
    ),
    Column(
        name="organisation",
        da="Organisation",
        en="Organisation",
        kind="text",
        also=("ejer", "firma", "organization", "owner", "company", "bygherre", "builder"),
        help_da="Hvem der udbyder eller bygger.",
        help_en="Who offers or builds.",
        example_da="Fyns Nedrivning",
        example_en="Fyns Nedrivning",
    ),
    Column(
        name="organisation_kind",
        da="Organisationstype",
        en="Organisation kind",
        kind="word",
        words="organisation_kind",
        also=("organisationens art", "organization kind", "type of organisation"),
        help_da="Hvad organisationen er; tom: som den er kendt. Bygherrer og kommuner er offentlige.",
        help_en="What the organisation is; empty: as known. Public builders and municipalities are public.",
        example_da="nedrivningsfirma",
        example_en="demolition firm",
    ),
)

ADDRESS_COLUMNS: tuple[Column, ...] = (
    Column(
        name="address",
        da="Adresse",
        en="Address",
        kind="text",
        also=("adr", "vej og nr", "vejnavn og nummer", "gade", "beliggenhed", "street address"),
        help_da="Vej og nummer på en indlæst bygning, når hverken BBR-id eller stedreference er kendt.",
        help_en="Street and number of a loaded building, where neither BBR id nor reference is known.",
    ),
    Column(
        name="postcode",
        da="Postnummer",
        en="Postcode",
        kind="text",
        also=("postnr", "post nr", "postal code", "zip"),
        help_da="Fire cifre, så ens veje i to byer holdes ude fra hinanden.",
        help_en="Four digits, so that streets of one name in two towns are told apart.",
    ),
)

QUANTITY_COLUMNS: tuple[Column, ...] = (
    Column(
        name="class",
        da="Materialeklasse",
        en="Material class",
        kind="class",
        also=("klasse", "materiale", "material", "class code", "klassekode"),
        help_da="Klassens kode eller navn på dansk eller engelsk; se arket Klasser.",
        help_en="The class's code or its Danish or English name; see the sheet Classes.",
        example_da="Mursten i kalkmørtel",
        example_en="brick_lime_mortar",
    ),
    Column(
        name="quantity",
        da="Mængde",
        en="Quantity",
        kind="number",
        also=("antal", "amount", "count"),
        help_da="Mængde i klassens enhed, større end 0.",
        help_en="Quantity in the class's unit, above 0.",
        example_da="12000",
        example_en="12000",
    ),
    Column(
        name="unit",
        da="Enhed",
        en="Unit",
        kind="word",
        words="unit",
        help_da="Klassens enhed; tom: den, klassen regnes i.",
        help_en="The class's unit; empty: the one the class is counted in.",
        example_da="stk",
        example_en="piece",
    ),
)

ATTRIBUTE_COLUMNS: tuple[Column, ...] = (
    _size("length", "Længde", "Length"),
    _size("width", "Bredde", "Width"),
    _size("height", "Højde", "Height"),
    _size("thickness", "Tykkelse", "Thickness"),
    Column(
        name="grade",
        da="Stand",
        en="Condition",
        kind="integer",
        also=("kvalitet",),
        help_da="1 (dårligst) til 5 (bedst).",
        help_en="1 (worst) to 5 (best).",
    ),
    Column(
        name="year",
        da="Fremstillingsår",
        en="Year made",
        kind="integer",
        also=("år", "årgang"),
        help_da="Året varen blev fremstillet.",
        help_en="The year it was made.",
    ),
    Column(
        name="strength",
        da="Styrke (MPa)",
        en="Strength (MPa)",
        kind="integer",
        help_da="Karakteristisk styrke i MPa (C24 = 24).",
        help_en="Characteristic strength in MPa (C24 = 24).",
    ),
    Column(
        name="fire",
        da="Brandmodstand (min)",
        en="Fire resistance (min)",
        kind="integer",
        also=("brand",),
        help_da="Minutter EI eller REI.",
        help_en="Minutes of EI or REI.",
    ),
    Column(
        name="colour",
        da="Farve",
        en="Colour",
        kind="code",
        also=("color", "farvekode"),
        words="colour",
        help_da="Kode eller navn fra kodelisten farver.",
        help_en="Code or name from the code list of colours.",
    ),
)
ATTRIBUTES: tuple[str, ...] = tuple(column.name for column in ATTRIBUTE_COLUMNS)
