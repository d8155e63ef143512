# SPDX-License-Identifier: EUPL-1.2
"""What a cutting plan makes of its lots: every millimetre goes somewhere, whatever is sawn."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.matching.cutting import write_documents
from inventory.queries.cutting.sawn import reckon_sawn
from inventory.tables import SawnKind, stable_id
from matcher.cutting.problem import make_cutting_problem
from matcher.cutting.solve import Effort, solve_cutting

LOTS = [str(stable_id("lot", name)) for name in "ab"]
REQUIREMENTS = [str(stable_id("requirement", name)) for name in "rs"]
QUICK = Effort(rounds=1, dives=1, branches=0, nodes=1, moves=0)
LENGTH, COUNT = st.integers(100, 6000), st.integers(1, 5)


@st.composite
def draw_problems(draw: Any) -> dict[str, Any]:
    """Draw bars of two lots, pieces of two requirements, and a saw that takes tenths of a millimetre."""
    pieces = draw(
        st.dictionaries(st.tuples(st.sampled_from(REQUIREMENTS), LENGTH), COUNT, min_size=1, max_size=4)
    )
    return {
        "params": {
            "kerf_mm": draw(st.integers(0, 120)) / 10,
            "minimum_offcut_mm": draw(st.integers(0, 9000)) / 10,
            "cut_cost": 1000,
        },
        "bars": {
            "id": LOTS,
            "length_mm": [draw(LENGTH), draw(LENGTH)],
            "quantity": [draw(COUNT), draw(COUNT)],
            "cost": [1, 2],
            "price": [1, 2],
            "offcut_value": [0, 0],
        },
        "pieces": {
            "id": [f"{requirement}/{length}" for requirement, length in pieces],
            "length_mm": [length for _, length in pieces],
            "quantity": list(pieces.values()),
            "new_cost": [10**9] * len(pieces),
            "site": ["here"] * len(pieces),
        },
    }


@settings(max_examples=25, deadline=None)
@given(drawn=draw_problems())
def test_length_in_is_length_out(drawn: dict[str, Any]) -> None:
    """Bars are pieces, kerf, off-cuts and scrap to the whole millimetre, and as many as the plan says."""
    problem = make_cutting_problem(**drawn)
    stated, plan = write_documents(problem, solve_cutting(problem, effort=QUICK))
    sawn = reckon_sawn(stated, plan)
    assert sum(one.bars for one in sawn) == plan["figures"]["bars_used"]
    pieces = 0
    for one in sawn:
        parts = sum(part.length_mm * part.count for part in one.parts)
        assert one.bars * one.length_mm == parts + one.kerf_mm + one.scrap_mm
        assert min(one.kerf_mm, one.scrap_mm) >= 0
        pieces += sum(part.count for part in one.parts if part.kind is SawnKind.PIECE)
        shortest = min([100, *(part.length_mm for part in one.parts)])
        assert shortest >= 100
        kept = [part.length_mm for part in one.parts if part.kind is SawnKind.OFFCUT]
        assert all(length + 1 > stated["params"]["minimum_offcut_mm"] for length in kept)
        assert all((part.requirement_id is None) is (part.kind is SawnKind.OFFCUT) for part in one.parts)
    assert pieces == plan["figures"]["pieces_cut"]
    kerf_and_scrap = sum(one.kerf_mm + one.scrap_mm for one in sawn)
    assert kerf_and_scrap >= plan["figures"]["waste_length"] / 10
