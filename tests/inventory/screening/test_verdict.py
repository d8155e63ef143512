# SPDX-License-Identifier: EUPL-1.2
"""What samples say of a lot, against limits of hand-chosen numbers."""

import csv
import io
from decimal import Decimal
from importlib.resources import files

import pytest

from inventory.screening.reading import parse_reading
from inventory.screening.suspicion import list_to_look_for, read_suspected_substances
from inventory.screening.verdict import Limit, Verdict, judge_samples
from inventory.tables import Screening

DRY = "mg/kg dry matter"


def _limit(substance: str, clean: int | None, hazardous: int | None, unit: str = DRY) -> Limit:
    return Limit(
        municipality_code=None,
        substance=substance,
        unit=unit,
        clean_below=None if clean is None else Decimal(clean),
        hazardous_from=None if hazardous is None else Decimal(hazardous),
        note=None,
        source="by hand",
    )


LIMITS = {
    limit.substance: limit
    for limit in (
        _limit("lead", 40, 2500),
        _limit("zinc", 500, 2500),
        _limit("pcb_total", 1, 50),
        _limit("paraffins", None, 2500),
        _limit("cyanide", 1, None),
        _limit("asbestos", None, None, "presence"),
        _limit("heavy_metals_sum", None, 2500),
        _limit("heavy_metals_counted", 1000, None),
    )
}


def _judge(*found: tuple[str, str], suspicions: dict[str, tuple[str, ...]] | None = None) -> Verdict:
    readings = [
        (name, parse_reading(text, unit="presence" if name == "asbestos" else "mg/kg"))
        for name, text in found
    ]
    return judge_samples(readings, limits=LIMITS, metals={"lead", "zinc"}, suspicions=suspicions or {})


@pytest.mark.parametrize(
    ("substance", "text", "result", "why"),
    [
        ("lead", "39.9", "clean", "below_clean"),
        ("lead", "40", "contaminated", "above_clean"),
        ("lead", "2499.9", "contaminated", "above_clean"),
        ("lead", "2500", "hazardous", "above_hazardous"),
        ("lead", "<40", "clean", "below_clean"),
        ("lead", "<41", "unknown", "detection_limit"),
        ("paraffins", "<10", "clean", "not_found"),
        ("paraffins", "0.1", "contaminated", "no_clean_limit"),
        ("paraffins", "0", "clean", "not_found"),
        ("cyanide", "900000", "contaminated", "above_clean"),
        ("asbestos", "ikke påvist", "clean", "not_found"),
        ("asbestos", "påvist", "hazardous", "found"),
        ("uranium", "1", "unknown", "no_limit"),
    ],
)
def test_one_sample_against_its_limit(substance: str, text: str, result: str, why: str):
    """At the limits, below detection, and where a limit is missing; the limit that decided is kept."""
    verdict = _judge((substance, text))
    (finding,) = verdict.findings
    assert (verdict.result, finding.result, finding.why) == (result, result, why)
    assert finding.limit is LIMITS.get(substance)


def test_the_worst_sample_decides():
    """One bad place makes the lot bad, whatever the others say, and is the one shown."""
    verdict = _judge(("lead", "10"), ("lead", "300"), ("lead", "<5"), ("pcb_total", "<0.1"))
    assert verdict.result == Screening.CONTAMINATED
    lead = verdict.findings[0]
    assert (lead.worst.value, lead.samples) == (300, 3)


def test_contaminated_outweighs_what_cannot_be_told():
    """A lot that is contaminated for certain is not called unknown because of another substance."""
    assert _judge(("lead", "300"), ("uranium", "1")).result == Screening.CONTAMINATED


@pytest.mark.parametrize(
    ("lead", "zinc", "result"),
    [
        ("1500", "1100", "hazardous"),  # 2600 together
        ("1400", "1100", "contaminated"),  # 2500 is not above 2500
        ("2400", "1000", "contaminated"),  # zinc is not above 1000, so it does not count
    ],
)
def test_metals_are_added(lead: str, zinc: str, result: str):
    """Metals above 1000 each and 2500 together are hazardous, though none is alone."""
    verdict = _judge(("lead", lead), ("zinc", zinc))
    assert verdict.result == result
    assert ("heavy_metals_sum" in [one.substance for one in verdict.findings]) == (result == "hazardous")


def test_nothing_is_clean_while_a_suspicion_is_open():
    """Clean of lead says nothing of the PCB that is suspected; looking for all of it does."""
    suspicions = {"pcb_era": ("pcb_total",), "lead_paint": ("lead",)}
    verdict = _judge(("lead", "1"), suspicions=suspicions)
    assert verdict.result == Screening.UNKNOWN
    assert verdict.open == (("pcb_era", ("pcb_total",)),)
    assert _judge(("lead", "1"), ("pcb_total", "<0.1"), suspicions=suspicions).result == Screening.CLEAN


def test_no_sample_is_unknown():
    """A lot nobody has sampled is not screened."""
    assert _judge().result == Screening.UNKNOWN


def test_suspicions_name_what_answers_them():
    """Asbestos without a rule is still to be looked for; mortar is about no substance."""
    assert list_to_look_for(["mortar_cement", "pcb_era"], asbestos_suspect=False) == {
        "pcb_era": ("pcb_total",)
    }
    assert list_to_look_for([], asbestos_suspect=True) == {"asbestos_era": ("asbestos",)}
    assert list_to_look_for(["asbestos_roof"], asbestos_suspect=True) == {"asbestos_roof": ("asbestos",)}


def test_every_suspected_substance_has_a_limit():
    """What a suspicion asks for can be judged everywhere by guidance."""
    table = (files("inventory") / "reference" / "screening_limits.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(table))
    guidance = {row["substance"] for row in rows if not row["municipality"]}
    asked = {one for substances in read_suspected_substances().values() for one in substances}
    assert asked
    assert asked <= guidance
