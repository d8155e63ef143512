# SPDX-License-Identifier: EUPL-1.2
"""Ids made from natural keys."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.tables import stable_id


def test_id_is_the_same_for_ever() -> None:
    """The id of a known key: were it to change, every stored row would lose its own."""
    expected = uuid.uuid5(uuid.UUID("6f1d6f0e-6a51-5c0e-9d3b-2b8f2f4b7c11"), "site:donor:0a3f50b8")
    assert (
        stable_id("site", "donor", "0a3f50b8")
        == expected
        == uuid.UUID("14db1415-d99a-5f4f-9309-c37865d40a41")
    )


def test_letters_composed_or_not_are_the_same() -> None:
    """A file from a Mac writes å as two signs; the id is that of the one."""
    assert stable_id("organisation", "A\u030arhus") == stable_id("organisation", "\u00c5rhus")


@given(
    st.lists(st.text(st.characters(codec="ascii"), min_size=1), min_size=1, max_size=4),
    st.lists(st.text(st.characters(codec="ascii"), min_size=1), min_size=1, max_size=4),
)
def test_different_keys_have_different_ids(one: list[str], other: list[str]) -> None:
    """Wherever the parts are cut, another key gives another id."""
    assert (stable_id("lot", *one) == stable_id("lot", *other)) == (one == other)


def test_kinds_are_kept_apart() -> None:
    """A lot and a requirement of one reference have two ids."""
    assert stable_id("lot", "a") != stable_id("requirement", "a")


@pytest.mark.parametrize("parts", [(), ("",), ("a", None), ("a", "")])
def test_key_with_a_gap_is_refused(parts: tuple[object, ...]) -> None:
    """A key with nothing in it would give unlike things one id."""
    with pytest.raises(ValueError, match="key"):
        stable_id("lot", *parts)
