"""The group of commands. Each command is built only when it is used, so that starting is quick
and its words come in the language that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
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
    "ask",
    "diary",
    "burden",
    "explain",
    "fhir",
    "questions",
    "sources",
    "show",
    "example",
    "verify",
    "serve",
    "accounts",
    "practice",
    "backup",
    "restore",
)
"""Also the order in ``--help``. Each is a module here with ``command(say)``."""
ELSEWHERE = {"ask": "answers"}
"""Commands whose module has another name: ``ask`` here is how the interview asks."""


class _Formatter(click.HelpFormatter):
    """Click's own headings, in our words."""

    say: Say

    def write_usage(self, prog: str, args: str = "", _prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix=f"{self.say('heading_usage')}: ")

    def write_heading(self, heading: str) -> None:
        known = {"Options": "heading_options", "Commands": "heading_commands"}
        super().write_heading(self.say(known[heading]) if heading in known else heading)


class _Spoken(click.Command):
    """A command whose help is in our words and ends with examples. Under its key, its name or
    ``<group>_<name>``, stand ``help_<key>``, ``short_<key>`` and ``examples_<key>``; options
    have ``option_<name>``."""

    say: Say
    part_of = ""

    @property
    def key(self) -> str:
        return f"{self.part_of}_{self.name}" if self.part_of else str(self.name)

    def within(self, group: str) -> Self:
        """The same command, as part of a group."""
        self.part_of = group
        return self

    def speaks(self, say: Say) -> Self:
        """The same command, in the language of ``say``."""
        self.say = say
        formatter = type("Formatter", (_Formatter,), {"say": say})
        self.context_class = type("Context", (click.Context,), {"formatter_class": formatter})
        return self

    def get_short_help_str(self, _limit: int = 45) -> str:
        return self.say(f"short_{self.key}")

    def get_help(self, ctx: click.Context) -> str:
        self.help = self.say(f"help_{self.key}")
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                long = max(parameter.opts, key=len).lstrip("-").replace("-", "_")
                parameter.help = self.say(f"option_{long}")
        return super().get_help(ctx)

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_heading(self.say("heading_examples"))
        for line in self.say(f"examples_{self.key}").splitlines():
            formatter.write(f"  {line}\n" if line else "\n")


class Command(_Spoken):
    """One command."""


class Group(_Spoken, click.Group):
    """Commands by their modules, each made when it is asked for."""

    modules: Mapping[str, str]

    def of(self, modules: Mapping[str, str]) -> Self:
        """The same group, with these commands: name -> module with ``command(say)``."""
        self.modules = modules
        return self

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.modules)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.modules:
            return None
        made: click.Command = import_module(self.modules[cmd_name]).command(self.say)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=self.modules, ctx=ctx
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
    modules = {name: f"rugkompas.cli.{ELSEWHERE.get(name, name)}" for name in COMMANDS}
    return group("rugkompas", modules, version).speaks(say)


def group(name: str, modules: Mapping[str, str], *options: click.Option) -> Group:
    """Commands under one name: name -> module with ``command(say)``."""
    return Group(
        name,
        invoke_without_command=True,
        callback=_help_without_command,
        params=[*options, language_option()],
    ).of(modules)


@click.pass_context
def _help_without_command(ctx: click.Context) -> None:
    """What a group does when only its name is typed."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"rugkompas {rugkompas.__version__}")
        ctx.exit()
