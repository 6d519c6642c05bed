"""``rugkompas serve``: the site, on this machine or behind a proxy."""

from __future__ import annotations

import sys

import click

from rugkompas.cli.app import Command, language_option
from rugkompas.cli.say import Say, refused


def command(say: Say) -> click.Command:
    """``serve`` in the language of ``say``."""

    def run(host: str, port: int, workers: int) -> None:
        from rugkompas.web.serving import AddressTaken, NewerDatabase, NotReady, serve

        try:
            serve(host, port, workers, lambda address: _ready(say, address))
        except NotReady as error:
            raise refused("site_settings", "serve", reason=str(error)) from None
        except NewerDatabase as error:
            raise refused("database_newer", "DATABASE_URL", names=str(error)) from None
        except AddressTaken:
            raise refused("address_taken", f"{host}:{port}") from None

    return Command(
        "serve",
        callback=run,
        params=[
            click.Option(["--host"], default="127.0.0.1", metavar="ADDRESS"),
            click.Option(["--port"], default=8000, type=click.IntRange(0, 65535)),
            click.Option(["--workers"], default=2, type=click.IntRange(1, 64)),
            language_option(),
        ],
    ).speaks(say)


def _ready(say: Say, address: str) -> None:
    click.echo(say("serve_ready", address=address))
    sys.stdout.flush()
