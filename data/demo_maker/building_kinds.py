# SPDX-License-Identifier: EUPL-1.2
"""What kinds of building the demo has: how often, how old, how large, of what.

The weights follow the register extract of 2020-04-18 (1,787 buildings of 16 municipalities) where it
has enough of a kind, and common sense for schools, offices and halls, of which it has few.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingKind:
    """A kind of building: ``area`` is the footprint in m2, ``weight`` how often, ``due`` the share
    of the standing ones that is due for demolition.
    """

    group: str
    uses: tuple[int, ...]
    weight: int
    years: tuple[int, int]
    area: tuple[int, int]
    floors: tuple[int, ...]
    due: float


KINDS: tuple[BuildingKind, ...] = (
    BuildingKind(group="house", uses=(120, 120, 120, 110, 122), weight=185, years=(1880, 1985),
                 area=(75, 220), floors=(1,), due=0.55),
    BuildingKind(group="row", uses=(130, 131, 132), weight=30, years=(1920, 1985),
                 area=(180, 900), floors=(1, 1, 2), due=0.6),
    BuildingKind(group="block", uses=(140, 140, 150, 160), weight=42, years=(1890, 1976),
                 area=(260, 1100), floors=(2, 3, 3, 4), due=0.7),
    BuildingKind(group="farm", uses=(210, 211, 212, 216, 217, 218, 219), weight=52,
                 years=(1880, 1995), area=(120, 1400), floors=(1,), due=0.5),
    BuildingKind(group="industry", uses=(220, 222, 223, 290, 323), weight=42, years=(1920, 1995),
                 area=(300, 4200), floors=(1, 1, 1, 2), due=0.65),
    BuildingKind(group="office", uses=(320, 321, 322, 330, 331), weight=34, years=(1930, 2002),
                 area=(250, 1800), floors=(1, 2, 2, 3), due=0.65),
    BuildingKind(group="school", uses=(420, 421, 440, 441, 430, 433), weight=34,
                 years=(1925, 1992), area=(400, 2600), floors=(1, 1, 2, 2), due=0.75),
    BuildingKind(group="culture", uses=(410, 415, 530, 531, 533), weight=11, years=(1920, 1990),
                 area=(250, 1800), floors=(1,), due=0.6),
    BuildingKind(group="summer", uses=(510,), weight=20, years=(1935, 1990),
                 area=(35, 110), floors=(1,), due=0.35),
    BuildingKind(group="shed", uses=(930, 930, 920, 910, 940, 970), weight=150,
                 years=(1930, 2015), area=(6, 90), floors=(0,), due=0.08),
)  # fmt: skip

# group -> wall code of the register -> weight; 0 stands for an empty field
WALLS: dict[str, dict[int, int]] = {
    "house": {1: 80, 2: 6, 4: 4, 5: 5, 90: 2, 0: 4},
    "row": {1: 78, 2: 8, 6: 5, 5: 4, 0: 3},
    "block": {1: 74, 6: 18, 2: 4, 0: 2},
    "farm": {1: 45, 5: 12, 8: 14, 3: 6, 4: 6, 2: 6, 0: 8},
    "industry": {1: 34, 2: 16, 8: 22, 6: 18, 3: 3, 0: 6},
    "office": {1: 52, 6: 22, 2: 8, 12: 6, 8: 4, 0: 5},
    "school": {1: 68, 6: 16, 2: 7, 5: 4, 0: 4},
    "culture": {1: 62, 6: 12, 8: 8, 5: 8, 2: 5, 0: 4},
    "summer": {5: 80, 1: 12, 10: 2, 0: 5},
    "shed": {5: 46, 1: 12, 8: 4, 12: 4, 80: 3, 11: 2, 0: 29},
}
# first year -> roof code of the register -> weight; 0 stands for an empty field
ROOFS: tuple[tuple[int, dict[int, int]], ...] = (
    (0, {5: 48, 3: 20, 7: 8, 6: 6, 2: 5, 4: 6, 0: 3}),
    (1930, {5: 38, 3: 28, 4: 12, 2: 9, 6: 4, 0: 3}),
    (1960, {3: 50, 4: 14, 2: 13, 1: 12, 5: 6, 6: 3, 0: 4}),
    (1988, {4: 22, 5: 18, 10: 18, 2: 14, 1: 14, 6: 10, 0: 4}),
)
FLAT_ROOFED = frozenset({"block", "industry", "office", "school"})
SHED_ROOFS: dict[int, int] = {2: 24, 3: 24, 6: 12, 1: 10, 11: 12, 4: 4, 12: 4, 90: 6, 0: 26}
HEATING: dict[str, dict[str, int]] = {
    "warm": {"1": 50, "2": 26, "7": 10, "5": 6, "6": 2, "": 4},
    "farm": {"": 70, "9": 30},
    "summer": {"7": 60, "3": 25, "9": 15},
    "shed": {"": 80, "9": 20},
}
# what the register's case says of a building with nothing going on
CASES: dict[str, int] = {
    "25": 74, "4": 6, "2": 4, "9": 5, "0": 2, "11": 2, "8": 2, "10": 1, "5": 1, "1": 1,
}  # fmt: skip
