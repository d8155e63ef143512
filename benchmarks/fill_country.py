# SPDX-License-Identifier: EUPL-1.2
"""Fills a database with a made-up country of lots and requirements."""

from pathlib import Path

from sqlalchemy import Connection

FILL = Path(__file__).with_suffix(".sql")


def fill_country(connection: Connection, *, lots: int, requirements: int) -> None:
    """Fill an upgraded database with a made-up country.

    Parameters
    ----------
    connection
        Its transaction carries all of it.
    lots, requirements
        Of the country, ten to a site; multiples of ten.
    """
    script = FILL.read_text(encoding="utf-8")
    for name, count in (("{lots}", lots), ("{requirements}", requirements)):
        script = script.replace(name, str(count))
    connection.exec_driver_sql(script)
