# SPDX-License-Identifier: EUPL-1.2
"""Which revision a database's tables are of, and which this Genbro knows."""

import re
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from inventory.database import open_session
from inventory.errors import GenbroError, StateError
from inventory.queries.revision import read_revision

VERSIONS = Path(__file__).with_name("migrations") / "versions"
_TOLD = re.compile(r'^(revision|down_revision)(?:: [^=]+)? = "(\w+)"$', re.MULTILINE)


class DatabaseUnreachableError(GenbroError):
    """The database {database} cannot be reached: {why}"""


class DatabaseAheadError(StateError):
    """The database has the tables of revision {found}, which this Genbro does not know. Use the newer Genbro
    that made them, or another database.
    """


def find_revision(url: str) -> str | None:
    """Read the revision of a database; None where it was never upgraded.

    Raises
    ------
    DatabaseUnreachableError
        There is no connection.
    DatabaseAheadError
        A newer Genbro upgraded it.
    """
    try:
        with open_session(url) as session:
            found = read_revision(session)
    except OperationalError as error:
        why = str(error.orig).strip().splitlines()[0]
        shown = make_url(url).render_as_string(hide_password=True)
        raise DatabaseUnreachableError(database=shown, why=why) from error
    if found is not None and found not in known_revisions():
        raise DatabaseAheadError(found=found)
    return found


def known_revisions() -> list[str]:
    """List the revisions of this Genbro, oldest first, as each migration names the one it follows."""
    after: dict[str, str] = {}
    for path in VERSIONS.glob("[0-9]*.py"):
        told = dict(_TOLD.findall(path.read_text(encoding="utf-8")))
        after[told.get("down_revision", "")] = told["revision"]
    known = [after[""]]
    while known[-1] in after:
        known.append(after[known[-1]])
    return known
