"""The one settings file of a practice: who works there, when, and what can be booked.

Every mistake is told with its line and what to do, all at once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from rugkompas.catalogue.files import KnowledgeError, convert, line_at, read
from rugkompas.web.booking.colours import LEAST, contrast
from rugkompas.web.booking.hours import GRID, Kind, Practice, Practitioner, Span

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LANGUAGES = ("nl", "en")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ID = re.compile(r"[a-z][a-z0-9-]{0,38}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_NAME = 80
_MOST_MINUTES = 240
_MOST_AHEAD = 365


class _Kind(Struct, forbid_unknown_fields=True):
    name: dict[str, str]
    minutes: int
    who: list[str]


class _Practitioner(Struct, forbid_unknown_fields=True):
    name: str
    calendars: list[str] = []
    opening: dict[str, list[str]] | None = None


class _Look(Struct, forbid_unknown_fields=True):
    colour: str
    on_colour: str


class _File(Struct, forbid_unknown_fields=True):
    name: str
    address: str
    phone: str
    email: str
    opening: dict[str, list[str]]
    appointments: dict[str, _Kind]
    practitioners: dict[str, _Practitioner]
    closed: list[str] = []
    time_zone: str = "Europe/Amsterdam"
    book_ahead_days: int = 42
    notice_hours: int = 4
    start_every_minutes: int = 15
    keep_days: int = 30
    look: _Look | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """line: in the file, from 1; None when the file as a whole is meant."""

    line: int | None
    text: str


class PracticeFileError(Exception):
    """The file cannot be used. Its text names every mistake."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__(
            "\n".join(
                f"{path}{f', line {it.line}' if it.line else ''}: {it.text}" for it in mistakes
            )
        )


def practice_in(path: Path) -> Practice:
    """The practice that the file describes. Raises PracticeFileError.

    Calendars are named beside the file; what is in them is read when times are looked up.
    """
    try:
        raw = read(path)
        if not isinstance(raw, dict):
            raise PracticeFileError(path, [Mistake(None, "is empty. Begin with docs/examples.")])
        file = convert(path, raw, _File)
    except OSError:
        raise PracticeFileError(
            path, [Mistake(None, "cannot be read. Check the path and who may read it.")]
        ) from None
    except KnowledgeError as error:
        text = str(error).partition(": ")[2]
        raise PracticeFileError(path, [Mistake(error.line, text)]) from None
    mistakes = [Mistake(line_at(path, at), text) for at, text in _wrong(file, path.parent)]
    if mistakes:
        raise PracticeFileError(path, sorted(mistakes, key=lambda it: it.line or 0))
    return _practice(file, path.parent)


def _wrong(file: _File, folder: Path) -> Iterator[tuple[str, str]]:
    """(place in the file, what is wrong and what to do)."""
    for name in ("name", "address", "phone", "email"):
        value = getattr(file, name).strip()
        if not value or len(value) > 2 * _LONGEST_NAME:
            yield f"$.{name}", f"{name} needs 1 to {2 * _LONGEST_NAME} characters."
    if not _MAIL.fullmatch(file.email.strip()):
        yield "$.email", f"'{file.email}' is no e-mail address. Give one, as info@praktijk.nl."
    if len(re.sub(r"\D", "", file.phone)) < 8:
        yield "$.phone", f"'{file.phone}' is no phone number. Give it with its area code."
    try:
        ZoneInfo(file.time_zone)
    except (KeyError, ValueError, OSError):
        yield "$.time_zone", f"'{file.time_zone}' is no time zone. Try Europe/Amsterdam."
    yield from _wrong_numbers(file)
    yield from _wrong_opening(file.opening, "$.opening")
    for place, text in enumerate(file.closed):
        if _closed(text) is None:
            yield (
                f"$.closed[{place}]",
                f"'{text}' is no day. Write 2026-12-25, or 2026-12-25 to 2027-01-01.",
            )
    yield from _wrong_people(file, folder)
    yield from _wrong_kinds(file)
    if file.look is not None:
        yield from _wrong_look(file.look)


def _wrong_numbers(file: _File) -> Iterator[tuple[str, str]]:
    for name, low, high in (
        ("book_ahead_days", 1, _MOST_AHEAD),
        ("notice_hours", 0, 24 * 14),
        ("keep_days", 0, _MOST_AHEAD),
    ):
        value = getattr(file, name)
        if not low <= value <= high:
            yield f"$.{name}", f"{name} is {value}. Give a whole number from {low} to {high}."
    step = file.start_every_minutes
    if not GRID <= step <= _MOST_MINUTES or step % GRID:
        yield (
            "$.start_every_minutes",
            f"start_every_minutes is {step}. Give a multiple of {GRID}, from {GRID} to "
            f"{_MOST_MINUTES}.",
        )


