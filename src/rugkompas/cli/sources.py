"""``rugkompas sources``: every source, for people and for programs."""

from __future__ import annotations

import json

import click
import msgspec

from rugkompas.catalogue.schema import Source
from rugkompas.cli.app import Command, format_option, language_option
from rugkompas.cli.say import Say


def command(say: Say) -> click.Command:
    """``sources`` in the language of ``say``."""

    def run(format_: str | None) -> None:
        sources = say.knowledge.sources
        if format_ == "json":
            data = [msgspec.to_builtins(source) for source in sources.values()]
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for source in sources.values():
            click.echo(f"{source.id}: {_line(source)}")
            click.echo(f"    {say(f'source_{source.read}')} {source.url}".rstrip())

    return Command(
        "sources", callback=run, params=[format_option("text", "json"), language_option()]
    ).speaks(say)


def _line(source: Source) -> str:
    parts = (source.authors, source.title, source.published_in, str(source.year or ""))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
