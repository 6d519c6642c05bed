"""What the command line says: its words in the chosen language, and errors on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cached_property

import click

import rugkompas
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.load import LANGUAGES
from rugkompas.people.problems import Problem

_LONGEST = 4000


def language_in(arguments: Sequence[str]) -> str:
    """The language asked for with ``--lang``, or RUGKOMPAS_LANG, or Dutch. Looked up before
    the arguments are read, so that complaints about those are in it too."""
    wanted = os.environ.get("RUGKOMPAS_LANG", "")
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


class RefusedError(Exception):
    """The input cannot be used. heading: a sentence above the problems, when there are more."""

    def __init__(self, problems: Sequence[Problem], heading: str = "") -> None:
        self.problems = problems
        self.heading = heading
        super().__init__(heading)


def refused(kind: str, where: str, **details: str) -> RefusedError:
    """One problem: the id of its sentence in words/<lang>/errors."""
    return RefusedError([Problem(kind, where, details)])


class Say:
    """Sentences in one language. The knowledge is read when the first one is needed."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def knowledge(self) -> Knowledge:
        return rugkompas.load_knowledge()

    def __call__(self, key: str, **details: object) -> str:
        """A sentence of words/<lang>/terminal."""
        return self.knowledge.words[self.language].terminal[key].format(**details)

    def problem(self, problem: Problem) -> str:
        return printable(problem.said(self.knowledge, self.language))

    def report(self, key: str) -> str:
        """A word that reports and the command line share."""
        return self.knowledge.words[self.language].report[key]

    def error(self, text: str) -> None:
        """A line on stderr."""
        # Not through click: that writes across a progress bar instead of above it.
        sys.stderr.write(f"{printable(text)}\n")
        sys.stderr.flush()

    def refuse(self, error: RefusedError) -> None:
        """The problems, all at once."""
        if error.heading:
            self.error(error.heading)
        for problem in error.problems:
            self.error(("- " if error.heading else "") + self.problem(problem))

    def usage_error(self, error: click.UsageError) -> None:
        """What is wrong with the command line, and where the help is."""
        where = error.ctx.command_path if error.ctx else "rugkompas"
        self.error(self._usage(error))
        self.error(self("usage_help", command=where))

    def _usage(self, error: click.UsageError) -> str:
        if isinstance(error, click.NoSuchOption):
            return self._unknown("usage_option", error.option_name, error.possibilities)
        if isinstance(error, click.exceptions.NoSuchCommand):
            return self._unknown("usage_command", error.command_name, error.possibilities)
        if isinstance(error, click.MissingParameter):
            return self("usage_missing", name=_name(error.param))
        if isinstance(error, click.BadParameter) and error.param is not None:
            if isinstance(error.param.type, click.Choice):
                allowed = ", ".join(str(choice) for choice in error.param.type.choices)
                return self("usage_choice", name=_name(error.param), allowed=allowed)
            return self("usage_value", name=_name(error.param))
        if isinstance(error, click.BadOptionUsage):
            return self("usage_needs_value", name=error.option_name)
        return self("usage_other")

    def _unknown(self, key: str, name: str, near: Sequence[str] | None) -> str:
        if near:
            return self(f"{key}_near", name=name, near=near[0])
        return self(key, name=name)

    def bug(self, kind: str) -> None:
        """We made a mistake. Says so even when the knowledge itself cannot be read."""
        try:
            text = self("bug", kind=kind, version=rugkompas.__version__)
        except Exception:
            version = rugkompas.__version__
            text = f"Rugkompas {version} cannot start ({kind}). RUGKOMPAS_DEBUG=1 tells more."
        self.error(text)


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.human_readable_name


def printable(text: str) -> str:
    """Without control characters: names in a file must not be able to steer the terminal."""
    clean = "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)
    return clean if len(clean) <= _LONGEST else clean[:_LONGEST] + "…"


def is_coloured(stream: object = None) -> bool:
    """Colour is welcome: a terminal, and NO_COLOR is not set."""
    stream = stream or sys.stdout
    return not os.environ.get("NO_COLOR") and bool(getattr(stream, "isatty", bool)())
