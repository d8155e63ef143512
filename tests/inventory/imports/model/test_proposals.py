# SPDX-License-Identifier: EUPL-1.2
"""Which class a type may be, and which not: words in both languages, entities, codes, rules, layers."""

from dataclasses import replace

import pytest

from inventory.imports.model.amounts import find_amount, read_contents
from inventory.imports.model.bounds import list_bounds, list_dimensions
from inventory.imports.model.choices import ALIKE, DECIDED, OPEN, RULE, Choice, choose_classes, list_parts
from inventory.imports.model.naming import mark_model, name_part
from inventory.imports.model.types import ModelType, TypeKey, list_types
from inventory.imports.model.words import propose_class, read_word_rules
from inventory.queries.imports.keys import KnownClass
from inventory.takeoff.rows import Quantity, Takeoff, TakeoffRow

NONE = Quantity(used=0.0, measured=0.0, declared=0.0, beside=0.0, both=0, gross=False)
ROW = TakeoffRow(
    ifc_class="IfcWall",
    entity="IfcWall",
    predefined="",
    type_name="",
    material="",
    layer="",
    names=(),
    codes=(),
    external=None,
    profile="",
    width_mm=None,
    height_mm=None,
    thickness_mm=None,
    lengths=(),
    elements=1,
    shapes=0,
    area=NONE,
    length=NONE,
    volume=NONE,
)
CLASSES = frozenset(rule.class_code for rule in read_word_rules())


def measure(used: float) -> Quantity:
    """A measured quantity."""
    return replace(NONE, used=used, measured=used)


def make_type(**values: object) -> ModelType:
    """A type of one row."""
    return take([replace(ROW, **values)])[0]  # type: ignore[arg-type]


def take(rows: list[TakeoffRow], layers: list[TakeoffRow] | None = None) -> list[ModelType]:
    """The types of rows and layers."""
    return list_types(
        Takeoff(
            schema="IFC4",
            project="p",
            rows=tuple(rows),
            layers=tuple(layers or ()),
            left_out={},
            repeated=0,
            place={},
        )
    )


def choose(
    types: list[ModelType],
    *,
    decided: dict[TypeKey, str | None] | None = None,
    rules: dict[tuple[str, str, str, str, str], str | None] | None = None,
) -> list[Choice]:
    """Choose among the classes of the packaged rules."""
    return choose_classes(types, decided=decided or {}, rules=rules or {}, known=CLASSES)


@pytest.mark.parametrize(
    ("entity", "words", "found"),
    [
        ("IfcDoor", {"type_name": "Inderdør 9x21"}, "door_inner"),
        ("IfcDoor", {"type_name": "Doors_ExtDbl_Flush"}, "door_outer"),
        ("IfcDoor", {"type_name": "0864 x 2032mm", "external": False}, "door_inner"),
        ("IfcDoor", {"type_name": "0864 x 2032mm", "external": True}, "door_outer"),
        ("IfcDoor", {"type_name": "0864 x 2032mm"}, None),
        ("IfcDoor", {"type_name": "D1", "codes": ("BIM7AA Typekodning 321",)}, "door_inner"),
        ("IfcDoor", {"type_name": "D1", "codes": ("Uniformat 321",)}, None),
        ("IfcDoor", {"type_name": "Branddør EI2 30"}, "door_fire"),
        ("IfcDoor", {"type_name": "Garageport", "external": True}, None),
        ("IfcWindow", {"material": "Træ/alu + Glas"}, "window_wood"),
        ("IfcWindow", {"material": "PVC + Glass"}, "window_pvc"),
        ("IfcWindow", {"type_name": "1180 x 1170mm"}, None),
        ("IfcSanitaryTerminal", {"predefined": "TOILETPAN"}, "toilet"),
        ("IfcSanitaryTerminal", {"type_name": "Håndvask 60 cm"}, "washbasin"),
        ("IfcSpaceHeater", {"type_name": "Radiator"}, None),
        ("IfcSpaceHeater", {"type_name": "Støbejernsradiator 3 søjler"}, "radiator_cast_iron"),
        ("IfcBeam", {"type_name": "HEB200"}, "steel_beam"),
        ("IfcBeam", {"type_name": "Pipe rack"}, None),
        ("IfcColumn", {"type_name": "310UC96.8", "material": "Metal - Steel - 345 MPa"}, "steel_column"),
        ("IfcBeam", {"type_name": "NZ-SHS beam:100x6.0SHS"}, "steel_hollow_section"),
        ("IfcBeam", {"material": "Concrete, Cast-in-Place gray"}, None),
        ("IfcMember", {"predefined": "RAFTER", "material": "Stål"}, "steel_beam"),
        ("IfcMember", {"predefined": "RAFTER"}, "rafter_timber"),
        ("IfcSlab", {"type_name": "Huldæk 220"}, "hollow_core_slab"),
        ("IfcWall", {"material": "Leichtbeton 102890359"}, None),
        ("IfcWall", {"material": "Brick"}, "brick_unknown_mortar"),
        ("IfcWall", {"material": "Mursten i kalkmørtel"}, "brick_lime_mortar"),
        ("IfcWall", {"material": "Brick, Common + Fiberglass Batt + Plaster"}, None),
        ("IfcWall", {"type_name": "Betonelement 180", "material": "Beton"}, "concrete_wall_element"),
        ("IfcCovering", {"predefined": "CEILING", "material": "Troldtekt"}, "ceiling_wood_wool"),
        ("IfcKerb", {"type_name": "Kantsten granit 12x25"}, "kerb_granite"),
        ("IfcBuildingElementProxy", {"type_name": "Skulptur"}, None),
    ],
)
def test_a_class_is_proposed_or_left_open(entity: str, words: dict[str, object], found: str | None) -> None:
    """What speaks for a class proposes it; where nothing does, nobody guesses."""
    proposed = propose_class(make_type(entity=entity, **words))
    assert (None if proposed is None else proposed.class_code) == found


