# SPDX-License-Identifier: EUPL-1.2
"""What makes a row true: equal answers, medians, bars, and a file that a second run goes on from."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

import click
import pytest

from benchmarks.__main__ import choose_contests, keep_rows, list_contests, write_time_plan
from benchmarks.bars import BARS, Bar
from benchmarks.budgets import MOST_MATCHER_S, MOST_S, WEB_GROUPS, find_budget
from benchmarks.contest import SECONDS, Answer, Contest, Published, Sides, Unit
from benchmarks.groups import web
from benchmarks.machine import hash_sources, list_upstream
from benchmarks.measure import MOST_RATIO, DifferentAnswersError, measure_contest
from benchmarks.row import read_rows, write_rows
from benchmarks.scale import FULL, SMOKE
from benchmarks.table import fill_page, write_markdown
from tests.browser.serving import serve

TODAY = date(2026, 11, 23)
QUICK_S, SLOW_S = 0.005, 0.05


def make_side(answer: Answer, *, seconds: float, calls: list[float]) -> Answer:
    """Take some seconds, note them and answer."""
    sleep(seconds)
    calls.append(seconds)
    return answer


@contextmanager
def open_made_up(sides: Sides) -> Iterator[Sides]:
    """Give sides that are ready."""
    yield sides


def make_contest(sides: Sides, *, bar: Bar | None = None, unit: Unit = SECONDS, runs: int = 3) -> Contest:
    """Make a contest of ready sides."""
    return Contest(
        group="flow",
        name="made_up_peer",
        bar=bar or Bar(least_ratio=2.0, reason="to try"),
        peer="a peer",
        unit=unit,
        runs=runs,
        packages=("scipy",),
        open_sides=partial(open_made_up, sides),
    )


def test_a_row_holds_the_medians_of_runs_in_turns() -> None:
    """Both sides run in turns, once more than is counted, and the ratio is theirs over ours."""
    calls: list[float] = []
    answer = Answer(value=7.0, detail=(1, 2))
    sides = Sides(
        ours=lambda: make_side(answer, seconds=QUICK_S, calls=calls),
        theirs=lambda: make_side(answer, seconds=SLOW_S, calls=calls),
        size="small",
    )
    row = measure_contest(make_contest(sides), today=TODAY)
    assert calls == [QUICK_S, SLOW_S] * 4
    assert row.ours >= QUICK_S
    assert row.theirs >= SLOW_S
    assert row.ratio == pytest.approx(row.theirs / row.ours)
    assert (row.answer, row.runs, row.met, row.bar) == (7.0, 3, row.ratio >= 2.0, "ratio >= 2")
    assert row.versions["scipy"]
    assert row.measured == "2026-11-23"


@pytest.mark.parametrize("theirs", [Answer(value=8.0, detail=(1,)), Answer(value=7.0, detail=(2,))])
def test_different_answers_make_no_row(theirs: Answer) -> None:
    """A peer that found something else was asked something else."""
    sides = Sides(ours=lambda: Answer(value=7.0, detail=(1,)), theirs=lambda: theirs, size="small")
    with pytest.raises(DifferentAnswersError):
        measure_contest(make_contest(sides), today=TODAY)


def test_an_answer_off_the_proven_one_makes_no_row() -> None:
    """Against a published figure our answer is held to the proven optimum."""
    sides = Sides(
        ours=lambda: Answer(value=7.0), theirs=Published(seconds=9.0), size="x", expected=7.1, tolerance=0.2
    )
    assert measure_contest(make_contest(sides), today=TODAY).theirs == 9.0
    with pytest.raises(DifferentAnswersError):
        measure_contest(make_contest(replace(sides, tolerance=0.05)), today=TODAY)


def test_answers_themselves_may_be_compared() -> None:
    """Of savings the greater is the better."""
    sides = Sides(ours=lambda: Answer(value=12.0), theirs=lambda: Answer(value=10.0), size="x")
    row = measure_contest(make_contest(sides, unit="DKK saved"), today=TODAY)
    assert (row.ours, row.theirs, row.met) == (12.0, 10.0, False)
    assert row.ratio == pytest.approx(1.2)
    nothing = replace(sides, theirs=lambda: Answer(value=0.0))
    assert measure_contest(make_contest(nothing, unit="DKK saved"), today=TODAY).ratio == MOST_RATIO


def test_a_row_that_used_its_budget_begins_no_further_turn() -> None:
    """One turn counts however long it took, and the row says that it was one."""
    calls: list[float] = []
    side = partial(make_side, Answer(value=7.0), seconds=QUICK_S, calls=calls)
    contest = make_contest(Sides(ours=side, theirs=side, size="x"), runs=5)
    assert measure_contest(contest, today=TODAY, budget_s=0.0).runs == 1
    assert len(calls) == 4
    assert measure_contest(contest, today=TODAY, budget_s=60.0).runs == 5


def test_a_side_may_measure_itself_and_warm_up_on_less() -> None:
    """What a side says it took counts, and what it was warmed by does not."""
    warmed: list[int] = []
    answer = Answer(value=7.0, seconds=3.0, figures={"peak_gib": 1.5})
    sides = Sides(ours=lambda: answer, theirs=Published(seconds=6.0), size="x", warm=lambda: warmed.append(1))
    row = measure_contest(make_contest(sides), today=TODAY)
    assert (row.ours, row.ratio, row.figures) == (3.0, 2.0, {"peak_gib": 1.5})
    assert warmed == [1]


def test_a_row_too_small_to_judge_takes_one_turn() -> None:
    """Small sizes show that a row works: each side runs once, and nothing is warmed up."""
    calls: list[float] = []
    side = partial(make_side, Answer(value=7.0), seconds=QUICK_S, calls=calls)
    sides = Sides(ours=side, theirs=side, size="x", warm=lambda: calls.append(0.0))
    row = measure_contest(make_contest(sides), today=TODAY, judged=False)
    assert (row.runs, row.bar, len(calls)) == (1, "", 2)


def test_readers_of_the_web_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not counted of the row about readers ends once all is read again and again."""
    monkeypatch.setattr(web, "_ROUND_S", 0.2)
    asked: list[str] = []

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    with serve(answer) as address:
        web._settle(int(address.rpartition(":")[2]), ["/"])
    assert len(asked) >= 10
    assert set(asked) == {"/"}


