# SPDX-License-Identifier: EUPL-1.2
"""The list of runs, and the page of one plan: its figures, certificate, matches and what stayed unmet."""

from decimal import Decimal
from uuid import UUID

from flask import render_template, request, url_for

from inventory.queries.demolitions.demolitions import count_moved
from inventory.queries.places.hub_prices import list_hub_prices
from inventory.queries.places.hubs import read_stores
from inventory.queries.plans.pages import (
    count_plan,
    count_unmet_reasons,
    read_certificate,
    read_plan_matches,
    read_plan_unmet,
    read_project_outcomes,
    read_run,
    read_runs,
)
from matcher.reasons import REASONS
from web.errors import PageNotFoundError
from web.page_turn import read_turn, write_turn
from web.places import join_bounds
from web.session import get_session

MOST_RUNS = 100


def show_runs() -> str:
    """Show the latest runs."""
    return render_template("runs.html", runs=read_runs(get_session(), limit=MOST_RUNS))


def _plan_tiles_url(run_id: UUID) -> str:
    return url_for("tiles.plan", run_id=run_id, z=0, x=0, y=0).removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"


def show_plan(run_id: UUID) -> str:
    """Show one run and, once it has one, its plan.

    Raises
    ------
    PageNotFoundError
        There is no such run.
    """
    session = get_session()
    run = read_run(session, run_id=run_id)
    if run is None:
        raise PageNotFoundError(what="plan", name=run_id)
    counts = count_plan(session, run_id=run_id)
    turns = {name: read_turn(request.args, name=name) for name in ("page", "unmet")}
    by_reason = count_unmet_reasons(session, run_id=run_id)
    # In the order a pair gets further.
    reasons = [(code, by_reason[code]) for code in map(str, REASONS) if code in by_reason]
    certificate = read_certificate(session, run_id=run_id)
    # C, LB and B are in the certificate's quantum, thousandths of an oere; people read kroner.
    ore = None if certificate is None else Decimal(certificate.quantum) / 1000
    return render_template(
        "plan.html",
        run=run,
        summary=run.summary or {},
        certificate=certificate,
        ore=ore,
        counts=counts,
        answer=read_plan_matches(session, run_id=run_id, total=counts.matches, turn=turns["page"]),
        unmet=read_plan_unmet(
            session,
            run_id=run_id,
            total=sum(row.parts for row in by_reason.values()),
            turn=turns["unmet"],
        ),
        keep={name: write_turn(turn, name=name) for name, turn in turns.items()},
        reasons=reasons,
        moved=count_moved(session, run_id=run_id),
        stores=read_stores(session, run_id=run_id),
        full_hubs=[] if certificate is None else list_hub_prices(session, hub_prices=certificate.hub_prices),
        outcomes=read_project_outcomes(session, run_id=run_id),
        reason_order=[str(reason) for reason in REASONS],
        tiles_url=_plan_tiles_url(run_id),
        bounds=join_bounds(counts),
    )
