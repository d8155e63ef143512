# SPDX-License-Identifier: EUPL-1.2
"""The web server: `python -m web [--host] [--port] [--database demo|own]`, on this computer only."""

import argparse
import ipaddress
import sys

from flask import Flask
from gunicorn.app.base import BaseApplication

from inventory.database import Purpose
from inventory.errors import GenbroError
from inventory.settings import get_settings
from web.app import create_app
from web.errors import HostRefusedError

LOOPBACK_NAMES = ("localhost",)


def require_loopback(host: str) -> str:
    """Return the host where it means this computer alone.

    Raises
    ------
    HostRefusedError
        Any other host: without accounts nobody may reach the server from outside.
    """
    try:
        if host in LOOPBACK_NAMES or ipaddress.ip_address(host.strip("[]")).is_loopback:
            return host
    except ValueError:
        pass
    raise HostRefusedError(host=host)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn around one application, made before the workers are forked."""

    def __init__(self, app: Flask, *, bind: str) -> None:
        self._app, self._bind = app, bind
        super().__init__()

    def load_config(self) -> None:
        """Set the few things that differ from gunicorn's defaults."""
        for name, value in {
            "bind": self._bind,
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            "accesslog": None,
            "loglevel": "warning",
            "proc_name": "genbro-web",
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application."""
        return self._app


def main() -> int:
    """Serve until stopped; exit code 2 for a host that is refused, 1 where the database or the packages are missing."""
    parser = argparse.ArgumentParser(prog="python -m web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="an address of this computer itself (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument(
        "--database",
        choices=["demo", "own"],
        default=None,
        help="which database of the private PostGIS (default demo); GENBRO_DATABASE_URL overrides both",
    )
    given = parser.parse_args()
    database: Purpose | None = given.database
    try:
        host = require_loopback(given.host)
        app = create_app(get_settings(), database=database)
    except HostRefusedError as error:
        print(error, file=sys.stderr)
        return 2
    except GenbroError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    # A page elsewhere must not read us through a name of its own that points here (DNS rebinding).
    app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", "[::1]", host]
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    print(f"Genbro is at http://{shown}:{given.port}/ (stop with Ctrl+C)", flush=True)
    Server(app, bind=f"{shown}:{given.port}").run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
