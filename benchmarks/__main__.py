# SPDX-License-Identifier: EUPL-1.2
"""`python -m benchmarks`: measure every row, or some of them, and print the table."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import click
from rich.console import Console

from benchmarks.budgets import MOST_S, find_budget
from benchmarks.contest import Contest
from benchmarks.country import close_countries
from benchmarks.first_view import find_browser
from benchmarks.groups.candidates import list_candidate_contests
from benchmarks.groups.cutting import list_cutting_contests
from benchmarks.groups.end_to_end import list_end_to_end_contests
from benchmarks.groups.estimate import list_estimate_contests
from benchmarks.groups.flow import list_flow_contests
from benchmarks.groups.instant import list_instant_contests
from benchmarks.groups.intake import list_intake_contests
from benchmarks.groups.national import list_national_contests
from benchmarks.groups.paper import list_paper_contests
from benchmarks.groups.search import list_search_contests
from benchmarks.groups.side import list_side_contests
from benchmarks.groups.tiles import list_tile_contests
from benchmarks.groups.web import list_web_contests
from benchmarks.machine import list_versions
from benchmarks.measure import measure_contest
from benchmarks.row import Row, judge_row, read_rows, write_rows
from benchmarks.scale import FULL, SMOKE, Scale
from benchmarks.shared_country import close_shared_countries
from benchmarks.table import fill_page, lay_table
from inventory.settings import get_settings

LATEST = Path(__file__).parent / "latest.json"
SMOKED = Path("out/benchmarks-smoke.json")


def list_contests(scale: Scale, *, real_data: Path | None) -> list[Contest]:
    """List every contest, those on published instances only where they lie on this machine."""
    return [
        *list_flow_contests(scale),
        *list_candidate_contests(scale),
        *list_paper_contests(scale, folder=real_data),
        *list_cutting_contests(scale),
        *list_end_to_end_contests(scale),
        *list_side_contests(scale),
        *list_national_contests(scale),
        *list_instant_contests(scale),
        *list_estimate_contests(scale),
        *list_intake_contests(scale),
        *list_search_contests(scale),
        *list_web_contests(scale),
        *list_tile_contests(scale),
    ]


def choose_contests(contests: Sequence[Contest], *, only: Sequence[str]) -> list[Contest]:
    """Keep the contests whose name or group is asked for, or whose name begins so; all where nothing is.

    Raises
    ------
    click.BadParameter
        A word fits none.
    """
    for word in only:
        if not any(_fits(contest, word) for contest in contests):
            known = ", ".join(sorted({contest.group for contest in contests} | {c.name for c in contests}))
            raise click.BadParameter(f"{word!r} fits no row; there are {known}", param_hint="--only")
    return [contest for contest in contests if not only or any(_fits(contest, word) for word in only)]


def _fits(contest: Contest, word: str) -> bool:
    return contest.group == word or contest.name.startswith(word)


def keep_rows(rows: Sequence[Row], *, contests: Sequence[Contest]) -> dict[str, Row]:
    """Keep the rows measured with the very versions of now, by name, judged by the bars of now."""
    known = {contest.name: contest for contest in contests}
    kept = {}
    for row in rows:
        contest = known.get(row.name)
        if contest is not None and list_versions(contest.group, contest.packages) == row.versions:
            kept[row.name] = judge_row(row, bar=contest.bar) if row.bar else row
    return kept


def write_time_plan(contests: Sequence[Contest]) -> str:
    """Say how long each group of rows may take, and all of them.

    Parameters
    ----------
    contests
        Still to be measured.
    """
    groups: dict[str, list[float]] = {}
    for contest in contests:
        groups.setdefault(contest.group, []).append(find_budget(contest.name))
    lines = [
        f"  {group}: {len(each)} rows, at most {sum(each) / 60:.1f} min" for group, each in groups.items()
    ]
    total = sum(sum(each) for each in groups.values())
    return "\n".join([f"at most {total / 60:.0f} min, of {MOST_S / 60:.0f} for all rows:", *lines])


@click.command()
@click.option("--only", default="", help="Names of rows or groups, with commas between: flow,paper_512.")
@click.option("--smoke", is_flag=True, help="Small sizes and one run: does every row still work?")
@click.option("--fresh", is_flag=True, help="Measure again what the file already holds.")
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Put the table on a Markdown page too.",
)
@click.option("--to", "path", type=click.Path(path_type=Path, dir_okay=False), help="File of the rows.")
def main(*, only: str, smoke: bool, fresh: bool, page: Path | None, path: Path | None) -> None:
    """Measure Genbro against its peers and write the rows as each one ends.

    A row measured before with the same versions and the same sources is kept, so a run that was stopped
    goes on. Ends with 1 where a row misses its bar; a smoke run's figures are too small to tell.
    """
    scale = SMOKE if smoke else FULL
    path = path or (SMOKED if smoke else LATEST)
    real_data = get_settings().real_data
    errors = Console(stderr=True)
    if real_data is None:
        errors.print("paper: skipped, GENBRO_REAL_DATA names no folder with the published instances")
    if find_browser() is None:
        errors.print("web_first_view: skipped, there is no Chromium on the PATH")
    every = list_contests(scale, real_data=real_data)
    words = [word.strip() for word in only.split(",") if word.strip()]
    chosen = choose_contests(every, only=words)
    rows = keep_rows(read_rows(path), contests=every)
    today = datetime.now(UTC).date()
    left = [contest for contest in chosen if fresh or contest.name not in rows]
    if left and not smoke:
        errors.print(write_time_plan(left))
    try:
        for place, contest in enumerate(left, start=1):
            budget = find_budget(contest.name)
            start = perf_counter()
            errors.print(f"{place} of {len(left)}: {contest.name}, {contest.peer}")
            rows[contest.name] = measure_contest(contest, today=today, judged=not smoke, budget_s=budget)
            write_rows(path, rows=[rows[each.name] for each in every if each.name in rows])
            errors.print(f"   {perf_counter() - start:.1f} s of {budget:.0f} s")
    finally:
        close_countries()
        close_shared_countries()
    shown = [rows[contest.name] for contest in chosen]
    Console(width=None if errors.is_terminal else 200).print(lay_table(shown))
    if page is not None:
        fill_page(page, rows=shown)
    if any(row.met is False for row in shown):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
