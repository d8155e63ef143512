# SPDX-License-Identifier: EUPL-1.2
"""The application over a database with the sample, and over one with reference data alone."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from inventory.database import open_session
from inventory.postgres.paths import Cluster
from tests.conftest import NUMBERS, copy_database
from tests.web.opening import open_app
from tests.web.sample import insert_sample
from web.vendor import compile_catalogues, copy_packages

SAMPLE = "template_sample"


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


@pytest.fixture(scope="session")
def sample_template(cluster: Cluster, template_database: str) -> Iterator[str]:
    """The name of a database with the sample, to copy and never to write to: it is inserted once."""
    with copy_database(cluster, template=template_database, name=SAMPLE) as url:
        with open_session(url) as session:
            insert_sample(session)
        yield SAMPLE


@pytest.fixture
def own_sample_url(cluster: Cluster, sample_template: str) -> Iterator[str]:
    """The address of a fresh database with the sample, for one test alone."""
    with copy_database(cluster, template=sample_template, name=f"one_sample_{next(NUMBERS)}") as url:
        yield url


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


@pytest.fixture
def screened_client(front_end: None, own_sample_url: str) -> Iterator[FlaskClient]:
    """The same over the sample on one land without water between, every lot screened and found clean."""
    with open_session(own_sample_url) as session:
        session.execute(text("UPDATE lot SET screening = 'clean'"))
        session.execute(text("UPDATE site SET land_mass = 'jylland'"))
        session.commit()
    with open_app(own_sample_url) as app:
        yield app.test_client()
