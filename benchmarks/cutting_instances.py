# SPDX-License-Identifier: EUPL-1.2
"""Small published instances of one stock length, with the least number of bars proven elsewhere."""

from collections import Counter
from dataclasses import dataclass

from matcher.cutting.problem import CuttingProblem, make_cutting_problem

BAR_COST, NEW_COST = 1_000, 1_000_000
"""Cost of a bar and of a piece bought new: so dear that none is, and the cost counts the bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCutting:
    """An instance of one stock length.

    Parameters
    ----------
    name
        As in the literature.
    source
        Where it was published, and where the optimum is proven.
    bar
        Length of every bar.
    pieces
        Number wanted of each length.
    optimum
        Fewest bars.
    """

    name: str
    source: str
    bar: int
    pieces: dict[int, int]
    optimum: int


_U120 = (
    42, 69, 67, 57, 93, 90, 38, 36, 45, 42, 33, 79, 27, 57, 44, 84, 86, 92, 46, 38, 85, 33, 82, 73, 49,
    70, 59, 23, 57, 72, 74, 69, 33, 42, 28, 46, 30, 64, 29, 74, 41, 49, 55, 98, 80, 32, 25, 38, 82, 30,
    35, 39, 57, 84, 62, 50, 55, 27, 30, 36, 20, 78, 47, 26, 45, 41, 58, 98, 91, 96, 73, 84, 37, 93, 91,
    43, 73, 85, 81, 79, 71, 80, 76, 83, 41, 78, 70, 23, 42, 87, 43, 84, 60, 55, 49, 78, 73, 62, 36, 44,
    94, 69, 32, 96, 70, 84, 58, 78, 25, 80, 58, 66, 83, 24, 98, 60, 42, 43, 43, 39,
)  # fmt: skip
_T60 = (
    495, 474, 473, 472, 466, 450, 445, 444, 439, 430, 419, 414, 410, 395, 372, 370, 366, 366, 366, 363,
    361, 357, 355, 351, 350, 350, 347, 320, 315, 307, 303, 299, 298, 298, 292, 288, 287, 283, 275, 275,
    274, 273, 273, 272, 272, 271, 269, 269, 268, 263, 262, 261, 259, 258, 255, 254, 252, 252, 252, 251,
)  # fmt: skip

PUBLISHED = (
    PublishedCutting(
        name="paper_rolls",
        source="Wikipedia, 'Cutting stock problem': 13 widths from rolls of 5600 mm, 73 rolls",
        bar=5_600,
        pieces={
            1_380: 22, 1_520: 25, 1_560: 12, 1_710: 14, 1_820: 18, 1_880: 18, 1_930: 20, 2_000: 10, 2_050: 12,
            2_100: 14, 2_140: 16, 2_150: 18, 2_200: 20,
        },
        optimum=73,
    ),
    PublishedCutting(
        name="u120_00",
        source="Falkenauer 1996, OR-Library binpack1, doi 10.1007/BF00226291",
        bar=150,
        pieces=dict(Counter(_U120)),
        optimum=48,
    ),
    PublishedCutting(
        name="t60_00",
        source="Falkenauer 1996, OR-Library binpack5, doi 10.1007/BF00226291: made of full triplets",
        bar=1_000,
        pieces=dict(Counter(_T60)),
        optimum=20,
    ),
)  # fmt: skip


def pose_published(instance: PublishedCutting) -> CuttingProblem:
    """Pose an instance: bars of one length, no kerf, a thousand a bar."""
    lengths = sorted(instance.pieces)
    counts = [instance.pieces[length] for length in lengths]
    return make_cutting_problem(
        bars={"id": ["bar"], "length_mm": [instance.bar], "quantity": [sum(counts)], "cost": [BAR_COST]},
        pieces={
            "id": [f"{length:06d}" for length in lengths],
            "length_mm": lengths,
            "quantity": counts,
            "new_cost": [NEW_COST] * len(lengths),
        },
    )
