# SPDX-License-Identifier: EUPL-1.2
"""Requirements of a project that want the same lots: mixes found together, within what there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.instant.choice import Choice
from matcher.instant.mix import Mix, mix_lots
from matcher.problem.columns import IntArray
from matcher.resolve.standing import Standing


def share_lots(choices: Sequence[Choice], *, mixes: list[Mix], more: int) -> bool:
    """Replace the mixes of requirements that together take more of a lot than there is.

    Parameters
    ----------
    choices
        The allowed lots of each requirement.
    mixes
        The best mix of each alone; changed in place where lots have to be shared.
    more
        How many of the rest a mix lists.

    Returns
    -------
    bool
        Whether any had to be.

    Notes
    -----
    Requirements that allow a common lot are one group. Of each, only its best lots until they hold what the
    whole group wants can be used: in place of any other there would be one of them to spare. The group is
    then served as a family of its own, at c + u (`matcher.resolve`); costs are doubled so that reuse wins
    where it costs the same as new.
    """
    crowded = _list_crowded(choices, mixes)
    if not crowded:
        return False
    for group in _join_groups(choices, crowded):
        demand = sum(choices[one].demand for one in group)
        wide = [mix_lots(choices[one], demand=demand, more=0).order for one in group]
        lots, local = np.unique(
            np.concatenate([choices[one].lot[order] for one, order in zip(group, wide, strict=True)]),
            return_inverse=True,
        )
        supply = np.zeros(len(lots), dtype=np.int64)
        for one, order in zip(group, wide, strict=True):
            supply[np.searchsorted(lots, choices[one].lot[order])] = choices[one].quantity[order]
        standing = Standing(
            supply=supply,
            demand=np.array([choices[one].demand for one in group], dtype=np.int64),
            new_cost=np.array([2 * choices[one].new_cost + 1 for one in group], dtype=np.int64),
            wanted=np.repeat(np.arange(len(group)), [len(order) for order in wide]),
            lot=local.astype(np.int64),
            cost=2
            * np.concatenate([choices[one].key[order] for one, order in zip(group, wide, strict=True)]),
        )
        wanted, lot, steps = standing.list_flow()
        for place, one in enumerate(group):
            mine = wanted == place
            mixes[one] = _remake(choices[one], lots[lot[mine]], steps[mine], more=more)
    return True


def _list_crowded(choices: Sequence[Choice], mixes: Sequence[Mix]) -> set[int]:
    """Return the lots of which the mixes take more than there is."""
    wished: dict[int, int] = {}
    there: dict[int, int] = {}
    for choice, mix in zip(choices, mixes, strict=True):
        taken = mix.order[: len(mix.steps)]
        for lot, steps, quantity in zip(
            choice.lot[taken].tolist(), mix.steps.tolist(), choice.quantity[taken].tolist(), strict=True
        ):
            wished[lot] = wished.get(lot, 0) + steps
            there[lot] = quantity
    return {lot for lot, steps in wished.items() if steps > there[lot]}


def _join_groups(choices: Sequence[Choice], crowded: set[int]) -> list[list[int]]:
    """Return the groups of requirements joined by lots both may use, those with a crowded lot alone."""
    useful = [choice.lot[choice.useful] for choice in choices]
    wanted = np.repeat(np.arange(len(choices)), [len(lots) for lots in useful])
    lots, local = np.unique(np.concatenate(useful), return_inverse=True)
    size = len(choices) + len(lots)
    links = coo_array(
        (np.ones(len(wanted), dtype=np.int8), (wanted, len(choices) + local)), shape=(size, size)
    )
    label = connected_components(links, directed=False)[1]
    busy = np.unique(label[len(choices) + np.searchsorted(lots, sorted(crowded))])
    return [np.flatnonzero(label[: len(choices)] == group).tolist() for group in busy]


def _remake(choice: Choice, lots: IntArray, steps: IntArray, *, more: int) -> Mix:
    """Return a mix of given lots, best first, and the best of the rest."""
    by_lot = np.argsort(choice.lot, kind="stable")
    places = by_lot[np.searchsorted(choice.lot[by_lot], lots)]
    order = np.lexsort((choice.row[places], choice.key[places]))
    listed = mix_lots(choice, demand=0, more=more + len(places)).order
    rest = listed[~np.isin(listed, places)][:more]
    bought = choice.demand - int(steps.sum())
    worth = choice.new_cost if bought else int(choice.key[places].max(initial=0))
    return Mix(order=np.concatenate([places[order], rest]), steps=steps[order], bought=bought, worth=worth)
