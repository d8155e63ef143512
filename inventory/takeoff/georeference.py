# SPDX-License-Identifier: EUPL-1.2
"""Where a model says it stands, as it says it: judging that is the importer's."""

from typing import Any

_PREFIXES = {"MILLI": 0.001, "CENTI": 0.01, "KILO": 1000.0}


def read_georeference(model: Any, *, metres: float, middle: tuple[float, float] | None) -> dict[str, Any]:
    """Read a model's georeference.

    Parameters
    ----------
    model
        An open model.
    metres
        From the model's unit of length to metres.
    middle
        The middle of its bodies, east and north in metres of the model's own axes; None where it has none.

    Returns
    -------
    dict
        ``map``: crs, east, north of the middle of the model (IfcMapConversion or ePset_MapConversion);
        ``site``: lat, lon in degrees (IfcSite); ``middle``: the argument. None where the model does not say.
    """
    return {
        "map": _read_conversion(model, metres=metres, middle=middle or (0.0, 0.0)),
        "site": _read_site(model),
        "middle": None if middle is None else list(middle),
    }


def _read_conversion(model: Any, *, metres: float, middle: tuple[float, float]) -> dict[str, Any] | None:
    conversion, system = _find_conversion(model, metres=metres)
    east, north = conversion.get("Eastings"), conversion.get("Northings")
    if not isinstance(east, int | float) or not isinstance(north, int | float):
        return None
    unit = float(conversion["unit"])
    along, up = conversion.get("XAxisAbscissa"), conversion.get("XAxisOrdinate")
    if not isinstance(along, int | float) or not isinstance(up, int | float) or not (along or up):
        along, up = 1.0, 0.0
    size = (along**2 + up**2) ** 0.5
    cosine, sine = along / size, up / size
    x, y = middle
    return {
        "crs": str(system or ""),
        "east": float(east) * unit + cosine * x - sine * y,
        "north": float(north) * unit + sine * x + cosine * y,
    }


def _find_conversion(model: Any, *, metres: float) -> tuple[dict[str, Any], Any]:
    import ifcopenshell.util.element as elements  # noqa: PLC0415 - heavy, and only the child process needs it

    if model.schema != "IFC2X3":
        for found in model.by_type("IfcMapConversion"):
            crs = found.TargetCRS
            unit = metres
            if getattr(crs, "MapUnit", None) is not None:
                unit = _PREFIXES.get(str(getattr(crs.MapUnit, "Prefix", None)), 1.0)
            return {**found.get_info(), "unit": unit}, crs.Name
        return {}, None
    for owner in (*model.by_type("IfcSite"), *model.by_type("IfcProject")):
        sets = elements.get_psets(owner)
        by_name = {name.lower(): values for name, values in sets.items()}
        values = by_name.get("epset_mapconversion")
        if values:
            crs = by_name.get("epset_projectedcrs", {}).get("Name") or values.get("TargetCRS")
            return {**values, "unit": metres}, crs
    return {}, None


def _read_site(model: Any) -> dict[str, float] | None:
    for site in model.by_type("IfcSite"):
        lat, lon = to_degrees(site.RefLatitude), to_degrees(site.RefLongitude)
        if lat is not None and lon is not None:
            return {"lat": lat, "lon": lon}
    return None


def to_degrees(angle: Any) -> float | None:
    """Turn degrees, minutes, seconds and millionths of seconds into degrees; None where it is no angle."""
    if not angle or not all(isinstance(part, int | float) for part in angle):
        return None
    parts = [abs(float(part)) for part in angle] + [0.0, 0.0, 0.0]
    sign = -1 if any(part < 0 for part in angle) else 1
    return sign * (parts[0] + parts[1] / 60 + (parts[2] + parts[3] / 1e6) / 3600)
