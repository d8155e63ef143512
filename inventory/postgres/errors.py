# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong with the private PostGIS."""

from inventory.errors import GenbroError


class ClusterError(GenbroError):
    """The private PostGIS cannot be used."""


class PostgresMissingError(ClusterError):
    """PostgreSQL with PostGIS is not installed on this machine. {hint}, or set GENBRO_DATABASE_URL to a
    PostGIS database of your own.
    """


class PostgresFailedError(ClusterError):
    """{program} of PostgreSQL failed: {output}"""


class OtherVersionError(ClusterError):
    """The data folder {folder} was made by PostgreSQL {found}, and this machine has PostgreSQL {installed}.
    Install PostgreSQL {found} with PostGIS again, or, to begin afresh with PostgreSQL {installed}, move the
    folder away (it is left as it is) or set GENBRO_HOME to another one.
    """


class NotOurDataError(ClusterError):
    """The folder {folder} holds something Genbro did not make, so it is left alone. Set GENBRO_HOME to an
    empty or new folder.
    """


class DamagedDataError(ClusterError):
    """The data folder {folder} is damaged: {what}. Put back a saved copy of it, or move it away and let
    Genbro make a new one.
    """


class HomeUnusableError(ClusterError):
    """The folder {folder}, meant for the private PostGIS, cannot be used: {why}. Set GENBRO_HOME to a folder
    you may write to.
    """


class ForeignDataError(ClusterError):
    """The data folder {folder} belongs to the user number {uid}. Call Genbro as that user or as root, or set
    GENBRO_HOME to a folder of your own.
    """


class FolderClosedError(ClusterError):
    """The user {owner}, who runs the private PostGIS when you are root, may not enter {folder}. Set
    GENBRO_HOME to a folder below one that everybody may enter, such as /var/lib.
    """


class NoServerUserError(ClusterError):
    """PostgreSQL refuses to run as root and there is no user called postgres to run it as. Install
    PostgreSQL from your distribution's packages, or call Genbro as an ordinary user.
    """


class UnsafeFolderError(ClusterError):
    """The folder {folder}, meant for the private PostGIS, belongs to somebody else or is open to others.
    Remove it or set XDG_RUNTIME_DIR to a folder of your own.
    """


class ClusterBusyError(ClusterError):
    """Another Genbro has been starting or stopping the private PostGIS in {folder} for {seconds} seconds.
    Look whether it hangs, end it and try again.
    """
