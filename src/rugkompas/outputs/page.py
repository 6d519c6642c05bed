"""The report as one HTML file that needs nothing else: no script, no request, no font file."""

from __future__ import annotations

import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rugkompas.outputs import chart
from rugkompas.outputs.parts import Report

_PALETTE = chart.Palette(
    ink="var(--ink)",
    muted="var(--muted)",
    line="var(--line)",
    band="var(--band)",
    accent="var(--tone)",
    font="inherit",
)


def html(report: Report) -> str:
    """A complete page; everything a person typed is escaped, and everything prints."""
    environment = templates(report.emergency_number)
    bands = {
        section.id: Markup(chart.band_svg(section.band, _PALETTE, section.id))
        for section in report.sections
        if section.band
    }
    return environment.get_template("report.html").render(
        report=report,
        bands=bands,
        dial=Markup(chart.dial_svg(report.answer.step, _PALETTE)),
        mark=Markup(chart.mark_svg(_PALETTE)),
    )


def templates(number: str) -> Environment:
    """The templates of pages. number: to call in an emergency."""
    environment = Environment(
        loader=PackageLoader("rugkompas.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["calls"] = _calls(number)
    environment.filters["css"] = _css_string
    return environment


def _calls(number: str) -> object:
    """A filter that makes the emergency number in a text a link to call it (hazard H-16)."""
    pattern = re.compile(rf"(?<!\w){re.escape(number)}(?!\w)")
    link = Markup('<a class="call" href="tel:{0}">{0}</a>').format(number)

    def filter_(text: str) -> Markup:
        return link.join(escape(part) for part in pattern.split(text))

    return filter_


def _css_string(text: str) -> Markup:
    """A text as a quoted string inside a style sheet."""
    plain = re.sub(r"[^\w .,:;!?()-]", lambda found: f"\\{ord(found[0]):x} ", text)
    return Markup(f'"{plain}"')
