# SPDX-License-Identifier: EUPL-1.2
"""Bring a database up to date, and refuse one that is not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import make_url, text

from inventory.database import open_session
from inventory.postgres.address import cluster_url
from inventory.postgres.paths import Cluster
from inventory.readiness import DatabaseEmptyError, ready_database_url
from inventory.revision import DatabaseAheadError, DatabaseUnreachableError, find_revision, known_revisions
from inventory.settings import Settings
from inventory.upgrade import ExtensionRefusedError, migration_config, upgrade_database

# Every table's rows, as one number each: two databases with the same numbers hold the same.
CONTENT = """
    SELECT table_name::text, (xpath('/row/h/text()', query_to_xml(format(
        'SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) AS h FROM %I t', table_name),
        false, true, '')))[1]::text
    FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1
"""


def read_content(url: str) -> list[tuple[str, str]]:
    """Read one number per table that changes with any row of it."""
    with open_session(url) as session:
        return [(name, number) for name, number in session.execute(text(CONTENT))]


def test_the_newest_file_is_alembics_head() -> None:
    """The quick look at the files' names agrees with alembic itself."""
    scripts = ScriptDirectory.from_config(migration_config())
    assert known_revisions()[-1] == scripts.get_current_head()
    assert set(known_revisions()) == {script.revision for script in scripts.walk_revisions()}


def test_upgrading_again_changes_nothing(empty_database_url: str) -> None:
    """The second upgrade finds every row as the first left it."""
    assert upgrade_database(empty_database_url) == known_revisions()[-1]
    content = read_content(empty_database_url)
    assert dict(content)["material_class"] != "0"
    upgrade_database(empty_database_url)
    assert read_content(empty_database_url) == content


def test_upgrades_that_meet_wait_for_each_other(empty_database_url: str) -> None:
    """Two at once both succeed."""
    with ThreadPoolExecutor(2) as pool:
        revisions = list(pool.map(upgrade_database, [empty_database_url] * 2))
    assert revisions == [known_revisions()[-1]] * 2


def test_a_private_database_is_upgraded_on_need(cluster: Cluster) -> None:
    """The first command on a new machine finds tables and reference data."""
    url = ready_database_url(Settings(home=cluster.home), purpose="demo")
    assert find_revision(url) == known_revisions()[-1]


def test_a_given_database_is_not_changed_unasked(empty_database_url: str) -> None:
    """An empty database that was given is refused with the command that would fill it."""
    with pytest.raises(DatabaseEmptyError, match="no tables of Genbro yet"):
        ready_database_url(Settings(database_url=empty_database_url))
    assert find_revision(empty_database_url) is None
    upgrade_database(empty_database_url)
    assert ready_database_url(Settings(database_url=empty_database_url)) == empty_database_url


def test_a_newer_genbros_database_is_left_alone(empty_database_url: str) -> None:
    """Neither a command nor an upgrade touches tables this Genbro does not know."""
    with open_session(empty_database_url) as session:
        session.execute(text("CREATE TABLE alembic_version AS SELECT '9999' AS version_num"))
    content = read_content(empty_database_url)
    with pytest.raises(DatabaseAheadError, match="9999"):
        ready_database_url(Settings(database_url=empty_database_url))
    with pytest.raises(DatabaseAheadError, match="9999"):
        upgrade_database(empty_database_url)
    assert read_content(empty_database_url) == content


def test_a_database_that_is_away_is_named_without_its_password(cluster: Cluster) -> None:
    """The message names address and cause; the password is not in it."""
    away = f"postgresql://genbro:secret@/nothing?host={cluster.sockets}"
    with pytest.raises(DatabaseUnreachableError, match="nothing") as refused:
        ready_database_url(Settings(database_url=away))
    assert "secret" not in str(refused.value)
    assert refused.value.exit_code == 1


@pytest.fixture
def database_without_rights(cluster: Cluster) -> Iterator[str]:
    """A database whose user may make tables, but not PostGIS."""
    with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE clerk LOGIN")
        connection.execute("CREATE DATABASE clerks OWNER clerk")
    with (cluster.data / "pg_ident.conf").open("a") as lines:
        lines.write("genbro root clerk\n")
    reload_rules(cluster)
    yield make_url(cluster_url(cluster, "clerks")).set(username="clerk").render_as_string()
    with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE clerks WITH (FORCE)"))
        connection.execute("DROP ROLE clerk")


def reload_rules(cluster: Cluster) -> None:
    """Have the server read whom it lets in."""
    with psycopg.connect(cluster_url(cluster, "postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("SELECT pg_sleep(0.2)")


def test_an_extension_the_user_may_not_add_is_named(database_without_rights: str) -> None:
    """The message holds the statement for the administrator."""
    with pytest.raises(ExtensionRefusedError, match="CREATE EXTENSION postgis;"):
        upgrade_database(database_without_rights)
