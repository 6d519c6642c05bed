"""The commands, and the result of one of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
from click.testing import CliRunner

from rugkompas import assess
from rugkompas.catalogue import Knowledge
from rugkompas.cli.app import Group, build
from rugkompas.cli.say import Say
from rugkompas.outputs.data import as_data

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "desk.json"
DAY = dt.date(2026, 11, 25)


def commands(_: Knowledge) -> str:
    """The help of every command, as it prints it."""
    parts = [
        "# Commands\n",
        "Exit codes: 0 done; 2 the input or the command line is wrong; 3 done, but rows were\n"
        "rejected; 1 a bug of ours. `--lang nl` gives the same in Dutch.\n",
    ]

    for name in _names(build(Say("en"))):
        arguments = [*name.split(), "--help"]
        runner = CliRunner()
        said = runner.invoke(build(Say("en")), arguments, prog_name="rugkompas", terminal_width=80)
        if said.exit_code != 0:
            raise RuntimeError(f"rugkompas {name} --help fails: {said.output or said.exception}")
        title = f"## rugkompas {name}".rstrip()
        parts += [f"{title}\n", f"```text\n{said.output.strip()}\n```\n"]
    return "\n".join(parts)


def _names(command: click.Command, name: str = "") -> Iterator[str]:
    """A command and all that it holds, each by what is typed after ``rugkompas``."""
    yield name
    if isinstance(command, Group):
        for inner, module in command.modules.items():
            made = import_module(module).command(command.say)
            yield from _names(made, f"{name} {inner}".strip())


def result(knowledge: Knowledge) -> str:
    """The result of the example person, long lists cut short."""
    answers = json.loads(EXAMPLE.read_text("utf-8"))
    data = as_data(assess(answers, on=DAY, knowledge=knowledge), "en")
    data["knowledge"] = f"{knowledge.release.version}+..."
    present = [state for state in data["factors"] if state["state"] == "present"]
    data["factors"] = [*present[:2], "..."]
    data["safety_net"] = [*data["safety_net"][:2], "..."]
    for part in ("offered", "not_offered"):
        data["options"][part] = [*data["options"][part][:2], "..."]
    first = next(iter(data["sources"]))
    data["sources"] = {first: data["sources"][first], "...": "..."}
    return f"```json\n{json.dumps(data, indent=2, ensure_ascii=False)}\n```\n"
