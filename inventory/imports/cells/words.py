# SPDX-License-Identifier: EUPL-1.2
"""The words of files: codes of our enumerations with their Danish and English names."""

import re
from collections.abc import Mapping
from functools import cache

from inventory.imports.cells.problem import Cell, Parsed, refuse_cell, show_cell
from inventory.imports.cells.spelling import fold_text, suggest_words

# list -> code -> (Danish word of templates, English word of templates, others understood)
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "firmness": {
        "possible": ("mulig", "possible", "måske"),
        "permit_applied": ("tilladelse søgt", "permit applied", "søgt", "ansøgt"),
        "permit_given": ("tilladelse givet", "permit given", "givet", "tilladelse"),
        "started": ("i gang", "started", "begyndt", "påbegyndt"),
        "gone": ("væk", "gone", "nedrevet"),
    },
    "documentation": {
        "none": ("ingen", "none", "nej"),
        "basic": ("enkel", "basic", "grundlæggende", "simpel"),
        "tested": ("prøvet", "tested", "testet", "afprøvet"),
    },
    "screening": {
        "clean": ("ren", "clean", "rent"),
        "contaminated": ("forurenet", "contaminated"),
        "hazardous": ("farlig", "hazardous", "farligt", "farligt affald"),
        "unknown": ("ukendt", "unknown", "ikke screenet", "not screened"),
    },
    "product_status": {
        "used": ("brugt", "used", "genbrugt"),
        "surplus": ("overskud", "surplus", "restparti"),
        "recycled": ("genanvendt", "recycled"),
    },
    "unit": {
        "piece": ("stk", "piece", "styk", "stykker", "pieces", "pcs", "pc", "each"),
        "m": ("m", "m", "lbm", "lm", "løbende meter", "meter", "metre", "metres", "meters"),
        "m2": ("m²", "m2", "kvm", "kvadratmeter", "sqm", "square metre", "square metres"),
        "m3": ("m³", "m3", "kbm", "kubikmeter", "cubic metre", "cubic metres"),
        "kg": ("kg", "kg", "kilo", "kilogram"),
        "t": ("ton", "t", "tons", "tonne", "tonnes"),
    },
    "way_of_reuse": {
        "direct": ("direkte genbrug", "direct reuse", "direkte"),
        "preparation": (
            "forberedelse til genbrug",
            "preparation for reuse",
            "forberedelse",
            "klargøring til genbrug",
        ),
    },
    "price_at": {
        "site": ("på stedet", "at the site", "afhentet", "ab plads", "fetched"),
        "delivered": ("leveret", "delivered", "inkl. levering"),
    },
    "party": {
        "seller": ("sælger", "seller", "sælgeren", "the seller"),
        "buyer": ("køber", "buyer", "køberen", "the buyer"),
    },
    "crane": {
        "none": ("ikke nødvendigt", "not needed", "ingen", "nej", "no"),
        "there": ("er på stedet", "there already", "findes"),
        "hire": ("skal lejes", "to be hired", "lejes"),
    },
    "demolition_source": {
        "owner_plan": ("ejers plan", "owner's plan", "bygherres plan"),
        "master_plan": ("helhedsplan", "master plan"),
        "local_plan": ("lokalplan", "local plan"),
        "tender": ("udbud", "tender"),
        "register": ("register", "building register", "bbr"),
        "permit": ("tilladelse", "permit", "nedrivningstilladelse"),
        "firm": ("nedrivningsfirma", "demolition firm", "entreprenør", "nedriver"),
    },
    "yes_no": {
        "true": ("ja", "yes", "true", "sand", "j", "y", "1", "x"),
        "false": ("nej", "no", "false", "falsk", "n", "0"),
    },
    "organisation_kind": {
        "public_builder": (
            "offentlig bygherre",
            "public builder",
            "region",
            "stat",
            "almen boligorganisation",
        ),
        "demolition_firm": ("nedrivningsfirma", "demolition firm", "nedriver", "entreprenør"),
        "municipality": ("kommune", "municipality"),
        "dealer": ("forhandler", "dealer", "byggemarked"),
        "other": ("anden", "other", "andet", "privat", "private"),
    },
    "attribute": {
        "length_mm": ("længde", "length"),
        "width_mm": ("bredde", "width"),
        "height_mm": ("højde", "height"),
        "thickness_mm": ("tykkelse", "thickness"),
        "grade": ("stand", "condition"),
        "year": ("fremstillingsår", "year made", "år"),
        "strength": ("styrke", "strength"),
        "fire": ("brandmodstand", "fire resistance", "brand"),
        "colour": ("farve", "colour", "color"),
    },
}


@cache
def _index_words(words: str) -> dict[str, str]:
    index: dict[str, str] = {}
    for code, names in WORDS[words].items():
        for name in (code, *names):
            if index.setdefault(fold_text(name), code) != code:
                raise ValueError(f"{name!r} means two codes of {words}")
    return index


def list_words(words: str, *, language: str) -> tuple[str, ...]:
    """List the words of a list as a template offers them, in Danish ("da") or English ("en")."""
    return tuple(names[0 if language == "da" else 1] for names in WORDS[words].values())


def parse_word(cell: Cell, *, words: str) -> Parsed[str]:
    """Read a word of one of the lists as its code.

    Parameters
    ----------
    cell
        The code, or a Danish or English word for it, in any case.
    words
        Name of the list in `WORDS`.

    Returns
    -------
    Parsed of str
        Problem ``word_unknown`` with the nearest words.
    """
    if cell is None:
        return Parsed()
    text = show_cell(cell)
    code = _index_words(words).get(fold_text(text))
    if code is not None:
        return Parsed(value=code)
    known = [name for code, names in WORDS[words].items() for name in (code, *names[:2])]
    return refuse_cell(
        "word_unknown",
        suggested=suggest_words(text, known=known),
        known=", ".join(show_word(code, words=words) for code in WORDS[words]),
    )


def show_word(code: str, *, words: str) -> str:
    """Write a code with its Danish word, as in ``piece (stk)``, unless they are one."""
    danish = WORDS[words][code][0]
    return code if danish == code else f"{code} ({danish})"


def parse_yes_no(cell: Cell) -> Parsed[bool]:
    """Read yes or no: ja/nej, yes/no, true/false, 1/0, x."""
    if isinstance(cell, bool):
        return Parsed(value=cell)
    parsed = parse_word(cell, words="yes_no")
    return Parsed(value=None if parsed.value is None else parsed.value == "true", problem=parsed.problem)


def parse_attributes(cell: Cell) -> Parsed[tuple[str, ...]]:
    """Read names of attributes, separated by spaces, commas or semicolons, into their codes."""
    if cell is None:
        return Parsed(value=())
    found: list[str] = []
    texts: list[str] = []
    for part in re.split("[,;]", show_cell(cell)):
        whole = parse_word(part, words="attribute").value is not None
        texts += [part] if whole else part.split()
    for text in texts:
        parsed = parse_word(text, words="attribute")
        if parsed.value is None:
            return Parsed(problem=parsed.problem)
        if parsed.value not in found:
            found.append(parsed.value)
    return Parsed(value=tuple(sorted(found)))
