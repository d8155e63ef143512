# SPDX-License-Identifier: EUPL-1.2
"""The building and the lot a page of surveys is about."""

from uuid import UUID

from inventory.queries.offers import AnyRow
from inventory.queries.surveys.pages import read_survey_lot, read_survey_site
from inventory.tables import Basis
from web.errors import PageNotFoundError
from web.session import get_session


def find_building(site_id: UUID) -> AnyRow:
    """Find the building of a survey.

    Raises
    ------
    PageNotFoundError
        There is no such building.
    """
    site = read_survey_site(get_session(), site_id=site_id)
    if site is None:
        raise PageNotFoundError(what="building", name=site_id)
    return site


def find_lot(lot_id: UUID) -> AnyRow:
    """Find a surveyed lot.

    Raises
    ------
    PageNotFoundError
        There is none, or it is an estimate: nobody saw it.
    """
    lot = read_survey_lot(get_session(), lot_id=lot_id)
    if lot is None or lot.basis != Basis.SURVEYED:
        raise PageNotFoundError(what="surveyed lot", name=lot_id)
    return lot
