# SPDX-License-Identifier: EUPL-1.2
"""What an import says about coordinates."""

from inventory.imports.messages.message import Message, make_warning

PLACE_MESSAGES: dict[str, Message] = {
    "coordinate_half": make_warning(
        "Der mangler en halv koordinat; begge tal skal med.",
        "Half a coordinate is missing; both numbers are needed.",
        "Skriv både x og y, eller både lon og lat.",
        "Write both x and y, or both lon and lat.",
    ),
    "coordinate_unreadable": make_warning(
        "Koordinaten kan ikke læses.",
        "The coordinate cannot be read.",
        "Skriv den som POINT (x y) i EPSG:25832, eller i x og y.",
        "Write it as POINT (x y) in EPSG:25832, or in x and y.",
    ),
    "coordinate_disagrees": make_warning(
        "To koordinater i rækken ligger {metres} m fra hinanden; den første er brugt.",
        "Two coordinates in the row lie {metres} m apart; the first is used.",
        "Slet den forkerte.",
        "Delete the wrong one.",
    ),
    "coordinates_swapped": make_warning(
        "Koordinaten er byttet om: den første værdi er nord, den anden øst.",
        "The coordinate is swapped: its first value is north, its second east.",
        "Byt de to værdier: x (eller lon) er øst, y (eller lat) er nord.",
        "Swap the two values: x (or lon) is east, y (or lat) is north.",
    ),
    "coordinates_in_degrees": make_warning(
        "x og y ser ud til at være grader, ikke meter.",
        "x and y look like degrees, not metres.",
        "Brug kolonnerne lon og lat til grader.",
        "Use the columns lon and lat for degrees.",
    ),
    "coordinates_in_metres": make_warning(
        "lon og lat ser ud til at være meter, ikke grader.",
        "lon and lat look like metres, not degrees.",
        "Brug kolonnerne x og y til meter i UTM zone 32.",
        "Use the columns x and y for metres in UTM zone 32.",
    ),
    "coordinates_zone_33": make_warning(
        "Koordinaten er i UTM zone 33, ikke zone 32.",
        "The coordinate is in UTM zone 33, not zone 32.",
        "Omregn til EPSG:25832 (UTM zone 32), eller brug lon og lat.",
        "Convert to EPSG:25832 (UTM zone 32), or use lon and lat.",
    ),
    "coordinates_web_mercator": make_warning(
        "Koordinaten er i Web Mercator (EPSG:3857), ikke UTM zone 32.",
        "The coordinate is in Web Mercator (EPSG:3857), not UTM zone 32.",
        "Omregn til EPSG:25832 (UTM zone 32), eller brug lon og lat.",
        "Convert to EPSG:25832 (UTM zone 32), or use lon and lat.",
    ),
    "outside_denmark": make_warning(
        "Punktet ligger uden for Danmark.",
        "The point lies outside Denmark.",
        "Ret koordinaten: EPSG:25832 (UTM zone 32) i x og y, eller grader i lon og lat.",
        "Correct the coordinate: EPSG:25832 (UTM zone 32) in x and y, or degrees in lon and lat.",
    ),
    "in_water": make_warning(
        "Punktet ligger mere end 2 km fra dansk land.",
        "The point lies more than 2 km from Danish land.",
        "Se efter en tastefejl i koordinaten.",
        "Look for a slip in the coordinate.",
    ),
    "municipality_missing": make_warning(
        "Kommunen mangler; den nærmeste er brugt.",
        "The municipality is missing; the nearest is used.",
        "Skriv kommunens firecifrede kode eller navn.",
        "Write the municipality's four-digit code or its name.",
    ),
}
