"""What the FHIR commands do alike: read a resource, write one, and say what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, language_option, output_option
from rugkompas.cli.one_person import Day, opened, shown_name
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.cli.writing import same_file, whole_file
from rugkompas.fhir.checking import resource_in
from rugkompas.fhir.outcome import Refused, operation_outcome
from rugkompas.people.problems import BadAnswers, Problem


def fhir_command(
    name: str, say: Say, callback: object, params: Sequence[click.Parameter]
) -> Command:
    """One of the commands of ``rugkompas fhir``."""
    made = Command(name, callback=callback, params=[*params, language_option()])  # type: ignore[arg-type]
    return made.within("fhir").speaks(say)


def definition_command(name: str, say: Say, make: Callable[[dt.date], Any]) -> Command:
    """A command that writes one definition. make: day whose thresholds hold -> resource."""

    def run(output: Path | None, on: dt.date | None) -> None:
        write(say, make(one_person.day_or_today(say.knowledge, on)), output)

    return fhir_command(name, say, run, [output_option(), on_option()])


def on_option() -> click.Option:
    """``--on``."""
    return click.Option(["--on"], metavar="DAY", type=Day())


def subject_option() -> click.Option:
    """``--subject``."""
    return click.Option(["--subject"], metavar="REFERENCE", default="")


def outcome_option() -> click.Option:
    """``--operation-outcome``."""
    return click.Option(
        ["--operation-outcome", "outcome"], metavar="FILE", type=click.Path(path_type=Path)
    )


def moment(day: dt.date) -> dt.datetime:
    """The moment of making: now, on the day for which the result holds."""
    now = dt.datetime.now(dt.UTC).astimezone().replace(microsecond=0)
    return dt.datetime.combine(day, now.timetz())


@contextmanager
def refusals(say: Say, outcome: Path | None = None) -> Iterator[None]:
    """What a resource cannot be used for: sentences, and an OperationOutcome when asked for."""
    try:
        yield
    except BadAnswers as error:
        raise RefusedError(error.problems) from None
    except Refused as error:
        if outcome is not None:
            write(say, operation_outcome(error.issues, say.knowledge, say.language), outcome)
        raise RefusedError(
            [Problem(issue.kind, issue.path, issue.details) for issue in error.issues]
        ) from None


def resource(file: Path) -> dict[str, Any]:
    """The resource in a file. Raises RefusedError when it cannot be opened, Refused for what
    it holds."""
    with opened(file) as stream:
        return resource_in(stream, shown_name(file))


def check_target(file: Path, output: Path | None) -> None:
    """Raises RefusedError when the result would take the place of what it is made from."""
    if output is not None and same_file(file, output):
        raise refused("output_same", str(output))


def write(say: Say, made: Any, output: Path | None) -> None:
    """A resource as JSON, to a file (whole or not at all) or to standard output."""
    import msgspec

    content = msgspec.json.format(msgspec.json.encode(made)) + b"\n"
    with whole_file(output) as stream:
        stream.write(content)
    if output is not None:
        say.error(say("written", where=str(output)))
