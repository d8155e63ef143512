# SPDX-License-Identifier: EUPL-1.2
"""What Genbro knows of a lot already, in the fields of its Materialepas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from inventory.documentation.class_tests import read_class_tests
from inventory.documentation.materialepas.document import Values
from inventory.documentation.materialepas.fields import list_plain_fields, read_class_materials
from inventory.screening.reading import DRY_MATTER
from inventory.screening.verdict import ASBESTOS
from inventory.tables.lot_survey import Fixing

# How the survey says it is fixed, in the standard's words; loose goods and cast-in ones have none that fits.
_ASSEMBLY = {
    Fixing.SCREWED: "screwed",
    Fixing.NAILED: "nailed",
    Fixing.MORTAR: "mortared",
    Fixing.GLUED: "glued",
    Fixing.WELDED: "welded",
}

# Our codes of substances in the standard's words, where they differ.
_SUBSTANCES = {
    "pcb_total": "PCB",
    "chromium_vi": "chromium VI",
    "pah_sum": "PAH",
    "chlorinated_paraffins_sccp": "chloroparaffins, short-chained",
    "chlorinated_paraffins_mccp": "chloroparaffins, medium-chained",
}
_OUTCOMES = {"passed": "bestået", "failed": "ikke bestået", "measured": "målt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleKnown:
    """A laboratory's result; `value` in `unit`, of which less was found where `below`."""

    substance: str
    value: Decimal
    below: bool
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestKnown:
    """A test that was taken."""

    __test__ = False  # its name begins as those that pytest collects

    code: str
    outcome: str
    result: str | None
    laboratory: str
    tested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PassFacts:
    """What is known of a lot; `classes` are its class and those above it, addresses lead to files."""

    classes: tuple[str, ...]
    class_name_da: str
    company: str | None
    year_built: int | None
    year_made: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    thickness_mm: int | None
    looked_over: bool
    fixing: Fixing | None
    dop_ref: str | None
    epd_ref: str | None
    photos: Sequence[str]
    documents: Sequence[str]
    samples: Sequence[SampleKnown]
    tests: Sequence[TestKnown]


def fill_pass(facts: PassFacts) -> Values:
    """Fill the fields Genbro knows; every other one is None.

    Nothing is guessed but the material of the class, by a mapping of our own. Below detection a substance
    stands without a concentration.
    """
    values: Values = dict.fromkeys(field.path for field in list_plain_fields())
    known: dict[str, Any] = {
        "owner.company_name": facts.company,
        "construction_item_description.designation": facts.class_name_da,
        "construction_item_description.images": list(facts.photos),
        "construction_item_description.materials": list(_find_materials(facts.classes)),
        "construction_item_description.assembly_methods": [_ASSEMBLY[facts.fixing]]
        if facts.fixing in _ASSEMBLY
        else None,
        "construction_item_description.year_of_construction": facts.year_built,
        "product_information.production_year": facts.year_made,
        "certifications.has_epd": True if facts.epd_ref else None,
        "certifications.epd_registration_number": facts.epd_ref,
        "certifications.declaration_of_performance": [facts.dop_ref] if facts.dop_ref else None,
        "certifications.technical_documentation": list(facts.documents),
        "certifications.non_destructive_tests": [_write_test(test) for test in facts.tests],
        "dimensions.width_mm": facts.width_mm,
        "dimensions.height_mm": facts.height_mm,
        "dimensions.length_mm": facts.length_mm,
        "dimensions.thickness_mm": facts.thickness_mm,
        "condition.photo_documentation": list(facts.photos),
        "condition.visual_inspection_performed": True if facts.looked_over else None,
        "pollution.dangerous_substances": [_write_sample(sample) for sample in facts.samples],
        "pollution.has_asbestos_analysis": True
        if any(sample.substance == ASBESTOS for sample in facts.samples)
        else None,
    }
    return values | {path: value for path, value in known.items() if value not in (None, [])}


def _find_materials(classes: Sequence[str]) -> tuple[str, ...]:
    """Find what a class is made of: what is said of itself, or of the nearest class above it."""
    materials = read_class_materials()
    return next((materials[code] for code in classes if code in materials), ())


def _write_sample(sample: SampleKnown) -> dict[str, Any]:
    measured = not sample.below and sample.unit == DRY_MATTER
    return {
        "content_method": "measured_material",
        "analyzed_substance": _SUBSTANCES.get(sample.substance, sample.substance),
        "cas_number": None,
        "ec_number": None,
        "concentration_mg_per_kg": float(sample.value) if measured else None,
    }


def _write_test(test: TestKnown) -> str:
    known = next((one for one in read_class_tests() if one.code == test.code), None)
    name = test.code if known is None else known.name_da
    standard = f" ({known.standard})" if known is not None and known.standard else ""
    result = f": {test.result}" if test.result else ""
    outcome = _OUTCOMES.get(test.outcome, test.outcome)
    return f"{name}{standard}{result}, {outcome}, {test.laboratory}, {test.tested_on.isoformat()}"
