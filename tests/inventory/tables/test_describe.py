# SPDX-License-Identifier: EUPL-1.2
"""The page that describes the tables is the one the tables give."""

from pathlib import Path

from inventory.tables import Base
from inventory.tables.describe import describe_tables

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "tables.md"


def test_page_is_current() -> None:
    """The committed page is what ``python -m inventory.tables.describe`` writes today."""
    assert PAGE.read_text(encoding="utf-8") == describe_tables()


def test_page_names_every_column_and_rule() -> None:
    """Each column and each named rule of each table is on the page."""
    page = describe_tables()
    for title, table in Base.metadata.tables.items():
        section = page.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
        for column in table.columns:
            assert f"| `{column.name}` |" in section
        for name in [*(rule.name for rule in table.constraints), *(index.name for index in table.indexes)]:
            assert f"- `{name}: " in section


def test_describing_changes_no_table() -> None:
    """Writing the page twice gives the same: it takes nothing away from the tables."""
    assert describe_tables() == describe_tables()
