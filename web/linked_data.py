# SPDX-License-Identifier: EUPL-1.2
"""What a page tells machines: a lot as a schema.org Product with its Offer, a building as a Place.

Types and terms: https://schema.org/Product, /Offer, /Place, /ItemAvailability. An estimate is nobody's offer,
so it is a product without one. Nothing is told here that does not stand on the page.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from inventory.queries.offers import AnyRow

_SCHEMA = "https://schema.org"
# UN/CEFACT Recommendation 20 codes, as schema.org asks for in unitCode.
_UNIT_CODES = {"piece": "H87", "m": "MTR", "m2": "MTK", "m3": "MTQ", "kg": "KGM", "t": "TNE"}
_DIMENSIONS = {"length_mm": "depth", "width_mm": "width", "height_mm": "height"}
# A lot that is neither on offer nor gone: somebody else comes first, or has it.
_AVAILABILITY = {
    "held": "Reserved",
    "agreed": "SoldOut",
    "dismantled": "OutOfStock",
    "stored": "OutOfStock",
    "delivered": "SoldOut",
    "installed": "SoldOut",
    "withdrawn": "Discontinued",
    "discarded": "Discontinued",
}


def describe_lot(
    lot: AnyRow,
    *,
    material: AnyRow,
    place: AnyRow,
    name: str,
    description: str,
    address: str,
    images: list[str],
    terms: AnyRow | None,
    today: date,
) -> dict[str, Any]:
    """Describe a lot.

    Parameters
    ----------
    lot, material, place
        Of `read_lot`.
    name, description
        In the language of the page.
    address, images
        Whole addresses of the page and of its photos.
    terms
        Of `read_terms`; None where the lot has none.
    today
        What lies ahead is an offer in advance.
    """
    product: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Product",
        "@id": address,
        "url": address,
        "name": name,
        "description": description,
        "sku": f"{lot.ref}",
        "productID": f"urn:uuid:{lot.id}",
        "itemCondition": f"{_SCHEMA}/UsedCondition",
        "image": images,
    }
    if lot.product_status == "surplus":
        product["itemCondition"] = f"{_SCHEMA}/NewCondition"
    for column, term in _DIMENSIONS.items():
        millimetres = getattr(lot, column)
        if millimetres is not None:
            product[term] = _measure(millimetres, "MMT")
    extra = [(_name, getattr(lot, _name)) for _name in ("thickness_mm", "grade", "year")]
    product["additionalProperty"] = [
        {"@type": "PropertyValue", "name": what, "value": value} for what, value in extra if value is not None
    ]
    if lot.basis == "surveyed" and lot.status != "surveyed":
        product["offers"] = _offer(
            lot, material=material, place=place, address=address, terms=terms, today=today
        )
    return {name: value for name, value in product.items() if value not in ([], None)}


def _offer(
    lot: AnyRow, *, material: AnyRow, place: AnyRow, address: str, terms: AnyRow | None, today: date
) -> dict[str, Any]:
    availability = _AVAILABILITY.get(lot.status)
    if availability is None:
        begins = place.available_from
        availability = "PreOrder" if begins is not None and begins > today else "InStock"
        if place.not_counted is not None:
            availability = "OutOfStock"
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": address,
        "availability": f"{_SCHEMA}/{availability}",
        "itemCondition": f"{_SCHEMA}/UsedCondition",
        "inventoryLevel": _measure(place.amount, _UNIT_CODES.get(lot.unit, "C62")),
        "areaServed": "DK",
    }
    if lot.product_status == "surplus":
        offer["itemCondition"] = f"{_SCHEMA}/NewCondition"
    if place.available_from is not None and place.available_to is not None:
        offer["availabilityStarts"] = place.available_from.isoformat()
        offer["availabilityEnds"] = (place.available_to - timedelta(days=1)).isoformat()
    if place.municipality_name:
        offer["availableAtOrFrom"] = {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": place.town or place.municipality_name,
                "addressRegion": place.municipality_name,
                "addressCountry": "DK",
            },
        }
    if terms is not None and terms.price_ore is not None:
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "price": str((Decimal(terms.price_ore) / material.step / 100).quantize(Decimal("0.01"))),
            "priceCurrency": "DKK",
            "valueAddedTaxIncluded": False,
            "unitCode": _UNIT_CODES.get(lot.unit, "C62"),
        }
    return offer


def describe_building(
    site: AnyRow, *, name: str, description: str, address: str, built: int | None
) -> dict[str, Any]:
    """Describe a building or yard as a place; a home's point is the public one.

    Parameters
    ----------
    site
        Of `read_site`.
    name, description
        In the language of the page.
    address
        The whole address of the page.
    built
        Its year, where the register has one.
    """
    said: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Place",
        "@id": address,
        "url": address,
        "name": name,
        "description": description,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": site.town or site.municipality_name,
            "addressRegion": site.municipality_name,
            "addressCountry": "DK",
        },
    }
    if site.lon is not None:
        said["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": round(float(site.lat), 3 if site.coarse else 5),
            "longitude": round(float(site.lon), 3 if site.coarse else 5),
        }
    if built is not None:
        said["additionalProperty"] = [{"@type": "PropertyValue", "name": "yearBuilt", "value": built}]
    return said


def _measure(value: Any, unit_code: str) -> dict[str, Any]:
    number = float(value)
    return {
        "@type": "QuantitativeValue",
        "value": int(number) if number.is_integer() else number,
        "unitCode": unit_code,
    }
