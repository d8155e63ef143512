# SPDX-License-Identifier: EUPL-1.2
"""A drawn problem as the two files that the importers read."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.rates import ORE_PER_DKK
from matcher.problem.columns import DOCUMENTATION_CODES, FIRMNESS_CODES, NONE, SCREENING_CODES, UNKNOWN


def write_import_files(tables: Mapping[str, Mapping[str, Any]], *, folder: Path) -> tuple[Path, Path]:
    """Write drawn tables as the two files that `genbro import lots` and `genbro import requirements` read.

    Parameters
    ----------
    tables
        From `draw_tables`.
    folder
        Made if it is not there; ``lots.csv`` and ``requirements.csv`` in it are overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lots, wanted = folder / "lots.csv", folder / "requirements.csv"
    _write_csv(lots, _list_lots(tables))
    _write_csv(wanted, _list_requirements(tables))
    return lots, wanted


def _list_lots(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    lots, sites, step = tables["lots"], tables["sites"], _read_steps(tables)
    site, of_class = lots["site"], lots["class"]
    names = [sites["id"][row] for row in site.tolist()]
    return {
        "ref": lots["id"],
        "site_ref": names,
        "site_name": names,
        "x": sites["x_m"][site].tolist(),
        "y": sites["y_m"][site].tolist(),
        "class": [tables["classes"]["id"][row] for row in of_class.tolist()],
        "quantity": _in_units(lots["quantity"], step[of_class]),
        "unit": [tables["classes"]["unit"][row] for row in of_class.tolist()],
        "available_from": _list_days(lots["available_from"]),
        "available_to": _list_days(lots["available_to"]),
        "firmness": [FIRMNESS_CODES[code] for code in lots["firmness"].tolist()],
        "price_dkk": _in_dkk(lots["price_ore"], step[of_class]),
        "preparation_dkk": _in_dkk(lots["preparation_ore"], step[of_class]),
        "documentation": [DOCUMENTATION_CODES[code] for code in lots["documentation"].tolist()],
        "screening": [SCREENING_CODES[code] for code in lots["screening"].tolist()],
        "product_status": ["used"] * len(names),
        "grade": ["" if grade == UNKNOWN else grade for grade in lots["attribute.grade"].tolist()],
    }


def _list_requirements(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    wanted, sites, step = tables["requirements"], tables["sites"], _read_steps(tables)
    site, of_class = wanted["site"], wanted["class"]
    names = [sites["id"][row] for row in site.tolist()]
    return {
        "ref": wanted["id"],
        "project_ref": names,
        "project_name": names,
        "x": sites["x_m"][site].tolist(),
        "y": sites["y_m"][site].tolist(),
        "class": [tables["classes"]["id"][row] for row in of_class.tolist()],
        "quantity": _in_units(wanted["quantity"], step[of_class]),
        "unit": [tables["classes"]["unit"][row] for row in of_class.tolist()],
        "wanted_from": _list_days(wanted["wanted_from"]),
        "wanted_to": _list_days(wanted["wanted_to"]),
        "max_km": ["" if metres == NONE else metres // 1000 for metres in wanted["max_metres"].tolist()],
        "storage_days": ["" if days == NONE else days for days in wanted["storage_days"].tolist()],
        "substitutes_ok": _list_answers(wanted["substitutes_ok"]),
        "unknown_screening_ok": _list_answers(wanted["unknown_screening_ok"]),
        "documentation_min": [DOCUMENTATION_CODES[code] for code in wanted["documentation_min"].tolist()],
        "new_price_dkk": _in_dkk(wanted["new_price_ore"], step[of_class]),
        "grade_min": ["" if grade == UNKNOWN else grade for grade in wanted["minimum.grade"].tolist()],
        "unknown_ok": ["grade" if answer else "" for answer in wanted["unknown_ok.grade"].tolist()],
    }


def _read_steps(tables: Mapping[str, Mapping[str, Any]]) -> NDArray[np.float64]:
    return np.array([float(step) for step in tables["classes"]["step"]])


def _in_units(steps: NDArray[np.int64], step: NDArray[np.float64]) -> list[str]:
    return [f"{number:.10g}" for number in np.round(steps * step, 3).tolist()]


def _in_dkk(ore_per_step: NDArray[np.float64], step: NDArray[np.float64]) -> list[str]:
    return [f"{number:.4f}" for number in (ore_per_step / step / ORE_PER_DKK).tolist()]


def _list_days(days: NDArray[np.int64]) -> list[str]:
    return [(date(1970, 1, 1) + timedelta(days=day)).isoformat() for day in days.tolist()]


def _list_answers(answers: NDArray[np.bool_]) -> list[str]:
    return ["yes" if answer else "no" for answer in answers.tolist()]


def _write_csv(path: Path, columns: Mapping[str, list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
