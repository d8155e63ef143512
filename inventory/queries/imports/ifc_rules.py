# SPDX-License-Identifier: EUPL-1.2
"""What the types of an organisation's earlier building models were taken for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.tables import IfcRule

RuleKey = tuple[str, str, str, str, str]
"""Entity, predefined type, and folded: name of the type, material, layer."""


def map_ifc_rules(session: Session, *, organisation_id: UUID | None) -> dict[RuleKey, str | None]:
    """Map the types of an organisation's models (None: of nobody's) to classes, None where not taken."""
    query = select(
        IfcRule.entity,
        IfcRule.predefined,
        IfcRule.type_name,
        IfcRule.material,
        IfcRule.layer,
        IfcRule.class_code,
    ).where(IfcRule.organisation_id.is_not_distinct_from(organisation_id))
    return {(a, b, c, d, e): code for a, b, c, d, e, code in session.execute(query)}