def test_all_rows_end_in_time() -> None:
    """Each row has a budget; those of the matcher keep to 75 minutes, and all together to 100."""
    contests = list_contests(FULL, real_data=Path())
    assert {contest.group for contest in contests} >= WEB_GROUPS
    assert sum(find_budget(each.name) for each in contests if each.group not in WEB_GROUPS) <= MOST_MATCHER_S
    assert sum(find_budget(contest.name) for contest in contests) <= MOST_S
    told = write_time_plan(contests)
    assert all(f"{contest.group}: " in told for contest in contests)


def test_a_bar_holds_the_ratio_and_our_own_figure() -> None:
    """Either end of a bar can be missed; a bar without ends tells nothing."""
    bar = Bar(least_ratio=2.0, most_ours=1.0, reason="to try")
    assert bar.is_met(ours=1.0, ratio=2.0, figures={}) is True
    assert bar.is_met(ours=1.1, ratio=2.0, figures={}) is False
    assert bar.is_met(ours=1.0, ratio=1.9, figures={}) is False
    assert Bar(reason="to know").is_met(ours=1.0, ratio=0.1, figures={}) is None


def test_a_bar_holds_figures_beside() -> None:
    """Memory or a gap can be missed too; a figure that was not measured is a fault, not a pass."""
    bar = Bar(most={"peak_gib": 4.0}, reason="to try")
    assert bar.describe() == "peak_gib <= 4"
    assert bar.is_met(ours=1.0, ratio=1.0, figures={"peak_gib": 4.0}) is True
    assert bar.is_met(ours=1.0, ratio=1.0, figures={"peak_gib": 4.1}) is False
    with pytest.raises(KeyError):
        bar.is_met(ours=1.0, ratio=1.0, figures={})


