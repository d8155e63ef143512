# SPDX-License-Identifier: EUPL-1.2
"""One stock length as a flow along the bar (arc flow), solved to the end by HiGHS through its arrays.

Valerio de Carvalho 1999, "Exact solution of bin-packing problems using column generation and
branch-and-bound".
"""

import highspy
import numpy as np

from benchmarks.cutting_instances import PublishedCutting
from benchmarks.peers.highs import PeerFailedError


def count_bars(instance: PublishedCutting) -> int:
    """Return the fewest bars.

    Raises
    ------
    PeerFailedError
        HiGHS does not say optimal.

    Notes
    -----
    Pieces lie along the bar by falling length, so an arc of a length leaves only where a longer or the same
    one may end. A column for each arc, for each place where waste may begin, and for the number of bars.
    """
    lengths = sorted(instance.pieces, reverse=True)
    reached, arcs = {0}, []
    for number, length in enumerate(lengths):
        grown = set(reached)
        for _ in range(instance.pieces[length]):
            fresh = {(at, at + length) for at in grown if at + length <= instance.bar} - {
                (tail, head) for tail, head, kind in arcs if kind == number
            }
            if not fresh:
                break
            arcs += [(tail, head, number) for tail, head in sorted(fresh)]
            grown |= {head for _, head in fresh}
        reached = grown
    nodes = {node: row for row, node in enumerate(sorted(reached | {instance.bar}))}
    arcs += [(node, instance.bar, -1) for node in sorted(reached) if 0 < node < instance.bar]
    arcs.append((instance.bar, 0, -2))
    starts, rows, values = [0], [], []
    for tail, head, number in arcs:
        rows += [nodes[tail], nodes[head]]
        values += [-1.0, 1.0]
        if number >= 0:
            rows.append(len(nodes) + number)
            values.append(1.0)
        starts.append(len(rows))
    demand = np.array([instance.pieces[length] for length in lengths], dtype=np.float64)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(arcs), len(nodes) + len(lengths)
    model.col_cost_ = np.array([float(number == -2) for _, _, number in arcs])
    model.col_lower_, model.col_upper_ = np.zeros(len(arcs)), np.full(len(arcs), demand.sum())
    model.row_lower_ = np.concatenate([np.zeros(len(nodes)), demand])
    model.row_upper_ = np.concatenate([np.zeros(len(nodes)), np.full(len(lengths), highspy.kHighsInf)])
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(arcs)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = np.array(rows, dtype=np.int32), np.array(values)
    engine = highspy.Highs()
    engine.silent()
    engine.passModel(model)
    engine.run()
    if engine.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise PeerFailedError(f"HiGHS: {engine.getModelStatus()}")
    return round(engine.getInfo().objective_function_value)
