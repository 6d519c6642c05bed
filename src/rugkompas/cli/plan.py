"""``rugkompas plan``: a plan from what a person chose, on paper or in a calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rugkompas.assess import Assessment
from rugkompas.assess.plan import NotOffered, plan
from rugkompas.cli import one_person
from rugkompas.cli.app import Command, format_option, language_option, output_option
from rugkompas.cli.say import RefusedError, Say, refused
from rugkompas.people.problems import Problem

FORMATS = {**one_person.FORMATS, ".ics": "ics"}


def command(say: Say) -> click.Command:
    """``plan`` in the language of ``say``."""

    def run(
        file: Path,
        input_: str | None,
        format_: str | None,
        output: Path | None,
        on: dt.date | None,
        no_color: bool,
    ) -> None:
        from rugkompas.outputs.data import as_data
        from rugkompas.outputs.plan_report import plan_data, plan_report

        format_ = one_person.check_output(file, format_, output, FORMATS)
        found = one_person.of_file(file, input_, on, say)
        try:
            made = plan(found)
        except NotOffered as error:
            raise _not_offered(error, say) from None
        if format_ == "ics":
            if made.kind == "urgent":
                raise _call_first(found, say)
            from rugkompas.outputs.calendar import calendar

            one_person.write(calendar(found, made, say.language), say, output)
            return
        one_person.deliver(
            say,
            format_,
            output,
            no_color,
            data=lambda: as_data(found, say.language) | {"plan": plan_data(made)},
            shown=lambda: plan_report(found, made, say.language),
        )

    return Command(
        "plan",
        callback=run,
        params=[
            one_person.file_argument(),
            format_option("text", "json", "html", "pdf", "ics"),
            output_option(),
            *one_person.shared_options(),
            language_option(),
        ],
    ).speaks(say)


def _not_offered(error: NotOffered, say: Say) -> RefusedError:
    """Every pick that does not fit, with the kind of reason and never an answer."""
    words = say.knowledge.words[say.language].options_report
    return RefusedError(
        [
            Problem(
                "pick_not_offered",
                f"picks.{pick.id}",
                {"reason": words[f"group_{pick.reason}"], "id": pick.id},
            )
            for pick in error.picks
        ]
    )


def _call_first(found: Assessment, say: Say) -> RefusedError:
    """No calendar while calling comes first; the message says whom to call."""
    from rugkompas.outputs.sentences import contact_words

    do, _ = contact_words(say.knowledge, say.language, found.triage.contacts[0])
    return refused("no_calendar", "--format ics", do=do)
