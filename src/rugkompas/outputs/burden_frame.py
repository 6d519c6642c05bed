"""What every page about figures needs: the words, numbers as people write them, the sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import rugkompas
from rugkompas.catalogue.burden_schema import BurdenFigure, BurdenRow
from rugkompas.outputs.frame import Cited
from rugkompas.outputs.parts import Page, Section
from rugkompas.outputs.sentences import emergency_number

_SIGNED = "percent_change"


class Told(Cited):
    """The words of one language about how common it is."""

    def say(self, key: str, **values: object) -> str:
        """A sentence of words/<lang>/burden."""
        return self.words.burden[key].format(**values)

    def amount(self, value: float) -> str:
        """A number with its thousands apart and without a unit: 2.064.900 or 7,5."""
        text = f"{value:,.10g}" if abs(value) >= 1000 else f"{value:g}"
        marks = {",": self.say("thousands_mark"), ".": self.voice("decimal_mark"), "-": "−"}
        return "".join(marks.get(char, char) for char in text)

    def measured(self, value: float, figure: BurdenFigure) -> str:
        """A number as it stands beside its mark: a percentage has its sign."""
        text = self.amount(value)
        if figure.unit == _SIGNED and value > 0:
            text = self.say("more", value=text)
        return self.say("percent", value=text) if figure.unit.startswith("percent") else text

    def value_of(self, row: BurdenRow, figure: BurdenFigure) -> str:
        """The number of a row, or its range when the source gives no more than that."""
        if row.value is None:
            low, high = self.amount(row.low or 0), self.measured(row.high or 0, figure)
            return self.say("range_short", low=low, high=high)
        text = self.measured(row.value, figure)
        if row.at_least or row.at_most:
            return self.say("at_least" if row.at_least else "at_most", value=text)
        return text

    def range_of(self, row: BurdenRow, figure: BurdenFigure) -> str:
        """The interval of a row in words."""
        if row.low is None or row.high is None:
            return self.say("no_number")
        ends = (self.measured(end, figure) for end in (row.low, row.high))
        return self.voice("range", **dict(zip(("low", "high"), ends, strict=True)))

    def label_of(self, row: BurdenRow, figure: BurdenFigure) -> str:
        """What a row is about."""
        if figure.kind == "rows":
            return self.words.burden_figures[figure.id].labels[row.id]
        if figure.kind == "ages":
            return row.age
        return self.say("ahead", year=row.year) if row.projection else str(row.year)

    def filled(self, text: str, figure: BurdenFigure) -> str:
        """A sentence about a figure, with the numbers of its rows."""
        values: dict[str, str] = {}
        for row in figure.rows:
            for part, value in (("", row.value), ("_low", row.low), ("_high", row.high)):
                if value is not None:
                    values[row.id + part] = self.amount(value)
            if row.value is not None:
                values[f"{row.id}_about"] = self.amount(round(row.value))
                values[f"{row.id}_size"] = self.amount(abs(row.value))
        return text.format(**values)

    def page(self, title: str, sections: Iterable[Section], day: dt.date) -> Page:
        """A page of these sections with the sources that they name."""
        made, voice = tuple(sections), self.voice
        lines = self.source_lines()
        version = voice("about_version", version=rugkompas.__version__, knowledge=self.k.version)
        return Page(
            language=voice.language,
            title=title,
            made_on=self.say("made_on", date=voice.date(day)),
            reference="",
            status="" if self.k.release.signed_by else voice("status"),
            status_short="" if self.k.release.signed_by else voice("status_short"),
            page_of=voice("page_of", page="{page}", pages="{pages}"),
            day=day,
            emergency_number=emergency_number(self.k),
            sections=made,
            sources=Section("sources", voice("sources_title"), (voice("sources_text"),)),
            source_lines=lines,
            about=Section(
                "about",
                voice("about_title"),
                (self.say("about_figures"), voice("about_problem"), version),
            ),
        )
