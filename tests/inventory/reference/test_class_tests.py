# SPDX-License-Identifier: EUPL-1.2
"""The tests of each class: whole rows, known codes, and the word assumption where nobody has published it."""

from __future__ import annotations

from inventory.documentation.class_tests import list_tests, read_class_tests
from inventory.documentation.completeness import read_items

Rows = list[dict[str, str]]


def test_rows_are_whole_and_say_where_they_come_from(codes_of: dict[str, set[str]]) -> None:
    """Costs are in order, weeks are some, codes have names, and a guess is marked as one."""
    codes = [test.code for test in read_class_tests()]
    assert len(set(codes)) == len(codes)
    for test in read_class_tests():
        assert 0 < test.cost_low_dkk <= test.cost_likely_dkk <= test.cost_high_dkk, test.code
        assert test.weeks > 0
        assert test.laboratory in codes_of["laboratory"]
        assert test.engineer in codes_of["engineer"]
        assert test.opens in codes_of["use"]
        assert test.name_da
        assert test.name_en
        assert test.status in {"sourced", "assumption"}
        assert test.cost_status in {"sourced", "assumption"}
        for source, status in ((test.source, test.status), (test.cost_source, test.cost_status)):
            assert source
            assert (status == "assumption") == ("not verified" in source), test.code


def test_every_tradable_class_has_a_test(tradable: Rows, class_of: dict[str, dict[str, str]]) -> None:
    """Of whatever may be offered somebody can be told what can be tested."""
    for row in tradable:
        line, at = [row["code"]], row["parent"]
        while at:
            line.append(at)
            at = class_of[at]["parent"]
        assert list_tests(line), row["code"]


def test_a_test_measures_an_attribute_its_classes_declare(
    tradable: Rows, class_of: dict[str, dict[str, str]]
) -> None:
    """A measured value can become the lot's own in at least one class below the test's."""
    known = set(class_of)
    for test in read_class_tests():
        assert test.class_code in known
        if test.attribute:
            below = [row for row in tradable if test.class_code in {row["code"], row["parent"]}]
            assert any(test.attribute in row["attributes"].split() for row in below), test.code


def test_papers_have_names(codes_of: dict[str, set[str]]) -> None:
    """Every paper an item helps to fill can be named in both languages."""
    assert {paper for item in read_items() for paper in item.papers} <= codes_of["paper"]
