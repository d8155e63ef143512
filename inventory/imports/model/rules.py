# SPDX-License-Identifier: EUPL-1.2
"""What is remembered of a decided mapping, for the next model."""

from inventory.imports.model.mapping import ModelMapping
from inventory.queries.imports.ifc_rules import RuleKey


def list_rules(mapping: ModelMapping) -> dict[RuleKey, str | None]:
    """List what a person decided, by the key that rules are remembered by."""
    return {key.fold(): code for key, code in mapping.classes.items()}
