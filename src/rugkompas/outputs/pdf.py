"""The report on paper: PDF by Typst, tagged for screen readers (PDF/UA-1).

Texts travel as data, never as markup, so nothing that a person typed is ever interpreted.
"""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from typing import Literal

import msgspec

from rugkompas.outputs import chart, chart_roles
from rugkompas.outputs.page import plots
from rugkompas.outputs.parts import Page, Report

_TONES = {
    "self_care": "#1f5c57",
    "planned": "#1f5c57",
    "within_days": "#2b4f74",
    "same_day": "#8a4310",
    "emergency": "#9c1b1f",
}


def pdf(report: Page) -> bytes:
    """A4 pages. The same report gives the same bytes: the date inside is the report's own.

    Raises ImportError, with what to do, when the ``pdf`` extra is not installed.
    """
    try:
        import typst
    except ImportError as missing:
        raise ImportError(
            "a PDF needs the package 'typst', which is not installed here. "
            "Install it with: pip install 'rugkompas[pdf]'. Text and HTML work without it.",
            name="typst",
        ) from missing
    answer = report.answer if isinstance(report, Report) else None
    palette = chart.Palette(
        ink="#213130",
        muted="#566462",
        line="#d9cfbd",
        band="#cfe0d8",
        accent=_TONES[answer.tier if answer else "self_care"],
        font="Libertinus Serif",
    )
    data = msgspec.to_builtins(report) | {
        "tone": palette.accent,
        "mark": chart.mark_svg(palette),
        "dial": chart.dial_svg(answer.step, palette) if answer else "",
        "plots": plots(report.sections, palette),
        "bands": {
            section.id: chart.band_svg(section.band, palette)
            for section in report.sections
            if section.band
        },
        "pictures": {
            section.id: chart_roles.roles_svg(section.picture, palette, across=True)
            for section in report.sections
            if section.picture
        },
    }
    midnight = dt.datetime.combine(report.day, dt.time(), dt.UTC)
    name = "one_page.typ" if report.one_page else "report.typ"
    template = resources.files("rugkompas.outputs") / "templates" / name

    def made(standard: Literal["ua-1"] | None) -> bytes:
        return bytes(
            typst.compile(
                template.read_bytes(),
                format="pdf",
                sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
                ignore_system_fonts=True,
                pdf_standards=standard,
                timestamp=int(midnight.timestamp()),
            )
        )

    try:
        return made("ua-1")
    except typst.TypstError:
        # Own words in a script that the fonts lack: PDF/UA-1 refuses them, paper shows a box.
        return made(None)
