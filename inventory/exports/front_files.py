# SPDX-License-Identifier: EUPL-1.2
"""A front of money against CO2e as CSV, Excel or a picture, chosen by the file's ending."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from inventory.exports.front_picture import write_front_picture
from inventory.exports.plan_files import ExportPlaceError, UnknownExportFormatError
from matcher.tradeoffs.front import Point

ORE_PER_DKK = 100
KG_PER_TONNE = 1000


def tabulate_front(points: Sequence[Point]) -> pd.DataFrame:
    """Lay out a front as a table, a row for each carbon price; DKK, tonnes, km, shares of one."""
    return pd.DataFrame(
        [
            {
                "carbon_price_dkk_per_tonne": point.carbon_price_ore_per_tonne / ORE_PER_DKK,
                "money_saved_dkk": point.money_ore / ORE_PER_DKK,
                "co2e_saved_t": point.co2e_kg_real / KG_PER_TONNE,
                "co2e_saved_br18_t": point.co2e_kg_regulatory / KG_PER_TONNE,
                "km": point.km,
                "matched_share": point.matched_share,
                "matches": point.matches,
                "gap": point.gap,
                "dominated": point.dominated,
                "digest": point.digest,
            }
            for point in points
        ]
    )


def _write_csv(points: Sequence[Point], path: Path) -> None:
    tabulate_front(points).to_csv(path, index=False, encoding="utf-8")


def _write_excel(points: Sequence[Point], path: Path) -> None:
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        tabulate_front(points).to_excel(book, sheet_name="front", index=False, freeze_panes=(1, 0))


_WRITERS: dict[str, Callable[[Sequence[Point], Path], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_excel,
    ".png": write_front_picture,
}


def check_front_file_name(path: Path) -> None:
    """Refuse a file name whose ending names no format, before any work is done.

    Raises
    ------
    UnknownExportFormatError
        For an ending other than .csv, .xlsx or .png.
    """
    if path.suffix.lower() not in _WRITERS:
        raise UnknownExportFormatError(path=path, known=", ".join(sorted(_WRITERS)))


def write_front_file(points: Sequence[Point], path: Path) -> None:
    """Write a front in the format the path's ending names; folders on the way are made.

    Raises
    ------
    UnknownExportFormatError
        For an ending other than .csv, .xlsx or .png.
    ExportPlaceError
        The file cannot be written there.
    """
    check_front_file_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _WRITERS[path.suffix.lower()](points, path)
    except OSError as error:
        raise ExportPlaceError(path=path, why=error.strerror or str(error)) from error
