# SPDX-License-Identifier: EUPL-1.2
"""What surveys say of the buildings of the register, class by class: the truth that estimates learn from."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Float, cast, func, or_, select
from sqlalchemy.orm import Session

from inventory.queries.demo_rows import DEMO_MARK
from inventory.tables import (
    Basis,
    Building,
    Lot,
    LotStatus,
    LotSurvey,
    MaterialClass,
    Organisation,
    ProductStatus,
    Site,
)


def read_evidence(session: Session) -> pd.DataFrame:
    """Read what was surveyed in buildings of the register.

    Only used products count, since surplus was never part of the building, and nothing at a site of the demo:
    its surveys are generated.

    Returns
    -------
    DataFrame
        One row per site and class, by both: `site_id`, `class_code`, `amount` (usable, in the class's unit),
        `found` (whether any was met, usable or not) and `whole` (whether no lot of it is withdrawn).
    """
    met = or_(Lot.quantity > 0, func.coalesce(LotSurvey.count, 0) > 0)
    query = (
        select(
            Lot.site_id,
            MaterialClass.code.label("class_code"),
            cast(func.sum(Lot.quantity) * MaterialClass.step, Float).label("amount"),
            func.bool_or(met).label("found"),
            func.bool_and(Lot.status != LotStatus.WITHDRAWN).label("whole"),
        )
        .join(MaterialClass, MaterialClass.id == Lot.class_id)
        .join(Site, Site.id == Lot.site_id)
        .join(Building, Building.site_id == Site.id)
        .outerjoin(Organisation, Organisation.id == Site.organisation_id)
        .outerjoin(LotSurvey, LotSurvey.lot_id == Lot.id)
        .where(
            Lot.basis == Basis.SURVEYED,
            # What was not decided sits in the building all the same.
            func.coalesce(Lot.product_status, ProductStatus.USED) == ProductStatus.USED,
            func.coalesce(Organisation.name, "").notlike(f"%{DEMO_MARK}"),
        )
        .group_by(Lot.site_id, MaterialClass.id)
        .order_by(Lot.site_id, MaterialClass.code)
    )
    result = session.execute(query)
    return pd.DataFrame([tuple(row) for row in result], columns=list(result.keys()), dtype=object)
