# SPDX-License-Identifier: EUPL-1.2
"""The application over a database with the sample, and over one with reference data alone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inventory.database import open_session
from tests.web.opening import open_app
from tests.web.sample import insert_sample
from web.vendor import compile_catalogues, copy_packages


@pytest.fixture(scope="session")
def front_end() -> None:
    """The npm packages and catalogues, in place once set-up has run."""
    copy_packages()
    compile_catalogues()


@pytest.fixture(scope="module")
def sample_url(database_url: str) -> str:
    """The address of the module's database, filled with the sample."""
    with open_session(database_url) as session:
        insert_sample(session)
    return database_url


@pytest.fixture(scope="module")
def app(front_end: None, sample_url: str) -> Iterator[Flask]:
    """The application over the sample."""
    with open_app(sample_url) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, over the sample."""
    return app.test_client()


@pytest.fixture
def bare_client(front_end: None, own_database_url: str) -> Iterator[FlaskClient]:
    """The same over a database with reference data and nothing else."""
    with open_app(own_database_url) as app:
        yield app.test_client()
