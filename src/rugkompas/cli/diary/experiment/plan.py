"""``rugkompas diary experiment plan``: what it asks; with ``--start`` it is drawn and kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from rugkompas.assess.diary_answers import today
from rugkompas.assess.experiment import Asked, Wish, ask, draw, of_diary
from rugkompas.assess.patterns import OUTCOMES
from rugkompas.cli import one_person
from rugkompas.cli.app import format_option, language_option, output_option
from rugkompas.cli.diary.course import FORMATS
from rugkompas.cli.diary.experiment.shared import experiment_command, show
from rugkompas.cli.diary.shared import folder_option, opened, refusals
from rugkompas.cli.one_person import Day
from rugkompas.cli.say import Say, refused
from rugkompas.people.diary.experiment import LARGEST_SEED, PERIOD


def command(say: Say) -> click.Command:
    """``diary experiment plan`` in the language of ``say``."""

    def run(**given: Any) -> None:
        format_ = one_person.check_output(None, given["format_"], given["output"], FORMATS)
        diary = opened(say, given["folder"])
        version = diary.version
        asked = ask(diary.book, _wish(say, given), knowledge=say.knowledge)
        first: dt.date | None = given["start"]
        if asked.forbids or first is None:
            _tell(say, asked, format_, given)
            if format_ == "text" and not asked.forbids:
                say.error(say("experiment_how_start", day=today(diary.book).isoformat()))
            return
        with refusals(say, str(diary.path)):
            record = draw(asked, first, say.knowledge, seed=given["seed"])
            diary.add(record, expected=version)
            kept = of_diary(diary.book, knowledge=say.knowledge)
        assert kept is not None, "what was added is there"
        show(say, diary, kept, format_, given["output"], given["no_color"])

    return experiment_command("plan", say, run, _options())


def _options() -> list[click.Parameter]:
    return [
        click.Option(["--option"], metavar="ID"),
        click.Option(["--what"], metavar="TEXT"),
        click.Option(["--outcome"], type=click.Choice(OUTCOMES), default=OUTCOMES[0]),
        click.Option(["--difference"], metavar="0.5-10", type=click.FloatRange(0.5, 10)),
        click.Option(["--period"], metavar="2-28", type=click.IntRange(*PERIOD), default=7),
        click.Option(["--washout"], metavar="0-27", type=click.IntRange(0, 27), default=1),
        click.Option(["--start"], metavar="DAY", type=Day()),
        click.Option(["--seed"], metavar="NUMBER", type=click.IntRange(0, LARGEST_SEED)),
        folder_option(),
        format_option("text", "json", "html"),
        output_option(),
        click.Option(["--no-color"], is_flag=True),
        language_option(),
    ]


def _wish(say: Say, given: dict[str, Any]) -> Wish:
    """Raises RefusedError for an unknown option, or a wash-out that takes the whole period."""
    option, what = given["option"], given["what"]
    if option is None and not what:
        raise refused("experiment_what", "--option, --what")
    if option is not None and option not in say.knowledge.options:
        raise refused("diary_option", "--option")
    if given["washout"] >= given["period"]:
        raise refused("experiment_washout", "--washout")
    words = say.knowledge.words[say.language].options
    return Wish(
        what=what or words[option].label,
        option=option,
        outcome=given["outcome"],
        difference=given["difference"],
        period_days=given["period"],
        washout_days=given["washout"],
    )


def _tell(say: Say, asked: Asked, format_: str, given: dict[str, Any]) -> None:
    from rugkompas.outputs.experiment_page import asked_data, asked_page

    output: Path | None = given["output"]
    one_person.deliver(
        say,
        format_,
        output,
        given["no_color"],
        data=lambda: asked_data(asked, say.language),
        shown=lambda: asked_page(asked, say.language),
    )
