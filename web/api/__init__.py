# SPDX-License-Identifier: EUPL-1.2
"""Answers for machines: so far whether the server and its database are well."""

from flask import Blueprint, Response, jsonify

from inventory.queries.health import read_health
from web.session import get_session


def show_health() -> Response:
    """Say that the server answers and its database has tables; a 503 says what is wrong instead."""
    return jsonify(status="ok", database=read_health(get_session()))


def make_api() -> Blueprint:
    """Make the blueprint of the API."""
    api = Blueprint("api", __name__)
    api.add_url_rule("/health", "health", show_health, methods=["GET"])
    return api
