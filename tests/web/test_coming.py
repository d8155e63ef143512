# SPDX-License-Identifier: EUPL-1.2
"""What comes when: a bar for each month that is as high as the month is heavy, and a table for each month."""

import re

from flask.testing import FlaskClient

from tests.web.reading import find_all, find_id, get_page, read_text


def read_lots(words: str) -> int:
    """Read how many lots a line tells of."""
    found = re.search(r"([\d,]+) lots?\b", words)
    assert found, words
    return int(found[1].replace(",", ""))


def test_months_are_drawn_and_add_up(client: FlaskClient):
    """Twelve bars, one of them full height; the months below hold the lots that the headline counts."""
    page = get_page(client, "/en/coming")
    drawing = find_all(page, "figure", class_="gb-coming")[0]
    bars = find_all(drawing, "a")
    heights = [float(find_all(bar, "rect")[1].getAttribute("height").rstrip("%")) for bar in bars]
    assert len(heights) == 12
    assert max(heights) == 100
    assert min(heights) >= 0
    told = [read_lots(read_text(find_all(bar, "title")[0])) for bar in bars]
    folds = find_all(page, "details", class_="gb-coming-month")
    months = [read_lots(read_text(find_all(fold, "summary")[0])) for fold in folds]
    assert months == [lots for lots in told if lots]
    assert sum(months) == read_lots(read_text(find_id(page, "table-title")))


def test_a_month_is_seen_alone(client: FlaskClient):
    """The address of a bar shows its month alone, open, marks the bar, and leads back to all of them."""
    page = get_page(client, "/en/coming?month=2027-02")
    folds = find_all(page, "details", class_="gb-coming-month")
    assert [read_text(fold)[:13] for fold in folds] == ["February 2027"]
    assert folds[0].hasAttribute("open")
    marked = [
        bar
        for bar in find_all(find_all(page, "figure", class_="gb-coming")[0], "a")
        if bar.hasAttribute("aria-current")
    ]
    assert [bar.getAttribute("href").split("month=")[-1] for bar in marked] == ["2027-02"]
    assert "Show all months" in read_text(find_all(page, "main")[0])