def _wrong_opening(opening: dict[str, list[str]], at: str) -> Iterator[tuple[str, str]]:
    if not opening:
        yield at, "no day has opening hours. Give at least one."
    for day, spans in opening.items():
        if day not in DAYS:
            yield f"{at}.{day}", f"'{day}' is no day. Choose from: {', '.join(DAYS)}."
        before = dt.time.min
        for text in spans:
            span = _span(text)
            if span is None:
                yield f"{at}.{day}", f"'{text}' are no hours. Write 08:30-12:30; the end is later."
            elif span.begin < before:
                yield (
                    f"{at}.{day}",
                    f"'{text}' begins before the hours in front of it end. Put the hours of a "
                    "day in order, without overlap.",
                )
            else:
                before = span.end or dt.time.max


def _wrong_people(file: _File, folder: Path) -> Iterator[tuple[str, str]]:
    if not file.practitioners:
        yield "$.practitioners", "nobody works here. Name at least one practitioner."
    for id_, person in file.practitioners.items():
        at = f"$.practitioners.{id_}"
        if not _ID.fullmatch(id_):
            yield at, f"'{id_}' is no short name. Use a-z, 0-9 and -, beginning with a letter."
        if not 0 < len(person.name.strip()) <= _LONGEST_NAME:
            yield at, f"the name of '{id_}' needs 1 to {_LONGEST_NAME} characters."
        for name in person.calendars:
            if not (folder / name).is_file():
                yield at, f"the calendar '{name}' is not there. Put it beside this file."
        if person.opening is not None:
            yield from _wrong_opening(person.opening, f"{at}.opening")


def _wrong_kinds(file: _File) -> Iterator[tuple[str, str]]:
    if not file.appointments:
        yield "$.appointments", "nothing can be booked. Describe at least one appointment."
    for id_, kind in file.appointments.items():
        at = f"$.appointments.{id_}"
        if not _ID.fullmatch(id_):
            yield at, f"'{id_}' is no short name. Use a-z, 0-9 and -, beginning with a letter."
        if set(kind.name) != set(LANGUAGES) or not all(
            0 < len(it.strip()) <= _LONGEST_NAME for it in kind.name.values()
        ):
            yield at, f"'{id_}' needs a name in {' and '.join(LANGUAGES)}."
        if not GRID <= kind.minutes <= _MOST_MINUTES or kind.minutes % GRID:
            yield (
                at,
                f"'{id_}' takes {kind.minutes} minutes. Give a multiple of {GRID}, from {GRID} to "
                f"{_MOST_MINUTES}.",
            )
        if not kind.who:
            yield at, f"nobody does '{id_}'. Name at least one practitioner under 'who'."
        for who in kind.who:
            if who not in file.practitioners:
                yield at, f"'{who}' is no practitioner. Add them, or take the name away."


def _wrong_look(look: _Look) -> Iterator[tuple[str, str]]:
    colours = (look.colour, look.on_colour)
    if wrong := [it for it in colours if not _COLOUR.fullmatch(it)]:
        yield "$.look", f"'{wrong[0]}' is no colour. Write it as #174743."
        return
    found = contrast(*colours)
    if found < LEAST:
        yield (
            "$.look",
            f"the contrast of {look.on_colour} on {look.colour} is {found:.2f}. People need "
            f"{LEAST} or more to read it. Make one lighter or the other darker.",
        )


def _practice(file: _File, folder: Path) -> Practice:
    opening = _opening(file.opening)
    return Practice(
        name=file.name.strip(),
        address=file.address.strip(),
        phone=file.phone.strip(),
        email=file.email.strip(),
        zone=ZoneInfo(file.time_zone),
        opening=opening,
        closed=tuple(it for text in file.closed if (it := _closed(text))),
        kinds={
            id_: Kind(id_, dict(kind.name), kind.minutes, tuple(kind.who))
            for id_, kind in file.appointments.items()
        },
        people={
            id_: Practitioner(
                id_,
                person.name.strip(),
                tuple(folder / name for name in person.calendars),
                opening if person.opening is None else _opening(person.opening),
            )
            for id_, person in file.practitioners.items()
        },
        ahead_days=file.book_ahead_days,
        notice_hours=file.notice_hours,
        step=file.start_every_minutes,
        keep_days=file.keep_days,
        colour=file.look.colour if file.look else "",
        on_colour=file.look.on_colour if file.look else "",
    )


def _opening(opening: dict[str, list[str]]) -> dict[int, tuple[Span, ...]]:
    return {
        DAYS.index(day): tuple(it for text in spans if (it := _span(text)))
        for day, spans in opening.items()
    }


def _span(text: str) -> Span | None:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, end_hour, end_minute = map(int, found.groups())
    if (end_hour, end_minute) == (24, 0):
        return Span(dt.time(hour, minute), None)
    if end_hour == 24 or (end_hour, end_minute) <= (hour, minute):
        return None
    return Span(dt.time(hour, minute), dt.time(end_hour, end_minute))


def _closed(text: str) -> tuple[dt.date, dt.date] | None:
    first, _, last = (part.strip() for part in text.partition(" to "))
    try:
        begin = dt.date.fromisoformat(first)
        end = dt.date.fromisoformat(last) if last else begin
    except ValueError:
        return None
    return (begin, end) if begin <= end else None