def test_a_proposal_says_what_it_rests_on() -> None:
    """The word as it is written, the predefined type, or the property."""
    by_word = propose_class(make_type(entity="IfcMember", type_name="Spær 45x195"))
    assert by_word is not None
    assert (by_word.why, by_word.word) == ("word", "spær")
    by_kind = propose_class(make_type(entity="IfcSanitaryTerminal", predefined="BATH"))
    assert by_kind is not None
    assert (by_kind.why, by_kind.word) == ("predefined", "BATH")


def test_what_was_decided_is_remembered_and_carried_over() -> None:
    """A decision wins over a rule, a rule of the type over one of its like, any rule over a proposal."""
    first = make_type(entity="IfcWall", type_name="Væg 1", material="Brick")
    other = make_type(entity="IfcWall", type_name="Væg 2", material="Brick")
    rules: dict[tuple[str, str, str, str, str], str | None] = {first.key.fold(): "brick_lime_mortar"}
    by_rule, alike = choose([first, other], rules=rules)
    assert (by_rule.class_code, by_rule.why) == ("brick_lime_mortar", RULE)
    assert (alike.class_code, alike.why) == ("brick_lime_mortar", ALIKE)
    (decided,) = choose([first], rules=rules, decided={first.key: None})
    assert (decided.class_code, decided.why, decided.open) == (None, DECIDED, False)
    # two rules of the like that disagree carry nothing over, and a class that is gone is no rule
    rules[make_type(entity="IfcWall", type_name="Væg 3", material="Brick").key.fold()] = "clinker_block"
    assert choose([other], rules=rules)[0].class_code == "brick_unknown_mortar"
    assert choose([first], rules={first.key.fold(): "no_such"})[0].class_code == "brick_unknown_mortar"


def test_nothing_is_taken_twice() -> None:
    """A whole that has a class is taken without its layers; else its layers are, and the open ones listed."""
    whole = replace(ROW, type_name="Ydervæg", material="Brick + X")
    layers = [replace(whole, layer="Brick"), replace(whole, layer="X")]
    types = take([whole], layers)
    parts, left = list_parts(choose(types))
    assert [(part.row.layer, part.choice.class_code) for part in parts] == [
        ("Brick", "brick_unknown_mortar"),
        ("X", None),
    ]
    assert left == 0
    parts, left = list_parts(choose(types, decided={types[0].key: "sandwich_facade"}))
    assert [(part.row.layer, part.choice.class_code) for part in parts] == [("", "sandwich_facade")]
    parts, left = list_parts(choose(types, decided=dict.fromkeys((one.key for one in types), None)))
    assert (parts, left) == ([], 1)
    parts, left = list_parts(choose(types, decided={types[1].key: None}))
    assert [(part.row.layer, part.choice.why) for part in parts] == [("", OPEN)]


