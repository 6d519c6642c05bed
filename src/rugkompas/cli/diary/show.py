"""``rugkompas diary list``: what was written, a line a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option
from rugkompas.cli.diary.shared import diary_command, diary_words, folder_option, opened
from rugkompas.cli.say import Say
from rugkompas.outputs.sentences import Voice, own_words
from rugkompas.people.diary import Book, Entry


def command(say: Say) -> click.Command:
    """``diary list`` in the language of ``say``."""

    def run(folder: Path | None, format_: str | None) -> None:
        book = opened(say, folder).book
        if format_ == "json":
            rows = [_data(e, book) for e in book.entries]
            content = msgspec.json.format(msgspec.json.encode(rows)) + b"\n"
            one_person.write(content, say, None)
            return
        if not book.entries:
            click.echo(diary_words(say, "list_empty"))
            return
        click.echo(diary_words(say, "list_title", count=len(book.entries)))
        for e in book.entries:
            click.echo(_line(e, book, say))

    params = [folder_option(), format_option("text", "json"), language_option()]
    return diary_command("list", say, run, list(params))


def _data(e: Entry, book: Book) -> dict[str, Any]:
    return {**msgspec.to_builtins(e), "versions_before": len(book.earlier(e))}


def _line(e: Entry, book: Book, say: Say) -> str:
    voice = Voice(say.knowledge, say.language)

    def words(key: str, **values: object) -> str:
        return diary_words(say, key, **values)

    parts = [] if e.pain is None else [words("day_pain", score=e.pain)]
    parts += [
        words("day_activity", name=own_words(name), score=score)
        for name, score in e.activities.items()
    ]
    parts += [
        words("day_factor", name=own_words(name), value=_value(value, voice))
        for name, value in (*_named(e, say), *e.plan.items())
    ]
    parts += [
        words("day_factor", name=voice.short(id_), value=voice.answer(id_, _plain(answer)))
        for id_, answer in e.signs.items()
        if answer not in ("no", "none", [])
    ]
    if e.note:
        parts.append(words("day_note", note=own_words(e.note)))
    before = len(book.earlier(e))
    if before:
        parts.append(words("day_changed", count=before))
    what = "; ".join(parts) or words("day_empty")
    return words("day_text", day=voice.date(e.day), what=what)


def _named(e: Entry, say: Say) -> list[tuple[str, str | int | float]]:
    words = say.knowledge.words[say.language].diary
    return [(words.get(f"factor_{name}", name), value) for name, value in e.factors.items()]


def _value(value: str | int | float, voice: Voice) -> str:
    return voice.answer("", value)


def _plain(answer: Any) -> Any:
    return tuple(answer) if isinstance(answer, list) else answer
