"""``rugkompas check``: what a title, a text or a page about backs promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.one_person import TABLES
from rugkompas.cli.say import RefusedError, Say, is_coloured, refused
from rugkompas.cli.writing import same_file
from rugkompas.people.files import FileError

if TYPE_CHECKING:
    from rugkompas.assess import Assessment

LIMIT = 5_000_000
"""Bytes of one text; a long page takes some hundred thousand."""
FORMATS = {".json": "json", ".html": "html", ".txt": "text"}
_NAMES = frozenset([*TABLES, ".txt", ".md", ".html", ".htm"])
"""Endings of what is probably meant as a file."""


def command(say: Say) -> click.Command:
    """``check`` in the language of ``say``."""

    def run(
        text: str | None,
        read_as: str | None,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        answers: Path | None,
        export: Path | None,
        no_color: bool,
    ) -> None:
        if export is not None:
            _export(say, export)
            return
        if text is None:
            raise refused("nothing_to_check", "check")
        file = _file(text)
        kind = input_ or (TABLES.get(file.suffix.lower()) if file else None)
        if kind is not None and kind != "text":
            _table(say, file, kind, read_as, format_, output)
            return
        format_ = one_person.check_output(file, format_, output, FORMATS)
        content = text if file is None else _content(file)
        person = one_person.of_file(answers, None, None, say) if answers else None
        checked = _checked(say, content, read_as, format_, output, person, no_color)
        one_person.write(checked, say, output)

    return Command(
        "check",
        callback=run,
        params=[
            click.Argument(["text"], required=False),
            click.Option(["--text-lang", "read_as"], type=click.Choice(["nl", "en"])),
            click.Option(["--input", "input_"], type=click.Choice(["text", *TABLES.values()])),
            format_option("text", "json", "html"),
            output_option(),
            click.Option(["--answers"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--export"], metavar="FILE", type=click.Path(path_type=Path)),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    ).speaks(say)


def _file(text: str) -> Path | None:
    """The file that is meant, or None for a text. Raises RefusedError for a name of nothing."""
    if text == "-":
        return Path(text)
    path = Path(text)
    try:
        if path.is_dir() and ("/" in text or text in (".", "..")):
            raise refused("file_is_folder", text)
        if path.is_file() or (path.exists() and not path.is_dir()):
            return path
    except (OSError, ValueError):
        return None
    if path.suffix.lower() in _NAMES and not any(map(str.isspace, text)):
        raise refused("file_missing", text)
    return None


def _content(file: Path) -> str:
    """The text in a file. Raises RefusedError when it is none, or too long."""
    where = one_person.shown_name(file)
    with one_person.opened(file) as stream:
        data: bytes = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise refused("text_too_large", where, limit=f"{LIMIT // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused("file_not_text", where) from None
    if "\0" in text:
        raise refused("file_not_text", where)
    return text


def _checked(
    say: Say,
    content: str,
    language: str | None,
    format_: str,
    output: Path | None,
    person: Assessment | None,
    no_color: bool,
) -> bytes:
    from rugkompas.claims.document import Reader, is_title
    from rugkompas.claims.judge import Judge

    judge = Judge(say.knowledge)
    document = None
    if is_title(content):
        title = shown = content.strip()
        verdict = judge(title, language)
    else:
        document = Reader(say.knowledge, judge)(content, language)
        title, shown, verdict = document.title, document.text, document.verdict
    if format_ == "json":
        import msgspec

        from rugkompas.outputs.claims_data import as_data

        data = as_data(verdict, shown, say.knowledge, document, person)
        return msgspec.json.format(msgspec.json.encode(data)) + b"\n"
    from rugkompas.outputs.claims_report import claim_report

    report = claim_report(verdict, title, say.knowledge, say.language, document, person)
    if format_ == "html":
        from rugkompas.outputs import claims_page
        from rugkompas.outputs.sentences import emergency_number

        return claims_page.html(report, emergency_number(say.knowledge)).encode(errors="replace")
    import shutil

    from rugkompas.outputs import claims_text

    colour = output is None and not no_color and is_coloured()
    width = shutil.get_terminal_size().columns
    return claims_text.render(report, width, colour).encode(errors="replace")


def _table(
    say: Say,
    file: Path | None,
    kind: str,
    language: str | None,
    format_: str | None,
    output: Path | None,
) -> None:
    from rugkompas.claims import table
    from rugkompas.claims.judge import Judge

    if file is None:
        raise refused("file_missing", "--input")
    where = one_person.shown_name(file)
    if output is None and format_ != "json":
        raise refused("needs_output", where)
    written = "jsonl" if output is None else TABLES.get(output.suffix.lower())
    if written is None:
        raise refused("output_format", str(output))
    if output is not None and same_file(file, output):
        raise refused("output_same", str(output))
    with one_person.opened(file) as stream:
        data = stream.read()
    try:
        rows = table.read(data, kind, where)
    except FileError as error:
        raise RefusedError([error.problem]) from None
    found = list(table.judged(rows, Judge(say.knowledge), language))
    one_person.write(table.written(found, written), say, None if output is None else output)


def _export(say: Say, target: Path) -> None:
    import json

    from rugkompas.claims.export import exported

    data: dict[str, Any] = exported(say.knowledge)
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
    one_person.write(content.encode(), say, None if str(target) == "-" else target)
