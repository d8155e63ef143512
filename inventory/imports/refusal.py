# SPDX-License-Identifier: EUPL-1.2
"""A file that cannot be imported at all: what was found and what was expected."""

from collections.abc import Mapping
from typing import ClassVar

from inventory.errors import BadInputError

_WHY: Mapping[str, tuple[str, str]] = {
    "file_missing": ("filen findes ikke", "there is no such file"),
    "file_unreadable": ("filen kan ikke læses: {found}", "the file cannot be read: {found}"),
    "file_empty": ("filen er tom", "the file is empty"),
    "no_rows": (
        "der er en overskrift i række {row}, men ingen rækker under den",
        "there is a header in row {row} but no row below it",
    ),
    "file_binary": (
        "filen er hverken tekst, Excel eller kort ({found}); forventet CSV, XLSX, GPKG, GeoJSON, Shapefile",
        "the file is not text, Excel or a map ({found}); expected CSV, XLSX, GPKG, GeoJSON, Shapefile",
    ),
    "file_password": (
        "projektmappen er beskyttet med adgangskode; gem den uden",
        "the workbook is protected by a password; save it without one",
    ),
    "file_damaged": (
        "projektmappen er beskadiget ({found})",
        "the workbook is damaged ({found})",
    ),
    "cell_far_out": (
        "celle {found} er udfyldt så langt ude, at arket ikke kan være i hukommelsen; slet det, der står der",
        "cell {found} is filled so far out that the sheet does not fit the memory; delete what stands there",
    ),
    "sheet_missing": (
        "der er intet ark {expected}; arkene er: {found}",
        "there is no sheet {expected}; the sheets are: {found}",
    ),
    "no_sheets": (
        "en CSV-fil har ingen ark; udelad --sheet {expected}",
        "a CSV file has no sheets; leave out --sheet {expected}",
    ),
    "columns_missing": (
        "kolonner mangler: {expected}. Fundet: {found}",
        "columns are missing: {expected}. Found: {found}",
    ),
    "column_twice": (
        "kolonnen {expected} står to gange ({found})",
        "the column {expected} is there twice ({found})",
    ),
    "too_broken": (
        "mere end {found} rækker har løse anførselstegn; filen er næppe CSV",
        "more than {found} rows have stray quotation marks; this is hardly a CSV file",
    ),
    "too_many_columns": (
        "tabellen har {found} kolonner; der er plads til {expected}. Slet dem, der ikke skal bruges",
        "the table has {found} columns; there is room for {expected}. Delete those of no use",
    ),
    "unpacks_too_much": (
        "filen fylder mere end {found}, når den pakkes ud; det ligner en fælde, og den er ikke læst",
        "unpacked the file takes more than {found}; that looks like a trap, and it was not read",
    ),
    "vector_damaged": (
        "kortfilen er beskadiget eller ufuldstændig ({found})",
        "the map file is damaged or incomplete ({found})",
    ),
    "shapefile_parts": (
        "Shapefilen mangler {expected}; pak alle dens filer i én zip",
        "the Shapefile lacks {expected}; put all its files into one zip",
    ),
    "no_map": (
        "filen er ikke et kort; forventet GeoPackage, GeoJSON eller Shapefile med kommunernes flader",
        "the file is no map; expected GeoPackage, GeoJSON or Shapefile with the municipalities' areas",
    ),
    "no_polygons": (
        "kortet har ingen flader; forventet polygoner af kommuner",
        "the map has no areas; expected polygons of municipalities",
    ),
    "no_municipalities": (
        "ingen kolonne siger, hvilken kommune fladerne er (kode som 0461 eller navn). Fundet: {found}",
        "no column says which municipality the areas are (a code such as 0461, or a name). Found: {found}",
    ),
    "header_row_missing": (
        "der er ingen række {expected} med overskrifter; filen har {found} rækker",
        "there is no row {expected} with headers; the file has {found} rows",
    ),
    "mapping_wrong": (
        "kolonnetilknytningen kan ikke bruges: fundet {found}, forventet {expected}",
        "the mapping cannot be used: found {found}, expected {expected}",
    ),
    "headers_missing": (
        "tilknytningen nævner overskrifter, der ikke er i filen: {expected}. Fundet: {found}",
        "the mapping names headers that are not in the file: {expected}. Found: {found}",
    ),
    "target_unknown": (
        "der er intet {expected} {found}; skriv dets id, reference eller adresse",
        "there is no {expected} {found}; write its id, reference or address",
    ),
    "target_ambiguous": (
        "{found} passer på flere: {expected}. Skriv referencen",
        "{found} fits several: {expected}. Write the reference",
    ),
    "place_missing": (
        "stedet {found} er nyt og har ingen placering: {expected}. Giv et punkt i hånden, eller vælg et sted",
        "the site {found} is new and has no place: {expected}. Give a point by hand, or choose a site",
    ),
    "model_form_wrong": (
        "feltet {found} kan ikke bruges: forventet {expected}",
        "the field {found} cannot be used: expected {expected}",
    ),
    "point_wrong": (
        "punktet {found} kan ikke bruges: {expected}",
        "the point {found} cannot be used: {expected}",
    ),
    "wanted_window_missing": (
        "projektet {found} har ingen start og slut; sig, fra og til hvornår delene skal bruges",
        "the project {found} has no start and end; say from and to when the parts are wanted",
    ),
    "window_empty": (
        "vinduet er tomt: {found}. Giv to dage som 2027-05-31; den sidste er den første, det er for sent",
        "the window is empty: {found}. Give two days such as 2027-05-31; the latter is the first too late",
    ),
    "not_seeded": (
        "databasen har ingen {expected}; kør genbro db upgrade",
        "the database has no {expected}; run genbro db upgrade",
    ),
}


class FileRefusedError(BadInputError):
    """{file} was not imported: {why_en}."""

    exit_code: ClassVar[int] = 2

    def __init__(
        self,
        *,
        file: str,
        code: str,
        found: str = "",
        expected: str | tuple[str, str] = "",
        row: int = 0,
    ) -> None:
        """Say why a file is refused.

        Parameters
        ----------
        file
            Name of the file.
        code
            One of the codes above, such as ``columns_missing``.
        found, expected
            What the file has, and what it should have; words of it in Danish and in English.
        row
            Row of the header, as seen in a spreadsheet.
        """
        words = (expected, expected) if isinstance(expected, str) else expected
        da, en = (
            why.format(found=found, expected=word, row=row)
            for why, word in zip(_WHY[code], words, strict=True)
        )
        super().__init__(file=file, code=code, found=found, expected=words[1], why_da=da, why_en=en)


REFUSAL_CODES = tuple(_WHY)
