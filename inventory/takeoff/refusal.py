# SPDX-License-Identifier: EUPL-1.2
"""A building model that cannot be read: told from its first and last bytes, before anything parses it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from inventory.errors import BadInputError

SCHEMAS = ("IFC2X3", "IFC4", "IFC4X3_ADD2")  # what ifcopenshell 0.9 reads
MOST_BYTES = 200_000_000
_EDGE = 65_536
_HEAD = 2_000
_XML = re.compile(rb"ifcxml|buildingsmart", re.IGNORECASE)
_DRAWING = re.compile(rb"AC10\d\d")

_WHY: Mapping[str, tuple[str, str]] = {
    "file_missing": ("filen findes ikke", "there is no such file"),
    "too_large": (
        "filen fylder {found} byte; der er plads til {expected}. Del modellen op",
        "the file has {found} bytes; there is room for {expected}. Split the model",
    ),
    "packed": (
        "filen er en zip (eller .ifczip); pak den ud, og brug .ifc-filen i den",
        "the file is a zip (or .ifczip); unpack it and use the .ifc file in it",
    ),
    "drawing": (
        "filen er en DWG-tegning; eksportér modellen som IFC4 fra det program, den er tegnet i",
        "the file is a DWG drawing; export the model as IFC4 from the program it was drawn in",
    ),
    "ifc_xml": (
        "filen er ifcXML; gem modellen som .ifc (STEP), IFC4",
        "the file is ifcXML; export the model as .ifc (STEP), IFC4",
    ),
    "not_step": (
        "filen er ikke en IFC-model (den begynder ikke med ISO-10303-21); gem den som IFC4",
        "the file is no IFC model (it does not begin with ISO-10303-21); export it as IFC4",
    ),
    "schema_unknown": (
        "modellens skema er {found}; forventet et af {expected}. Gem den igen som IFC4",
        "the model's schema is {found}; expected one of {expected}. Export it again as IFC4",
    ),
    "cut_off": (
        "filen er skåret over: slutlinjen END-ISO-10303-21 mangler. Hent eller gem den igen",
        "the file is cut off: its last line END-ISO-10303-21 is missing. Fetch or export it again",
    ),
    "unreadable": (
        "modellen kan ikke læses ({found}); gem den igen som IFC4",
        "the model cannot be read ({found}); export it again as IFC4",
    ),
    "damaged": (
        "modellen er beskadiget: {found} steder kan ikke læses eller henviser til intet; gem den igen",
        "the model is damaged: {found} places cannot be read or lack what they refer to; export it again",
    ),
    "too_slow": (
        "modellen tog mere end {expected} sekunder; del den op",
        "the model took more than {expected} seconds; split it",
    ),
    "nothing_built": (
        "modellen har ingen bygningsdele; gem den igen med vægge, dæk, døre og vinduer",
        "the model has no building elements; export it again with walls, slabs, doors and windows",
    ),
}
REFUSAL_CODES = tuple(_WHY)
DAMAGED = "damaged:"
"""What the measuring process says last of a damaged model, with the number of places."""


class ModelRefusedError(BadInputError):
    """{file}: {why_en}. ({why_da}.)"""

    exit_code: ClassVar[int] = 2

    def __init__(self, *, file: str, code: str, found: str = "", expected: str = "") -> None:
        """Say why a model is refused.

        Parameters
        ----------
        file
            Name of the file.
        code
            One of `REFUSAL_CODES`.
        found, expected
            What the file has, and what it should have.
        """
        da, en = (why.format(found=found, expected=expected) for why in _WHY[code])
        super().__init__(file=file, code=code, found=found, expected=expected, why_da=da, why_en=en)


def looks_like_model(first: bytes) -> bool:
    """Tell from its first bytes whether a file claims to be an IFC model (STEP)."""
    return first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"ISO-10303-21")


def refuse_foreign(path: Path) -> None:
    """Refuse what is no whole IFC model of a known schema.

    Raises
    ------
    ModelRefusedError
        With the code of what was found.
    """
    if not path.is_file():
        raise ModelRefusedError(file=path.name, code="file_missing")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ModelRefusedError(file=path.name, code="too_large", found=str(size), expected=str(MOST_BYTES))
    with path.open("rb") as file:
        first = file.read(_EDGE)
        file.seek(max(0, size - _EDGE))
        last = file.read()
    if first.startswith(b"PK"):
        raise ModelRefusedError(file=path.name, code="packed")
    if _DRAWING.match(first):
        raise ModelRefusedError(file=path.name, code="drawing")
    if first.lstrip()[:1] == b"<" and _XML.search(first[:_HEAD]):
        raise ModelRefusedError(file=path.name, code="ifc_xml")
    if not looks_like_model(first):
        raise ModelRefusedError(file=path.name, code="not_step")
    schema = re.search(rb"FILE_SCHEMA\s*\(\s*\(\s*'([^']{1,40})'", first)
    name = schema.group(1).decode("ascii", "replace").upper() if schema else "?"
    if name not in SCHEMAS:
        raise ModelRefusedError(
            file=path.name, code="schema_unknown", found=name, expected=", ".join(SCHEMAS)
        )
    if b"END-ISO-10303-21" not in last:
        raise ModelRefusedError(file=path.name, code="cut_off")
