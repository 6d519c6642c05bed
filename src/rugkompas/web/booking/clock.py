"""Days and times in words, as they are on the wall of the practice."""

from __future__ import annotations

import datetime as dt

from rugkompas.outputs.sentences import Voice
from rugkompas.web.booking.hours import Practice
from rugkompas.web.rules import knowledge
from rugkompas.web.shown import words


class Clock:
    """Says moments in one language."""

    def __init__(self, practice: Practice, language: str) -> None:
        self._zone = practice.zone
        self._t = words(language)
        self._voice = Voice(knowledge(), language)

    def day(self, moment: dt.datetime | dt.date) -> str:
        """maandag 30 november 2026"""
        here = moment.astimezone(self._zone).date() if isinstance(moment, dt.datetime) else moment
        return f"{self._t(f'booking_day_{here.weekday()}')} {self._voice.date(here)}"

    def time(self, moment: dt.datetime) -> str:
        """09:15; in the hour that comes twice in autumn also which of the two."""
        here = moment.astimezone(self._zone)
        twice = here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset()
        first = self._t(f"booking_clock_{here.fold}") if twice else ""
        return f"{here:%H:%M}{first}"

    def when(self, moment: dt.datetime) -> str:
        return self._t("booking_when", day=self.day(moment), time=self.time(moment))
