# SPDX-License-Identifier: EUPL-1.2
"""What a part of a model is called as a lot or requirement: readable, and the same at every import."""

import hashlib

from inventory.takeoff.rows import TakeoffRow

_LONGEST_LABEL = 120
_LONGEST_LENGTHS = 8


def mark_model(project: str, *, file: str) -> str:
    """Make the mark of a model: the same for each export of it, by the GUID of its project.

    Parameters
    ----------
    project
        The GUID; where the model has none, the name of the file stands for it.
    file
        Name of the file.
    """
    return f"[{_digest(project or file)}-"


def name_part(row: TakeoffRow, *, mark: str, again: int = 0) -> str:
    """Make the reference of a part: its type and size to be read, and a mark to be found by.

    Parameters
    ----------
    row
        The part.
    mark
        From `mark_model`.
    again
        How many parts of the model have had the same name before it.
    """
    key = (
        *((again,) if again else ()),
        row.ifc_class,
        row.entity,
        row.predefined,
        row.type_name,
        row.material,
        row.layer,
        row.profile,
        row.width_mm,
        row.height_mm,
        row.thickness_mm,
        row.external,
    )
    words = [row.type_name or row.entity.removeprefix("Ifc"), row.layer, show_size(row)]
    label = " · ".join(word for word in words if word)
    return f"{label[:_LONGEST_LABEL]} {mark}{_digest(repr(key))}]"


def show_size(row: TakeoffRow) -> str:
    """Show the size of a row: ``890×2090 mm``, ``408 mm``, a profile's name, or nothing."""
    sizes = [size for size in (row.width_mm, row.height_mm) if size]
    if len(sizes) == 2:
        return "×".join(map(str, sizes)) + " mm"
    if row.thickness_mm:
        return f"{row.thickness_mm} mm"
    return row.profile


def show_lengths(row: TakeoffRow) -> str:
    """Show the lengths there are: ``4 × 6000 mm, 2 × 4200 mm``."""
    shown = ", ".join(f"{count} × {mm} mm" for mm, count in row.lengths[:_LONGEST_LENGTHS])
    return shown + (", ..." if len(row.lengths) > _LONGEST_LENGTHS else "")


def describe_part(row: TakeoffRow, *, file: str) -> str:
    """Describe a part for a lot's note, in words that are the same in both languages."""
    words = [file, f"{row.entity} {row.predefined}".strip(), row.material, row.profile]
    return "; ".join(word for word in words if word)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
