"""The site as a running server: Gunicorn, with the database made ready first."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 4
_A_TURN = 0.05
"""Seconds that a thread may go on before another one gets its turn: longer than an answer takes."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NotReady(Exception):
    """The settings do not allow a start; the text says which and why."""


class NewerDatabase(Exception):
    """A newer version made this database; names: what it did that this one does not know."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


class AddressTaken(Exception):
    """Something else listens there, or the address is not of this machine."""


class Site(BaseApplication):  # type: ignore[misc]
    """The WSGI application with our settings; nothing is read from the command line."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from rugkompas.web.wsgi import application

        return application


def set_up() -> None:
    """Read the settings, for a command beside the site too. Raises NotReady with all that is
    missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rugkompas.web.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise NotReady(str(error)) from None


def prepare(host: str) -> None:
    """Check the settings and make the database ready.

    On this machine only, a key for this run is made when none is set. Raises NotReady with
    all that is missing otherwise, and NewerDatabase: this version would write in it as if the
    newer one had never been.
    """
    if host in LOOPBACK and "RUGKOMPAS_SECRET_KEY" not in os.environ:
        os.environ["RUGKOMPAS_TRIAL"] = "1"
    set_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    from rugkompas.web.versions import ahead_of_this

    # Every process must open what another one sealed.
    os.environ["RUGKOMPAS_SECRET_KEY"] = settings.SECRET_KEY
    database = settings.DATABASES["default"]
    try:
        if "sqlite" in database["ENGINE"]:
            Path(database["NAME"]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if newer := ahead_of_this():
            raise NewerDatabase(newer)
        call_command("migrate", verbosity=0)
    except (DatabaseError, OSError):
        # Triage needs no database (hazard H-34); going on with another device tells so itself.
        return
    finally:
        # Carried into another process, a connection of SQLite loses its locks.
        connections.close_all()


def serve(host: str, port: int, workers: int, ready: Callable[[str], None]) -> None:
    """Run until stopped. ready: hears the address once people can use it; port 0 takes any
    that is free. Raises AddressTaken, NotReady and NewerDatabase."""
    _check_free(host, port)
    prepare(host)

    def when_ready(server: Any) -> None:
        address = server.LISTENERS[0].sock.getsockname()
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        ready(f"http://{shown}:{address[1]}/")

    bound = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    Site(
        {
            "bind": bound,
            "workers": workers,
            "threads": THREADS,
            "worker_class": "rugkompas.web.worker.Worker",
            "preload_app": True,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "error",
            # It would open a socket for commands in the home of the user.
            "control_socket_disable": True,
            "timeout": 30,
            # A connection that stays open stays with its process, however busy that one is; a
            # new one goes to whichever process is free. Proxies open one a request anyway.
            "keepalive": 0,
            "pre_fork": _settle,
            # A record system sends people back with a code that can be long.
            "limit_request_line": 8190,
            "limit_request_fields": 60,
            "limit_request_field_size": 8190,
            "when_ready": when_ready,
        }
    ).run()


def _settle(_server: Any, _worker: Any) -> None:
    """What stands in memory before processes part is never looked through again for garbage:
    it is knowledge and code, and a look takes as long as thirty answers. And an answer that was
    begun is finished before the next: in turns of 5 ms all of them would wait for all."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_A_TURN)


def _check_free(host: str, port: int) -> None:
    """Say it before anything starts; a server that tries again and again helps nobody."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            raise AddressTaken from None
