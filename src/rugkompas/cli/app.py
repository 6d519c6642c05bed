"""The group of commands. Each command is built only when it is used, so that starting is quick
and its words come in the language that was asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Self

import click

import rugkompas
from rugkompas.cli.say import Say

COMMANDS = (
    "assess",
    "options",
    "why",
    "plan",
    "summary",
    "prognosis",
    "check",
    "questions",
    "sources",
    "show",
    "example",
    "verify",
    "serve",
)
"""Also the order in ``--help``. Each is a module here with ``command(say)``."""


class _Formatter(click.HelpFormatter):
    """Click's own headings, in our words."""

    say: Say

    def write_usage(self, prog: str, args: str = "", _prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix=f"{self.say('heading_usage')}: ")

    def write_heading(self, heading: str) -> None:
        known = {"Options": "heading_options", "Commands": "heading_commands"}
        super().write_heading(self.say(known[heading]) if heading in known else heading)


class _Spoken(click.Command):
    """A command whose help is in our words and ends with examples. Under its name stand
    ``help_<name>``, ``short_<name>`` and ``examples_<name>``; options have ``option_<name>``."""

    say: Say

    def speaks(self, say: Say) -> Self:
        """The same command, in the language of ``say``."""
        self.say = say
        formatter = type("Formatter", (_Formatter,), {"say": say})
        self.context_class = type("Context", (click.Context,), {"formatter_class": formatter})
        return self

    def get_short_help_str(self, _limit: int = 45) -> str:
        return self.say(f"short_{self.name}")

    def get_help(self, ctx: click.Context) -> str:
        self.help = self.say(f"help_{self.name}")
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                long = max(parameter.opts, key=len).lstrip("-").replace("-", "_")
                parameter.help = self.say(f"option_{long}")
        return super().get_help(ctx)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_heading(self.say("heading_examples"))
        for line in self.say(f"examples_{self.name}").splitlines():
            formatter.write(f"  {line}\n" if line else "\n")


class Command(_Spoken):
    """One command."""


class Group(_Spoken, click.Group):
    """All commands, each made when it is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        made: click.Command = import_module(f"rugkompas.cli.{cmd_name}").command(self.say)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from None


def language_option() -> click.Option:
    """``--lang``: already looked up by ``language_in``; here it is checked and explained."""
    return click.Option(["--lang"], type=click.Choice(["nl", "en"]), expose_value=False)


def format_option(*choices: str) -> click.Option:
    """``--format``, None when it was not given."""
    return click.Option(["--format", "format_"], type=click.Choice(choices))


def output_option() -> click.Option:
    """``-o``."""
    return click.Option(["-o", "--output"], metavar="FILE", type=click.Path(path_type=Path))


def build(say: Say) -> click.Command:
    """The whole command line, speaking one language."""
    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version
    )
    return Group(
        "rugkompas",
        invoke_without_command=True,
        callback=_without_command,
        params=[version, language_option()],
    ).speaks(say)


@click.pass_context
def _without_command(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"rugkompas {rugkompas.__version__}")
        ctx.exit()
