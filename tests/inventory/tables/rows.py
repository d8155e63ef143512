# SPDX-License-Identifier: EUPL-1.2
"""The rows of a small world, and one valid row of each table beside them."""

import uuid
from datetime import date
from typing import Any

from tests.inventory.tables.rows_of_changes import OF_CHANGES
from tests.inventory.tables.rows_of_cutting import OF_CUTTING, WORLD_OF_CUTTING
from tests.inventory.tables.rows_of_map import OF_MAP
from tests.inventory.tables.rows_of_sites import OF_SITES

Values = dict[str, Any]

GROUP, PARENT, CHILD, SQUARE = 9001, 9002, 9003, 9004


def make_id(number: int) -> uuid.UUID:
    """Make an id that is easy to tell in a message."""
    return uuid.UUID(int=number)


ORGANISATION, SITE, OTHER_SITE, PROJECT_SITE, PROJECT, OPTION, LOT, REQUIREMENT, RUN = map(
    make_id, range(1, 10)
)
IMPORT, OTHER_LOT, MOVE = map(make_id, range(90, 93))
AREA = "SRID=25832;MULTIPOLYGON(((0 0, 0 1, 1 1, 0 0)))"
POINT, OTHER_POINT = "SRID=25832;POINT(700000 6170000)", "SRID=25832;POINT(575000 6224000)"

SAMPLE: Values = {
    "place": "p",
    "substance": "lead",
    "reading": "1",
    "reading_unit": "%",
    "value": 1,
    "below": False,
}
SAMPLE |= {"unit": "mg/kg dry matter", "laboratory": "l", "sampled_on": date(2026, 1, 1)}
TEST: Values = {"test": "t", "outcome": "passed", "laboratory": "l", "tested_on": date(2026, 1, 1)}

LEARNED: Values = dict.fromkeys(("method", "prior_surveys", "prior_spread", "factor", "spread"), 1)
LEARNED |= {"id": make_id(140), "class_id": CHILD, "use_group": "row", "era": "e", "looked": 0, "found": 0}
LEARNED["evidence"] = []

MAPPED: Values = {"kind": "lots", "header": "nr", "column_name": "ref"}

# One row of each table that the database takes beside the world's own rows.
VALID: dict[str, Values] = {
    "attribute": {
        "name": "colour",
        "step": 1,
        "kind": "ordered",
        "name_da": "f",
        "name_en": "c",
        "source": "s",
    },
    **OF_CHANGES,
    "building": {
        "site_id": OTHER_SITE,
        "bbr_id": make_id(100),
        "status_code": 6,
        "standing": True,
        "outbuilding": False,
        "source": "s",
    },
    "certificate": {
        "run_id": RUN,
        "digest": "d",
        "cost": 10,
        "bound": 10,
        "baseline": 20,
        "gap": 0,
        "quantum": 1,
    },
    "class_attribute": {"class_id": CHILD, "attribute": "length_mm"},
    "code_list": {"list": "test", "code": "1", "name_da": "et", "source": "s"},
    "attachment": {
        "id": make_id(130),
        "kind": "document",
        "lot_id": LOT,
        "content_hash": "a" * 64,
        "media_type": "application/pdf",
        "bytes": 1,
        "name": "f.pdf",
    },
    "design_option": {"id": make_id(101), "project_id": PROJECT, "name": "B", "chosen": True},
    "ifc_rule": {"id": make_id(140), "entity": "IfcDoor", "type_name": "t", "material": "m"},
    "import": {"id": make_id(120), "kind": "lots", "file": "f.csv", "organisation_id": ORGANISATION},
    "import_change": {"import_id": IMPORT, "table_name": "lot", "row_id": LOT},
    "import_mapping": {"id": make_id(121), "organisation_id": ORGANISATION, **MAPPED},
    "import_part": {"import_id": IMPORT, "part": 0, "content": b"x"},
    "import_row": {"import_id": IMPORT, "number": 2, "refused": False, "cells": ["a"]},
    "event": {"kind": "tested", "subject_kind": "lot", "subject_id": LOT},
    "explanation": {"run_id": RUN, "requirement_id": REQUIREMENT, "told": {}},
    "factor": {
        "kind": "test_kind",
        "class_id": CHILD,
        "key": "",
        "value": 2,
        "low": 1,
        "high": 3,
        "unit": "u",
        "source": "s",
        "valid_from": date(2026, 1, 1),
        "status": "assumption",
    },
    **OF_CUTTING,
    **OF_SITES,
    **OF_MAP,
    "learned_factor": LEARNED,
    "lot": {
        "id": make_id(102),
        "site_id": SITE,
        "ref": "b",
        "class_id": CHILD,
        "unit": "piece",
        "quantity": 5,
        "basis": "surveyed",
    },
    "lot_origin": {"parent_id": LOT, "child_id": OTHER_LOT, "quantity": 1, "move_id": MOVE},
    "lot_step": {
        "from_status": "installed",
        "to_status": "surveyed",
        "undo_only": False,
        "source": "s",
        "valid_from": date(2026, 1, 1),
    },
    "lot_survey": {"lot_id": LOT, "count": 5},
    "lot_test": {"id": make_id(132), "lot_id": LOT, **TEST},
    "lot_price": {"run_id": RUN, "lot_id": LOT, "price": 1},
    "match": {
        "run_id": RUN,
        "lot_id": LOT,
        "requirement_id": REQUIREMENT,
        "class_id": CHILD,
        "quantity": 1,
        "delivered": 1,
        "pick_up": date(2027, 1, 1),
        "deliver": date(2027, 1, 3),
        "storage_days": 2,
        "storage": "site",
        "metres": 1,
        "loads": 1,
        "price_ore": 0,
        "preparation_ore": 0,
        "transport_ore": 0,
        "storage_ore": 0,
        "disposal_ore": 0,
        "penalty_ore": 0,
        "new_ore": 0,
        "co2e_new_g": 0,
        "co2e_preparation_g": 0,
        "co2e_transport_g": 0,
        "co2e_regulatory_g": 0,
        "cost": 0,
        "basis": "surveyed",
        "firmness": "possible",
    },
    "material_class": {
        "id": 9100,
        "code": "test_other",
        "parent_id": GROUP,
        "name_da": "a",
        "name_en": "a",
        "unit": "piece",
        "step": 1,
        "mass_g_per_step": 1,
        "volume_ml_per_step": 0,
        "tradable": True,
        "vehicle": "van",
        "source": "s",
    },
    "materialepas": {"lot_id": LOT},
    "municipality": {"code": "9999", "name": "Prøve", "region_code": "9998", "geom": POINT, "source": "s"},
    "municipality_area": {"id": make_id(141), "code": "9996", "geom": AREA, "source": "f"},
    "organisation": {"id": make_id(103), "name": "Anden", "cvr": "12345678"},
    "product_decision": {"lot_id": LOT, "reason": "r", "source": "s", "decided_on": date(2026, 1, 1)},
    "project": {"id": make_id(104), "ref": "q", "name": "q", "site_id": PROJECT_SITE},
    "project_outcome": {"run_id": RUN, "project_id": PROJECT, "price": 0},
    "region": {"code": "9997", "name": "Ny", "source": "s"},
    "requirement": {
        "id": make_id(105),
        "project_id": PROJECT,
        "ref": "s",
        "class_id": CHILD,
        "unit": "piece",
        "quantity": 1,
        "wanted_from": date(2027, 1, 1),
        "wanted_to": date(2027, 2, 1),
    },
    "road_edge": {"a": "test_b", "b": "test_a", "metres": 1, "kind": "road", "source": "s"},
    "road_node": {"id": "test_c", "name": "c", "geom": POINT, "land_mass": "test", "source": "s"},
    "run": {"id": make_id(106)},
    "sample": {"id": make_id(130), "lot_id": LOT, **SAMPLE},
    "screening_limit": {"municipality_code": "9996", "substance": "test", "unit": "mg/kg", "source": "s"},
    "site": {"id": make_id(107), "kind": "donor", "ref": "z", "name": "z"},
    "substitute": {
        "class_id": CHILD,
        "substitute_id": PARENT,
        "unit": "piece",
        "step": 1,
        "p": 1,
        "q": 1,
        "penalty_ore": 0,
        "status": "sourced",
        "source": "s",
    },
    "town": {"id": 1, "name": "By", "geom": POINT, "source": "s"},
    "unmet": {"run_id": RUN, "requirement_id": REQUIREMENT, "reason": "distance", "quantity": 1},
}

