# SPDX-License-Identifier: EUPL-1.2
"""A place in an order is written into an address, and read again as it was."""

import pytest
from werkzeug.datastructures import MultiDict

from inventory.queries.keyset import Place, Turn
from web.page_turn import read_turn, write_turn


@pytest.mark.parametrize("place", [("Å skole", "1"), ("a~b", None), ("!n", "!t~!e"), (None, None), ("", "x")])
@pytest.mark.parametrize("name", ["page", "unmet"])
def test_a_place_comes_back_as_it_was(place: Place, name: str):
    """Whatever its words are, empty ones and those it is parted with too, and for a page's second list."""
    for turn in (Turn(page=3, after=place), Turn(page=2, before=place), Turn(page=9, last=True), Turn()):
        written = {key: str(value) for key, value in write_turn(turn, name=name).items() if value is not None}
        assert read_turn(MultiDict(written), name=name) == turn


def test_a_wrong_number_is_the_first_page():
    """A page that is no number, or far below or beyond all, is taken to what there is."""
    assert read_turn(MultiDict({"page": "x"})) == Turn()
    assert read_turn(MultiDict({"page": "-3", "after": ""})) == Turn()
    assert read_turn(MultiDict({"page": "9" * 30})).page == 10**9
