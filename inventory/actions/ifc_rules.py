# SPDX-License-Identifier: EUPL-1.2
"""Remembering what the types of a building model were taken for."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from inventory.queries.imports.ifc_rules import RuleKey


def remember_ifc_rules(
    session: Session,
    *,
    rules: Mapping[RuleKey, str | None],
    organisation_id: UUID | None,
    at: datetime,
) -> None:
    """Remember what each type was taken for, for the next model of the organisation.

    Parameters
    ----------
    session
        Its transaction; nothing is committed here.
    rules
        Type -> code of its class, None where a person said that it is not taken.
    organisation_id
        Whose models they are; None for models of nobody's.
    at
        Now.
    """
    names = ("entity", "predefined", "type_name", "material", "layer")
    rows = [
        {
            "id": uuid4(),
            "owner": organisation_id,
            "code": code,
            "at": at,
            **dict(zip(names, key, strict=True)),
        }
        for key, code in sorted(rules.items())
    ]
    if rows:
        session.execute(
            text(
                "INSERT INTO ifc_rule (id, organisation_id, entity, predefined, type_name, material, layer,"
                " class_code, used_at) VALUES (:id, :owner, :entity, :predefined, :type_name, :material,"
                " :layer, :code, :at)"
                " ON CONFLICT (organisation_id, entity, predefined, type_name, material, layer)"
                " DO UPDATE SET class_code = excluded.class_code, used_at = excluded.used_at"
            ),
            rows,
        )