WORLD: list[tuple[str, Values]] = [
    ("region", {"code": "9998", "name": "Prøveregion", "source": "s"}),
    (
        "municipality",
        {"code": "9996", "name": "Prøvekommune", "region_code": "9998", "geom": POINT, "source": "s"},
    ),
    *(
        (
            "material_class",
            {
                "id": number,
                "code": code,
                "parent_id": parent,
                "name_da": code,
                "name_en": code,
                "unit": unit,
                "step": step,
                "mass_g_per_step": 1000,
                "volume_ml_per_step": 0,
                "tradable": number != GROUP,
                "vehicle": "van",
                "source": "s",
            },
        )
        for number, code, parent, unit, step in (
            (GROUP, "test_group", None, "piece", 1),
            (PARENT, "test_parent", GROUP, "piece", 1),
            (CHILD, "test_child", PARENT, "piece", 1),
            (SQUARE, "test_square", GROUP, "m2", 0.1),
        )
    ),
    *(
        ("road_node", {"id": name, "name": name, "geom": POINT, "land_mass": "test", "source": "s"})
        for name in ("test_a", "test_b")
    ),
    ("organisation", {"id": ORGANISATION, "name": "Prøve"}),
    (
        "site",
        {
            "id": SITE,
            "kind": "donor",
            "ref": "x",
            "name": "x",
            "geom": POINT,
            "available_from": date(2027, 1, 1),
            "available_to": date(2027, 7, 1),
            "firmness": "permit_given",
            "organisation_id": ORGANISATION,
        },
    ),
    ("site", {"id": OTHER_SITE, "kind": "donor", "ref": "y", "name": "y", "geom": OTHER_POINT}),
    ("site", {"id": PROJECT_SITE, "kind": "project", "ref": "x", "name": "x", "geom": POINT}),
    ("project", {"id": PROJECT, "ref": "p", "name": "p", "site_id": PROJECT_SITE}),
    ("design_option", {"id": OPTION, "project_id": PROJECT, "name": "A"}),
    *(
        (
            "lot",
            {
                "id": one,
                "site_id": SITE,
                "ref": ref,
                "class_id": CHILD,
                "unit": "piece",
                "quantity": quantity,
                "basis": "surveyed",
            },
        )
        for one, ref, quantity in ((LOT, "a", 7), (OTHER_LOT, "o", 0))
    ),
    (
        "requirement",
        {
            "id": REQUIREMENT,
            "project_id": PROJECT,
            "ref": "r",
            "class_id": CHILD,
            "unit": "piece",
            "quantity": 9,
            "wanted_from": date(2027, 1, 1),
            "wanted_to": date(2027, 2, 1),
        },
    ),
    ("run", {"id": RUN}),
    ("import", {"id": IMPORT, "kind": "lots", "file": "g.csv"}),
    WORLD_OF_CUTTING,
]
