"""``rugkompas ask``: an answer to a question in one's own words; what sounds like an alarm sign
comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.say import Say, is_coloured, refused

LIMIT = 1_000
"""Characters of one question."""
FORMATS = {".json": "json", ".txt": "text"}


def command(say: Say) -> click.Command:
    """``ask`` in the language of ``say``."""

    def run(
        text: tuple[str, ...], format_: str | None, output: Path | None, no_color: bool
    ) -> None:
        format_ = one_person.check_output(None, format_, output, FORMATS)
        question = " ".join(text).strip()
        if text and not question:
            raise refused("question_empty", "ask")
        if len(question) > LIMIT:
            raise refused("question_too_long", "ask", limit=str(LIMIT))
        if format_ == "json":
            import msgspec

            content = msgspec.json.format(msgspec.json.encode(_data(say, question))) + b"\n"
        else:
            colour = output is None and not no_color and is_coloured()
            content = _shown(say, question, colour).encode(errors="replace")
        one_person.write(content, say, output)

    return Command(
        "ask",
        callback=run,
        params=[
            click.Argument(["text"], nargs=-1, metavar="[TEXT]", shell_complete=_complete(say)),
            format_option("text", "json"),
            output_option(),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    ).speaks(say)


def _complete(say: Say) -> Any:
    def ids(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
        return [id_ for id_ in say.knowledge.answers if id_.startswith(typed)]

    return ids


def _data(say: Say, question: str) -> Any:
    from rugkompas.outputs.answers_data import answer_data, found_data

    known = say.knowledge.answers
    if not question:
        ordered = sorted(known.values(), key=lambda it: it.number)
        return [answer_data(asked, say.knowledge, say.language) for asked in ordered]
    if question in known:
        return answer_data(known[question], say.knowledge, say.language)
    return found_data(_found(say, question), say.knowledge, say.language)


def _shown(say: Say, question: str, colour: bool) -> str:
    import shutil

    from rugkompas.outputs import answers_report, answers_text

    if not question:
        return _list(say)
    if question in say.knowledge.answers:
        asked = say.knowledge.answers[question]
        report = answers_report.one_report(asked, say.knowledge, say.language)
    else:
        found = _found(say, question)
        report = answers_report.found_report(found, say.knowledge, say.language)
    return answers_text.render(report, shutil.get_terminal_size().columns, colour)


def _found(say: Say, question: str) -> Any:
    from rugkompas.search import finder

    return finder().find(question, say.language)


def _list(say: Say) -> str:
    from rugkompas.outputs.answers_report import themes

    lines = []
    for theme, listed in themes(say.knowledge, say.language):
        lines += [theme, *(f"  {it.id}: {it.question}" for it in listed), ""]
    return "\n".join(lines)
