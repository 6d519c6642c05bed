"""What every command about one person does: read the answers, assess them, write a result."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rugkompas.assess import Assessment, assess
from rugkompas.catalogue import Knowledge
from rugkompas.cli.say import RefusedError, Say, is_coloured, refused
from rugkompas.cli.writing import same_file, whole_file
from rugkompas.people.files import FileError, answers_in, read_bytes, value_of
from rugkompas.people.problems import BadAnswers

if TYPE_CHECKING:
    from rugkompas.outputs.parts import Page

ONE = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}
TABLES = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet"}
FORMATS = {".json": "json", ".html": "html", ".pdf": "pdf", ".txt": "text"}
_WIDEST = 88


class Day(click.ParamType[dt.date]):
    """A date as 2026-01-31."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        try:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        except ValueError:
            self.fail("", param, ctx)


def file_argument() -> click.Argument:
    """FILE, with the answers of one person."""
    return click.Argument(["file"], type=click.Path(path_type=Path))


def shared_options() -> list[click.Option]:
    """``--input``, ``--on`` and ``--no-color``."""
    return [
        click.Option(["--input", "input_"], type=click.Choice(["json", "yaml"])),
        click.Option(["--on"], metavar="DAY", type=Day()),
        click.Option(["--no-color"], is_flag=True),
    ]


def day_or_today(knowledge: Knowledge, on: dt.date | None) -> dt.date:
    """The day for which a result holds. Raises RefusedError when no rules hold on it."""
    day = on or dt.date.today()
    try:
        knowledge.parameters_on(day)
    except LookupError:
        raise refused("day_without_rules", day.isoformat()) from None
    return day


def kind_of(file: Path) -> str | None:
    """What the file's name says; None for standard input, which has no name."""
    if str(file) == "-":
        return None
    kind = {**ONE, **TABLES}.get(file.suffix.lower())
    if kind is None:
        if not file.exists():
            raise refused("file_missing", str(file))
        raise refused("file_is_folder" if file.is_dir() else "not_a_format", str(file))
    return kind


def shown_name(file: Path) -> str:
    """The file as people know it."""
    return "stdin" if str(file) == "-" else str(file)


def opened(file: Path) -> Any:
    """The file's bytes as a stream. Raises RefusedError when it cannot be opened."""
    if str(file) == "-":
        return sys.stdin.buffer
    if file.is_dir():
        raise refused("file_is_folder", str(file))
    try:
        return file.open("rb")
    except (OSError, ValueError):
        raise refused("file_missing", str(file)) from None


def or_refused(step: Any, *arguments: Any) -> Any:
    """What the step gives. Raises RefusedError for what it cannot read."""
    try:
        return step(*arguments)
    except FileError as error:
        raise RefusedError([error.problem]) from None


def value_in(file: Path, kind: str | None) -> Any:
    """The value in a JSON or YAML file; without a kind, by how it begins."""
    where = shown_name(file)
    with opened(file) as stream:
        data = or_refused(read_bytes, stream, where)
    return or_refused(value_of, data, kind or _looks_like(data), where)


def _looks_like(data: bytes) -> str:
    """JSON begins with a bracket; anything else is read as YAML."""
    return "json" if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else "yaml"


def answers_of(file: Path, input_: str | None) -> dict[str, Any]:
    """The answers of one person. Raises RefusedError, also for a table."""
    kind = input_ or kind_of(file)
    if kind in TABLES.values():
        raise refused("not_one_person", shown_name(file))
    answers: dict[str, Any] = or_refused(answers_in, value_in(file, kind), shown_name(file))
    return answers


def assessed(answers: Mapping[str, Any], day: dt.date, say: Say, where: str) -> Assessment:
    """The assessment. Raises RefusedError with every answer that cannot be used."""
    try:
        return assess(answers, on=day, knowledge=say.knowledge)
    except BadAnswers as error:
        heading = say("problems", where=where, count=len(error.problems))
        raise RefusedError(error.problems, heading) from None


def of_file(
    file: Path,
    input_: str | None,
    on: dt.date | None,
    say: Say,
    change: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> Assessment:
    """The assessment of the person in a file. change: what the command line adds to the answers.
    Raises RefusedError."""
    day = day_or_today(say.knowledge, on)
    return assessed(change(answers_of(file, input_)), day, say, shown_name(file))


def check_output(
    file: Path | None,
    format_: str | None,
    output: Path | None,
    formats: Mapping[str, str] = FORMATS,
) -> str:
    """The format of one person's result. Raises RefusedError for what cannot be."""
    if output is not None:
        if file is not None and same_file(file, output):
            raise refused("output_same", str(output))
        if output.is_dir():
            raise refused("output_is_folder", str(output))
        by_name = formats.get(output.suffix.lower())
        if format_ is None and by_name is None:
            raise refused("output_format_one", str(output))
        format_ = format_ or by_name
    if format_ == "pdf" and output is None and sys.stdout.isatty():
        raise refused("pdf_needs_output", "--format pdf")
    return format_ or "text"


def write(content: bytes, say: Say, output: Path | None) -> None:
    """A result to a file, whole or not at all, or to standard output."""
    with whole_file(output) as stream:
        stream.write(content)
    if output is not None:
        say.error(say("written", where=str(output)))


def deliver(
    say: Say,
    format_: str,
    output: Path | None,
    no_color: bool,
    *,
    data: Callable[[], Any],
    shown: Callable[[], Page],
) -> None:
    """Write one result. data: it for programs; shown: it for people. Only one is made."""
    if format_ == "json":
        import msgspec

        content = msgspec.json.format(msgspec.json.encode(data())) + b"\n"
    else:
        colour = output is None and not no_color and is_coloured()
        content = _shaped(shown(), format_, colour)
    write(content, say, output)


def _shaped(report: Page, format_: str, colour: bool) -> bytes:
    if format_ == "html":
        from rugkompas.outputs import page

        return page.html(report).encode()
    if format_ == "pdf":
        from rugkompas.outputs import pdf

        return pdf.pdf(report)
    import shutil

    from rugkompas.outputs import text

    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return text.render(report, width, colour).encode(errors="replace")