def test_rows_of_other_versions_are_measured_again(tmp_path: Path) -> None:
    """A row is kept as long as the versions and sources are those of now."""
    sides = Sides(ours=lambda: Answer(value=1.0), theirs=lambda: Answer(value=1.0), size="x")
    contest = make_contest(sides)
    row = measure_contest(contest, today=TODAY)
    path = tmp_path / "rows" / "latest.json"
    write_rows(path, rows=[row])
    assert read_rows(path) == [row]
    assert keep_rows([row], contests=[contest]) == {contest.name: row}
    older = replace(row, versions={**row.versions, "scipy": "0.1"})
    assert keep_rows([older], contests=[contest]) == {}
    path.write_text(json.dumps({"version": 0, "rows": [{}]}), encoding="utf-8")
    assert read_rows(path) == []


def test_a_kept_row_is_judged_by_the_bar_of_now() -> None:
    """A bar that moved moves what is said of a row that was measured before."""
    sides = Sides(ours=lambda: Answer(value=1.0), theirs=lambda: Answer(value=1.0), size="x")
    contest = replace(make_contest(sides), bar=Bar(least_ratio=1e-9, reason="low"))
    row = measure_contest(contest, today=TODAY)
    assert row.met is True
    higher = replace(contest, bar=Bar(least_ratio=1e9, reason="high"))
    kept = keep_rows([row], contests=[higher])[contest.name]
    assert (kept.bar, kept.met, kept.ours) == ("ratio >= 1e+09", False, row.ours)


def test_a_row_rests_on_what_its_group_imports() -> None:
    """The flow's rows outlive a change to side rules, which they do not use; a country's do not."""
    flow, national = (list_upstream(group) for group in ("flow", "national"))
    assert "matcher.plain.flow" in flow
    assert not any(name.startswith("matcher.side") for name in flow)
    assert any(name.startswith("matcher.side") for name in national)
    assert hash_sources("flow") != hash_sources("national")


def test_rows_are_chosen_by_group_or_name() -> None:
    """A word that fits nothing is refused with what there is."""
    contests = list_contests(FULL, real_data=Path())
    groups = {"flow", "candidates", "paper", "end_to_end", "instant", "cutting", "national", "side"}
    assert {c.group for c in contests} >= groups
    assert [c.name for c in choose_contests(contests, only=["flow_networkx"])] == ["flow_networkx"]
    chosen = choose_contests(contests, only=["paper_4096", "flow"])
    assert {c.group for c in chosen} == {"flow", "paper"}
    assert len([c for c in chosen if c.group == "paper"]) == 4
    with pytest.raises(click.BadParameter, match="flow_scipy"):
        choose_contests(contests, only=["flwo"])


def test_every_bar_stands_for_a_row() -> None:
    """Rows have names of their own, every bar is used, and medians rest on five runs, of long ones three.

    Readers who come for minutes are one run.
    """
    contests = list_contests(FULL, real_data=Path())
    assert len({c.name for c in contests}) == len(contests)
    used = [bar for bar in BARS.values() if any(bar is c.bar for c in contests)]
    assert len(used) == len(BARS)
    assert {c.name for c in contests if c.unit == SECONDS and c.runs < 3} == {"web_load"}
    assert not [c for c in list_contests(SMOKE, real_data=None) if c.group == "paper"]


def test_the_table_of_the_documentation_tells_what_was_missed() -> None:
    """A missed bar cannot be overlooked."""
    sides = Sides(ours=lambda: Answer(value=1.0), theirs=lambda: Answer(value=2.0), size="x")
    row = measure_contest(make_contest(sides, unit="DKK saved"), today=TODAY)
    assert "| **no** |" in write_markdown([row])
    assert "| yes |" in write_markdown([replace(row, met=True)])


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    """The table is never written over text."""
    page = tmp_path / "page.md"
    page.write_text("Text\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no"):
        fill_page(page, rows=[])
    assert page.read_text(encoding="utf-8") == "Text\n"


def test_the_documentation_holds_every_row() -> None:
    """The page of results has a line of each row that `make bench` measures."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "benchmarks.md"
    told = page.read_text(encoding="utf-8")
    rows = [contest.name for contest in list_contests(FULL, real_data=Path())]
    assert [name for name in rows if f"| {name} |" not in told] == []