def make_class(code: str, unit: str, *attributes: str) -> KnownClass:
    """A class of a step of 0.1, of pieces 1."""
    from decimal import Decimal  # noqa: PLC0415 - one place needs it

    return KnownClass(
        id=1,
        code=code,
        parent_code=None,
        name_da=code,
        name_en=code,
        unit=unit,
        step=Decimal(1 if unit == "piece" else "0.1"),
        tradable=True,
        attributes=frozenset(attributes),
    )


def test_a_quantity_is_in_the_unit_of_its_class() -> None:
    """Pieces are counted, areas and lengths measured, bricks reckoned from area and leaves."""
    row = replace(ROW, elements=3, area=measure(56.04), length=measure(24.06), thickness_mm=228)
    assert find_amount(row, of_class=make_class("door_inner", "piece")).steps == 3
    assert find_amount(row, of_class=make_class("gypsum_board", "m2")).steps == 560
    assert find_amount(row, of_class=make_class("steel_beam", "m")).steps == 241
    bricks = find_amount(row, of_class=make_class("brick_lime_mortar", "piece"))
    assert bricks.steps == 7005  # 56.04 m2 of two leaves, 125 bricks each m2
    assert bricks.reckoned == "56.0 m2 × 125.0"
    assert find_amount(row, of_class=make_class("roof_tile_clay", "piece")).steps == 841


def test_what_cannot_be_measured_says_why() -> None:
    """No geometry, no thickness, a unit no model measures, more than any site holds."""
    for row, of_class, problem in (
        (ROW, make_class("gypsum_board", "m2"), "quantity_not_in_model"),
        (replace(ROW, area=measure(1.0)), make_class("brick_lime_mortar", "piece"), "thickness_missing"),
        (ROW, make_class("gravel", "t"), "unit_not_measured"),
        (replace(ROW, area=measure(1e12)), make_class("gypsum_board", "m2"), "quantity_out_of_range"),
        (replace(ROW, area=measure(0.01)), make_class("gypsum_board", "m2"), "quantity_out_of_range"),
    ):
        assert find_amount(row, of_class=of_class).problem == problem


def test_dimensions_become_bounds() -> None:
    """A tolerance of 10 mm, a tenth at most; a length only where all have it, and as a least one."""
    door = replace(ROW, entity="IfcDoor", width_mm=890, height_mm=2090)
    of_door = make_class("door_inner", "piece", "width_mm", "height_mm")
    assert list_bounds(door, of_class=of_door, tolerance_mm=10) == {
        "width_mm": (880, 900),
        "height_mm": (2080, 2100),
    }
    board = replace(ROW, thickness_mm=12)
    of_board = make_class("gypsum_board", "m2", "thickness_mm")
    assert list_bounds(board, of_class=of_board, tolerance_mm=10) == {"thickness_mm": (11, 13)}
    bar = replace(ROW, lengths=((6000, 4),))
    of_bar = make_class("rafter_timber", "m", "length_mm")
    assert list_bounds(bar, of_class=of_bar, tolerance_mm=10) == {"length_mm": (6000, None)}
    assert list_dimensions(replace(bar, lengths=((6000, 4), (4200, 1))), of_class=of_bar) == {}
    assert list_dimensions(board, of_class=make_class("brick_lime_mortar", "piece", "thickness_mm")) == {}


def test_a_part_is_called_the_same_at_every_import() -> None:
    """The mark is the model's, whatever its file is called; another size, layer or model is another name."""
    mark = mark_model("1xS3BCk291UvhgP2a6eflL", file="a.ifc")
    assert mark == mark_model("1xS3BCk291UvhgP2a6eflL", file="b.ifc") != mark_model("x", file="a.ifc")
    row = replace(ROW, type_name="Dør", width_mm=890, height_mm=2090)
    assert name_part(row, mark=mark) == name_part(replace(row, elements=9, names=("x",)), mark=mark)
    others = [replace(row, width_mm=900), replace(row, layer="Gips"), replace(row, external=True)]
    assert (
        len({name_part(one, mark=mark) for one in (row, *others)} | {name_part(row, mark=mark, again=1)}) == 5
    )
    assert name_part(row, mark=mark).startswith("Dør · 890×2090 mm [")


def test_the_packaged_rules_name_classes_that_are_there(known_classes: dict[str, str]) -> None:
    """Each class can be traded, and what is reckoned from an area is counted in pieces."""
    assert set(known_classes) >= CLASSES
    assert {known_classes[code] for code in read_contents()} == {"piece"}
