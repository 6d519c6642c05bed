"""``rugkompas explain``: what is known about low back pain, one page at a time."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path
from typing import Any

import click

from rugkompas.catalogue.schema import TIERS
from rugkompas.catalogue.topic_schema import Topic
from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say, refused
from rugkompas.outputs.topic_report import in_order, topic_page
from rugkompas.outputs.topic_rules import BASES, Wanted


def command(say: Say) -> click.Command:
    """``explain`` in the language of ``say``."""

    def run(
        topic: str | None,
        format_: str | None,
        output: Path | None,
        find: str,
        urgency: str | None,
        basis: str | None,
        on: dt.date | None,
        no_color: bool,
    ) -> None:
        if topic is None:
            _list(say, format_)
            return
        found = _found(say, topic)
        wanted = Wanted(find, urgency or "", basis or "")
        if wanted != Wanted() and not _has_rules(found):
            rules = next(it.id for it in in_order(say.knowledge) if _has_rules(it))
            raise refused("explain_no_rules", topic, rules=rules)
        day = one_person.day_or_today(say.knowledge, on)
        one_person.deliver(
            say,
            one_person.check_output(None, format_, output),
            output,
            no_color,
            data=lambda: _data(say, found),
            shown=lambda: topic_page(say.knowledge, say.language, found, on=day, wanted=wanted),
        )

    return Command(
        "explain",
        callback=run,
        params=[
            click.Argument(["topic"], required=False, shell_complete=_complete(say)),
            format_option("text", "json", "html", "pdf"),
            output_option(),
            click.Option(["--find"], metavar="WORDS", default=""),
            click.Option(["--urgency"], type=click.Choice(TIERS)),
            click.Option(["--basis"], type=click.Choice(BASES)),
            click.Option(["--on"], metavar="DAY", type=Day()),
            click.Option(["--no-color"], is_flag=True),
            language_option(),
        ],
    ).speaks(say)


def _complete(say: Say) -> Any:
    def ids(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
        return [topic.id for topic in in_order(say.knowledge) if topic.id.startswith(typed)]

    return ids


def _list(say: Say, format_: str | None) -> None:
    """Every page with its title and what it is about."""
    if format_ == "json":
        import json

        topics = [_short(say, topic) for topic in in_order(say.knowledge)]
        click.echo(json.dumps(topics, ensure_ascii=False, indent=2))
        return
    if format_ not in (None, "text"):
        raise refused("explain_which", f"--format {format_}")
    for topic in in_order(say.knowledge):
        short = _short(say, topic)
        click.echo(f"{topic.number:>2}  {short['title']}\n    {short['short']}")
        click.echo(f"    rugkompas explain {topic.id}\n")


def _short(say: Say, topic: Topic) -> dict[str, Any]:
    words = say.knowledge.words[say.language].topics[topic.id]
    return {
        "id": topic.id,
        "number": topic.number,
        "title": words.title,
        "short": words.short,
    }


def _found(say: Say, wanted: str) -> Topic:
    """The topic with this id, number or title. Raises RefusedError, with the nearest one."""
    names: dict[str, Topic] = {}
    for topic in in_order(say.knowledge):
        names[topic.id] = names[str(topic.number)] = topic
        for words in say.knowledge.words.values():
            names[words.topics[topic.id].title.casefold()] = topic
    typed = wanted.strip().casefold()
    if typed in names:
        return names[typed]
    known = [name for name in names if not name.isdigit()]
    near = difflib.get_close_matches(typed.replace(" ", "_").replace("-", "_"), known, n=1)
    near = near or difflib.get_close_matches(typed, known, n=1, cutoff=0.5)
    if near:
        raise refused("unknown_topic_near", wanted, near=names[near[0]].id)
    raise refused("unknown_topic", wanted)


def _has_rules(topic: Topic) -> bool:
    return any(part.drawing and part.drawing.kind == "rules" for part in topic.parts)


def _data(say: Say, topic: Topic) -> dict[str, Any]:
    from rugkompas.outputs.topic_data import as_data

    return as_data(say.knowledge, say.language, topic)
