# SPDX-License-Identifier: EUPL-1.2
"""The project that an import is for: chosen before the file, and led back to when it is done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from inventory.imports.pasted import PastedFor
from inventory.queries.imports.keys import map_known_projects
from inventory.queries.imports.records import ImportRecord
from inventory.queries.projects.projects import read_project
from web.forms.models import ModelForm
from web.session import get_session


def find_project_for(given: str) -> PastedFor | None:
    """Find the project an address or form names; None where it names none."""
    try:
        project = read_project(get_session(), project_id=UUID(given))
    except ValueError:
        return None
    if project is None:
        return None
    return PastedFor(id=project.id, ref=project.ref, starts=project.starts, ends=project.ends)


def find_import_project(record: ImportRecord) -> UUID | None:
    """Find the project that all rows of an import are for; None where they name their own."""
    told = dict(record.mapping or {})
    ref = dict(told.get("fixed") or {}).get("project_ref") or told.get("target")
    if record.kind != "requirements" or not ref:
        return None
    found: dict[str, Any] = dict(map_known_projects(get_session(), refs=[ref]))
    return found[ref].id if ref in found else None


def begin_model_form(record: ImportRecord) -> ModelForm:
    """Begin the form of a model with the project that was chosen before it was uploaded."""
    fixed = dict(dict(record.mapping or {}).get("fixed") or {})
    return ModelForm(
        target=fixed.get("project_ref", ""),
        first=fixed.get("wanted_from", ""),
        end=fixed.get("wanted_to", ""),
    )
