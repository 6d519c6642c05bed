"""One question on a terminal: what may be typed, and what it means."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Sequence
from typing import Any

import click

from rugkompas.catalogue.schema import Question
from rugkompas.cli.say import Say

HELP, BACK, QUIT, ENOUGH, NOT_KNOWN = "?", "<", "q", ">", "-"
_YES_NO_UNKNOWN = ("yes", "no", "unknown")


class BackError(Exception):
    """The person wants the question before this one."""


class QuitError(Exception):
    """The person wants to stop."""


class EnoughError(Exception):
    """The person wants the result now."""


def tell(text: str) -> None:
    """A paragraph, or more of them, on the terminal."""
    width = min(shutil.get_terminal_size().columns, 88)
    for line in text.splitlines() or [""]:
        click.echo(textwrap.fill(line, width, subsequent_indent=" " * _indent(line)))


def _indent(line: str) -> int:
    number = re.match(r" *\d+\. ", line)
    return len(number[0]) if number else 0


def ask(say: Say, question: Question, number: int) -> Any:
    """The answer to one question; None when the person does not know and the question has no
    word for that. Raises BackError and QuitError."""
    words = say.knowledge.words[say.language].questions[question.id]
    help_ = " ".join(part for part in (words.help, words.why) if part)
    label = say("interview_question", number=number, label=words.label)
    if question.kind in ("integer", "number"):
        return _number(say, question, label, help_)
    options = _options(say, question)
    if question.kind == "set":
        return _several(say, label, help_, options)
    return _one(say, label, help_, options)


def ask_yes_no(say: Say, label: str, help_: str) -> bool:
    """Yes or no to an offer. Raises BackError and QuitError."""
    options = [(word, say.report(f"answer_{word}")) for word in ("yes", "no")]
    return bool(_one(say, label, help_, options) == "yes")


def ask_factor(say: Say, kind: str, factor: str) -> str:
    """Whether a factor plays a role (``factors``), or can change (``changeable``): yes, no or
    unknown. Raises BackError, QuitError and EnoughError."""
    words = say.knowledge.words[say.language].factors[factor]
    label = words.question
    help_ = " ".join(part for part in (words.help, words.why) if part)
    if kind == "changeable":
        label = say("interview_changeable", factor=words.label)
        help_ = say("interview_changeable_help")
    options = [(word, say.report(f"answer_{word}")) for word in _YES_NO_UNKNOWN]
    return str(_one(say, label, help_, options, enough=True))


def _options(say: Say, question: Question) -> list[tuple[Any, str]]:
    """Answers with their text; the last one is that the person does not know."""
    if question.kind == "tri":
        return [(word, say.report(f"answer_{word}")) for word in _YES_NO_UNKNOWN]
    words = say.knowledge.words[say.language].questions[question.id]
    options: list[tuple[Any, str]] = [
        (value, words.values[value]) for value in question.values if value != "unknown"
    ]
    has_word = "unknown" in question.values or question.unknown_alone
    not_known = words.values.get("unknown", say.report("answer_unknown"))
    return [*options, ("unknown" if has_word else None, not_known)]


def _one(
    say: Say, label: str, help_: str, options: Sequence[tuple[Any, str]], enough: bool = False
) -> Any:
    """One of the options, by its number or by its text."""
    _show(label, options, first=1)
    while True:
        typed = _typed(say, help_, "interview_hint_one", enough=enough, most=len(options))
        if typed.isdecimal() and 1 <= int(typed) <= len(options):
            return options[int(typed) - 1][0]
        if typed == NOT_KNOWN and options[-1][0] in ("unknown", None):
            return options[-1][0]
        meant = [value for value, text in options if _is_meant(typed.casefold(), text.casefold())]
        if len(meant) == 1:
            return meant[0]
        tell(say("interview_wrong_one", most=len(options)))


def _is_meant(typed: str, text: str) -> bool:
    """The whole text, its first word, or the first letter of a short one ("n" for "nee")."""
    short = len(text) <= len("nee")
    return typed in (text, re.split(r"\W", text)[0]) or (short and typed == text[:1])


def _several(say: Say, label: str, help_: str, options: Sequence[tuple[Any, str]]) -> Any:
    """Some of the options, by their numbers; 0 stands for none of them."""
    *members, (not_known, text) = options
    _show(
        label, [("none", say.report("answer_none_of_these")), *members, (not_known, text)], first=0
    )
    last = len(options)
    while True:
        typed = _typed(say, help_, "interview_hint_several", most=last)
        numbers = [part for part in re.split(r"[\s,;+]+", typed) if part]
        if typed == NOT_KNOWN or numbers == [str(last)]:
            return None if not_known is None else ["unknown"]
        if numbers == ["0"]:
            return []
        if numbers and all(n.isdecimal() and 1 <= int(n) < last for n in numbers):
            return [members[int(n) - 1][0] for n in dict.fromkeys(numbers)]
        tell(say("interview_wrong_several", most=last))


def _number(say: Say, question: Question, label: str, help_: str) -> int | float | None:
    """A number within the bounds of the question."""
    click.echo()
    tell(label)
    low, high = question.low or 0, question.high or 0
    while True:
        typed = _typed(say, help_, "interview_hint_number", low=f"{low:g}", high=f"{high:g}")
        if typed == NOT_KNOWN:
            return None
        if re.fullmatch(r"\d{1,7}", typed) and low <= int(typed) <= high:
            return int(typed)
        tell(say("interview_wrong_number", low=f"{low:g}", high=f"{high:g}"))


def _show(label: str, options: Sequence[tuple[Any, str]], first: int) -> None:
    click.echo()
    tell(label)
    for number, (_, text) in enumerate(options, start=first):
        tell(f"  {number}. {text}")


def _typed(say: Say, help_: str, hint: str, enough: bool = False, **details: object) -> str:
    """What was typed, once it is an answer and not a wish for help, back, stop or enough."""
    while True:
        keys = say("interview_keys_enough" if enough else "interview_keys")
        typed = input(f"{say(hint, **details)} {keys} ").strip()
        if typed == HELP:
            tell(help_ or say("interview_no_help"))
        elif typed == BACK:
            raise BackError
        elif typed.casefold() == QUIT:
            raise QuitError
        elif typed == ENOUGH and enough:
            raise EnoughError
        else:
            return typed
