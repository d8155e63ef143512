# SPDX-License-Identifier: EUPL-1.2
"""Formulas of a workbook whose result is not stored: they look empty to whoever does not calculate."""

import re
import zipfile
from html import unescape

_SHEET = re.compile(r"<sheet\b[^<>]*>")
_NAME = re.compile(r'\bname="([^"]*)"')
_RELATION_ID = re.compile(r'\br:id="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^<>]*>")
_ID = re.compile(r'\bId="([^"]*)"')
_TARGET = re.compile(r'\bTarget="([^"]*)"')
_CHUNK = 1 << 20
_LONGEST_CELL = 20_000
# <c r="B2"><f>SUM(A1:A2)</f><v></v></c>: a program that does not calculate writes an empty value or none.
_UNSTORED = re.compile(
    rb'<c\b[^<>]{0,400}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,400}><f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
# As much of a workbook's own list of sheets as is looked at.
_MOST_LIST = 5_000_000


def find_unstored(archive: zipfile.ZipFile) -> dict[str, set[tuple[int, int]]]:
    """Find formulas without a stored result in an XLSX workbook.

    Parameters
    ----------
    archive
        The open workbook; one of another kind has none.

    Returns
    -------
    dict
        Name of the sheet -> cells as (row, column) from 0.
    """
    try:
        book, relations = (
            archive.open(name).read(_MOST_LIST).decode("utf-8", "replace")
            for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        )
    except KeyError:
        return {}
    targets = {
        found[1]: "xl/" + target[1].removeprefix("/xl/")
        for tag in _RELATION.findall(relations)
        if (found := _ID.search(tag)) and (target := _TARGET.search(tag))
    }
    cells: dict[str, set[tuple[int, int]]] = {}
    for tag in _SHEET.findall(book):
        name, relation = _NAME.search(tag), _RELATION_ID.search(tag)
        entry = targets.get(relation[1], "") if relation else ""
        if name and entry in archive.namelist():
            cells[unescape(name[1])] = _scan(archive, entry)
    return cells


def _scan(archive: zipfile.ZipFile, entry: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    kept = b""
    with archive.open(entry) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = kept + chunk
            if b"<f" in text:
                found |= {(int(row) - 1, _number(letters) - 1) for letters, row in _UNSTORED.findall(text)}
            kept = text[-_LONGEST_CELL:]
    return found


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
