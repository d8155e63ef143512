# SPDX-License-Identifier: EUPL-1.2
"""What a file says of lots that were judged already: the judgement stays, and the report says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from inventory.imports.findings import Findings
from inventory.queries.lots.judged import map_judged_lots


def report_kept_judgements(
    session: Session, *, findings: Findings, columns: Mapping[str, Sequence[Any]]
) -> None:
    """Warn of each row whose screening or product status says otherwise than samples or the legal tests did.

    Parameters
    ----------
    session
        Its transaction.
    findings
        Told of the cells that are not used.
    columns
        The columns of the table of lots, ``id`` among them.
    """
    judged = map_judged_lots(session)
    for index, lot_id in enumerate(columns["id"]):
        if lot_id not in judged or index in findings.refused:
            continue
        kept = judged[lot_id]
        for name, code in (
            ("screening", "screening_kept"),
            ("product_status", "product_status_kept"),
        ):
            cells = findings.table.column(name)
            stated = cells is not None and cells[index] is not None
            if stated and kept[name] is not None and columns[name][index] != kept[name]:
                findings.add(index, code=code, column=name, kept=kept[name])
