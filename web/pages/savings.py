# SPDX-License-Identifier: EUPL-1.2
"""What reuse saves: pages of a project, of a requirement and of a plan, each with its charts and tables."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request

from inventory.matching.savings import NoProjectError, find_savings
from inventory.queries.plans.pages import read_run
from inventory.queries.projects.requirements import read_requirement
from inventory.queries.saved import read_plan_accounts
from inventory.savings.account import join_accounts
from inventory.savings.held import hold_against_limit
from inventory.savings.limits import SITE, list_kinds, list_limits
from inventory.savings.served import Savings
from inventory.savings.spread import spread_co2e, spread_money
from web.charts.savings import draw_co2e, draw_limit, draw_money
from web.clock import current_day
from web.errors import PageNotFoundError
from web.kept import get_kept_lots
from web.session import get_reader, get_session

MOST_PROJECTS = 100
"""Projects of a plan that are listed."""
_SHOWN_FACTORS = {
    "new_price", "used_price", "preparation_price", "disposal_avoided", "storage_price", "hub_price",
    "new_co2e", "preparation_co2e", "transport_price", "transport_co2e", "trip_price", "load_price",
    "load_km_price",
}  # fmt: skip


def read_choices() -> tuple[date | None, str | None]:
    """Read the day of the application and the kind of building from the address; anything else is left."""
    try:
        day = date.fromisoformat(request.args.get("applied_on", ""))
    except ValueError:
        day = None
    kind = request.args.get("kind", "")
    return day, kind if kind in {limit.kind for limit in list_kinds()} else None


def find_project_savings(project_id: UUID, *, requirement_id: UUID | None = None) -> Savings:
    """Find what reuse saves a project, or one requirement of it.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    try:
        return find_savings(
            get_reader().engine,
            project_id=project_id,
            as_of=current_day(),
            requirement_id=requirement_id,
            kept=get_kept_lots(),
        )
    except NoProjectError as error:
        raise PageNotFoundError(what="project", name=project_id) from error


def show_project_savings(project_id: UUID) -> str:
    """Show what reuse saves a project.

    Raises
    ------
    PageNotFoundError
        There is no such project.
    """
    savings = find_project_savings(project_id)
    applied_on, kind = read_choices()
    held = hold_against_limit(
        savings.project, savings.account, today=current_day(), applied_on=applied_on, kind=kind
    )
    return render_template(
        "savings.html",
        **_describe(savings),
        requirement=None,
        held=held,
        limit_chart=draw_limit(held),
        kinds=list_kinds(),
        kind=kind,
        applied_on=applied_on,
        ladder=list_limits(held.limit.kind) if held.limit is not None else (),
        site_ladder=list_limits(SITE),
    )


def show_requirement_savings(requirement_id: UUID) -> str:
    """Show what reuse saves one requirement.

    Raises
    ------
    PageNotFoundError
        There is no such requirement.
    """
    facts = read_requirement(get_session(), requirement_id=requirement_id)
    if facts is None:
        raise PageNotFoundError(what="requirement", name=requirement_id)
    savings = find_project_savings(facts.project.id, requirement_id=requirement_id)
    return render_template(
        "savings.html",
        **_describe(savings),
        requirement=facts.requirement,
        material=facts.material,
        held=None,
    )


def _describe(savings: Savings) -> dict[str, Any]:
    account = savings.account
    return {
        "savings": savings,
        "project": savings.project,
        "account": account,
        "money": spread_money(savings.requirements, factors=savings.factors),
        "co2e": spread_co2e(savings.requirements, factors=savings.factors),
        "money_chart": draw_money(account) if savings.served else None,
        "co2e_chart": draw_co2e(account) if savings.served else None,
        "materials": _name_materials(savings),
        "factors": _list_factors(savings),
        "fallen": sum(one.fallen for one in savings.served),
        "moved": sum(one.decision_moved for one in savings.served),
    }


def _name_materials(savings: Savings) -> dict[int, Any]:
    named = {one.wanted.class_id: one.wanted for one in savings.requirements}
    return named | {one.lot.class_id: one.lot for one in savings.served}


def _list_factors(savings: Savings) -> list[Any]:
    vehicles = {one.lot.vehicle for one in savings.served}
    return [
        row
        for row in savings.factors.values()
        if row.kind in _SHOWN_FACTORS and (row.class_id is not None or not row.key or row.key in vehicles)
    ]


def show_plan_savings(run_id: UUID) -> str:
    """Show what a whole plan saves, and the projects that save most.

    Raises
    ------
    PageNotFoundError
        There is no such plan, or it has none yet.
    """
    session = get_session()
    run = read_run(session, run_id=run_id)
    if run is None or run.status != "done":
        raise PageNotFoundError(what="plan", name=run_id)
    count = bool(run.params.get("count_transfers", True))
    projects = read_plan_accounts(session, run_id=run_id, count_transfers=count)
    account = join_accounts((one for _, one in projects), count_transfers=count)
    return render_template(
        "plan_savings.html",
        run=run,
        summary=run.summary or {},
        account=account,
        projects=projects[:MOST_PROJECTS],
        count=len(projects),
        money_chart=draw_money(account) if projects else None,
        co2e_chart=draw_co2e(account) if projects else None,
    )
