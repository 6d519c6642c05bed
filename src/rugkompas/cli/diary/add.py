"""``rugkompas diary add``: one day, in a few keys or by options. Triaged before anything else."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from rugkompas.assess import Assessment
from rugkompas.assess.diary_answers import answers_on
from rugkompas.assess.diary_answers import today as last_day
from rugkompas.assess.follow_up import follow_up, interrupts
from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option
from rugkompas.cli.diary import given as take
from rugkompas.cli.diary.shared import diary_command, diary_words, folder_option, opened, refusals
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say, refused
from rugkompas.people.diary import Diary, Entry, Episode
from rugkompas.people.diary.changes import new_entry, new_episode
from rugkompas.people.diary.entry import COURSE, DONE
from rugkompas.people.files import answers_in


def command(say: Say) -> click.Command:
    """``diary add`` in the language of ``say``."""

    def run(**options: Any) -> None:
        diary = opened(say, options["folder"])
        today = last_day(diary.book)
        day = options["day"] or today
        with refusals(say, str(diary.path)):
            episode, entry = _records(say, diary, day, options)
            before = answers_on(diary.book, today, say.knowledge)
            new = diary.add(*(line for line in (episode, entry) if line is not None))
        after = answers_on(diary.book, today, say.knowledge)
        urgent = interrupts(before, after, today, say.knowledge)
        _tell(say, diary, entry or episode, new, urgent, today, options)

    return diary_command("add", say, run, _options())


def _options() -> list[click.Parameter]:
    several: dict[str, Any] = {"multiple": True}
    return [
        click.Option(["--day"], metavar="DAY", type=Day()),
        click.Option(["--pain"], metavar="0-10", type=int),
        click.Option(["--activity"], metavar="[NAME=]0-10", **several),
        click.Option(["--factor"], metavar="NAME=VALUE", **several),
        click.Option(["--plan"], metavar="STEP=VALUE", **several),
        click.Option(["--sign"], metavar="ID=ANSWER", **several),
        click.Option(["--looked-at"], type=click.Choice(["yes", "no", "unknown"])),
        click.Option(["--note"], metavar="TEXT"),
        click.Option(["--pain-days"], metavar="0-7", type=int),
        click.Option(["--course"], type=click.Choice(COURSE)),
        click.Option(["--roles"], type=click.Choice(DONE)),
        click.Option(["--change"], is_flag=True),
        click.Option(["--key"], metavar="ID"),
        click.Option(["--names"], metavar="NAME,NAME"),
        click.Option(["--began"], metavar="DAY", type=Day()),
        click.Option(["--answers"], metavar="FILE", type=click.Path(path_type=Path)),
        folder_option(),
        format_option("text", "json"),
        click.Option(["--no-color"], is_flag=True),
        language_option(),
    ]


def _records(
    say: Say, diary: Diary, day: dt.date, options: dict[str, Any]
) -> tuple[Episode | None, Entry | None]:
    """What to write, by options, or else by asking."""
    book, knowledge = diary.book, say.knowledge
    changed = _changed(options)
    given = _given(options)
    asked = bool(given or options["activity"] or options["sign"])
    if not asked and not changed:
        if not sys.stdin.isatty():
            raise refused("diary_nothing", "rugkompas diary add")
        from rugkompas.cli.diary.asking import interview

        changed, given = interview(say, book, day)
        options = {**options, "change": True}
        asked = bool(given)
    else:
        current = book.episode_on(day)
        names = changed.get("activities") or (current.activities if current else ())
        activities = take.scores(options["activity"], names)
        if activities:
            given["activities"] = activities
            if not names:
                changed["activities"] = tuple(activities)
        if options["sign"]:
            given["signs"] = take.signs(options["sign"], knowledge)
    episode = new_episode(book, day, changed, knowledge)
    entry = new_entry(book, day, given, options["change"], knowledge) if asked else None
    return episode, entry


def _changed(options: dict[str, Any]) -> dict[str, Any]:
    """What is new about the episode."""
    changed: dict[str, Any] = {}
    if options["names"]:
        names = tuple(name.strip() for name in options["names"].split(","))
        changed["activities"] = tuple(name for name in names if name)
    if options["began"]:
        changed["began"] = options["began"]
    file = options["answers"]
    if file is not None:
        value = one_person.value_in(file, one_person.kind_of(file))
        answers = one_person.or_refused(answers_in, value, one_person.shown_name(file))
        answers.pop("id", None)
        changed["answers"] = answers
    return changed


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The entry's own fields, as far as they were given."""
    names = {"pain_days": "pain_days", "course": "course_activity", "roles": "roles"}
    week = {names[name]: options[name] for name in names if options[name] is not None}
    told = take.pairs(options["factor"], "--factor")
    factors = {name: take.number(value) for name, value in told.items()}
    found = {
        "pain": options["pain"],
        "factors": factors or None,
        "plan": take.pairs(options["plan"], "--plan") or None,
        "looked_at": options["looked_at"],
        "note": options["note"],
        "week": week or None,
    }
    given = {name: value for name, value in found.items() if value is not None}
    if options["key"] and (given or options["activity"] or options["sign"]):
        given["id"] = options["key"]
    return given


def _tell(
    say: Say,
    diary: Diary,
    line: Entry | Episode | None,
    new: int,
    urgent: Assessment | None,
    today: dt.date,
    options: dict[str, Any],
) -> None:
    """What was kept; an urgent result comes first and takes the whole screen."""
    from rugkompas.outputs.data import as_data
    from rugkompas.outputs.report import report

    found = follow_up(diary.book, on=today, knowledge=say.knowledge)
    if options["format_"] == "json":
        one_person.deliver(
            say,
            "json",
            None,
            True,
            data=lambda: {
                "id": line.id if line else None,
                "day": line.day.isoformat() if line else None,
                "new": bool(new),
                "version": diary.version,
                "interrupts": urgent is not None,
                "urgency": found.tier,
                "asks_triage": found.asks_triage,
                "triaged": found.triaged,
                "assessment": as_data(urgent, say.language) if urgent else None,
            },
            shown=lambda: report(found.assessment, say.language),
        )
        return
    if urgent is not None:
        one_person.deliver(
            say,
            "text",
            None,
            options["no_color"],
            data=dict,
            shown=lambda: report(urgent, say.language),
        )
        click.echo(diary_words(say, "standing_text"))
    if line is not None:
        from rugkompas.outputs.sentences import Voice

        day = Voice(say.knowledge, say.language).date(line.day)
        click.echo(diary_words(say, "saved" if new else "saved_before", day=day))
    if urgent is None:
        if found.asks_triage:
            click.echo(diary_words(say, "again_text"))
        elif not found.triaged:
            click.echo(diary_words(say, "first_text") + " " + say("diary_first_how"))
        click.echo(_watch(say))


def _watch(say: Say) -> str:
    """The signs to call for, and that nobody reads along: on every entry."""
    from rugkompas.assess.triage import ALWAYS_WATCH
    from rugkompas.outputs.sentences import Voice

    voice = Voice(say.knowledge, say.language)
    signs = [voice.clause(id_, "new_or_changed") for id_ in ALWAYS_WATCH]
    listed = "; ".join(signs)
    return f"{diary_words(say, 'call_text')} {voice('watch_now')}: {listed}."
