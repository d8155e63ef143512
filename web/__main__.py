# SPDX-License-Identifier: EUPL-1.2
"""The web server, on this computer only: `python -m web [--host] [--port] [--database demo|own]`."""

import ipaddress
import socket
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from inventory.database import Purpose
from inventory.errors import GenbroError
from inventory.readiness import ready_database_url
from inventory.settings import get_settings
from web.app import create_app
from web.errors import HostRefusedError, PortTakenError
from web.kept import begin_warming

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


def require_free_port(port: int, *, host: str) -> None:
    """See that the server can listen on a port, before it says that it does.

    Raises
    ------
    PortTakenError
        Another program listens there, or only root may.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server itself will: connections of one that has just ended are no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise PortTakenError(port=port, host=host, why=error.strerror or str(error)) from error


class Server(BaseApplication):
    """gunicorn around one application, made before the workers are forked."""

    def __init__(self, app: Flask, *, bind: str) -> None:
        self._app, self._bind = app, bind
        super().__init__()  # type: ignore[no-untyped-call]  # gunicorn carries no types

    def load_config(self) -> None:
        """Set the few things that differ from gunicorn's defaults."""
        config: Any = self.cfg
        for name, value in {
            "bind": self._bind,
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            # A reader looks at a page for a while: the next should not begin with a new connection.
            "keepalive": 15,
            "loglevel": "warning",
            "proc_name": "genbro-web",
            # Each worker has its own memory: what it keeps it reads once it stands, while it already serves.
            "post_worker_init": self._begin_warming,
        }.items():
            config.set(name, value)

    def _begin_warming(self, worker: object) -> None:  # noqa: ARG002 - gunicorn hands it over
        begin_warming(self._app)

    def load(self) -> Flask:
        """Return the application."""
        return self._app


def make_served_app(*, host: str, database: Purpose | None) -> Flask:
    """Make the application for a host of this computer, its database started and up to date.

    Raises
    ------
    GenbroError
        The host is refused, or the database or the front-end packages are not ready.
    """
    require_loopback(host)
    settings = get_settings()
    purpose: Purpose = database or "demo"
    url = ready_database_url(settings, purpose=purpose)
    # An address of one's own wins over both private databases; what it holds its rows tell.
    shown = purpose if settings.database_url is None else None
    app = create_app(settings.model_copy(update={"database_url": url}), database=shown)
    # A page elsewhere must not read us through a name of its own that points here (DNS rebinding).
    app.config["TRUSTED_HOSTS"] = ["localhost", "127.0.0.1", "[::1]", host]
    return app


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this computer itself.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on."
)
@click.option(
    "--database",
    type=click.Choice(["demo", "own"]),
    default="demo",
    show_default=True,
    help="Which database of the private PostGIS; GENBRO_DATABASE_URL overrides both.",
)
def main(host: str, port: int, database: Purpose) -> None:
    """Show the map and the pages until stopped."""
    try:
        require_loopback(host)
        require_free_port(port, host=host)
        app = make_served_app(host=host, database=database)
    except GenbroError as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(error.exit_code) from error
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    click.echo(f"Genbro is at http://{shown}:{port}/ (stop with Ctrl+C)")
    Server(app, bind=f"{shown}:{port}").run()


if __name__ == "__main__":
    main()
