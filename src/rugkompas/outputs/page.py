"""The report as one HTML file that needs nothing else: no script, no request, no font file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from rugkompas.outputs import chart, chart_figures, chart_intervals, chart_plots, chart_roles
from rugkompas.outputs.parts import Page, Report, Section

PALETTE = chart.Palette(
    ink="var(--ink)",
    muted="var(--muted)",
    line="var(--line)",
    band="var(--band)",
    accent="var(--tone)",
    second="var(--second)",
    font="inherit",
    ground="var(--card)",
)


def html(report: Page) -> str:
    """A complete page; everything a person typed is escaped, and everything prints."""
    environment = templates(report.emergency_number)
    return environment.get_template("report.html").render(
        report=report, mark=Markup(chart.mark_svg(PALETTE)), **drawings(report)
    )


def drawings(report: Page) -> dict[str, Any]:
    """What ``parts.html`` and the page around it draw: ``dial`` for the ``answer`` where there is
    one, and by the id of their section ``bands``, ``intervals``, ``pictures``, ``charts`` and
    ``plots``. Colours are the variables of the style sheet."""
    sections = report.sections
    answer = report.answer if isinstance(report, Report) else None
    return {
        "answer": answer,
        "bands": {
            section.id: Markup(chart.band_svg(section.band, PALETTE, section.id))
            for section in sections
            if section.band
        },
        "intervals": {
            section.id: Markup(
                chart_intervals.intervals_svg(section.intervals, PALETTE, section.id)
            )
            for section in sections
            if section.intervals
        },
        "pictures": {
            section.id: Markup(chart_roles.roles_svg(section.picture, PALETTE, section.id))
            for section in sections
            if section.picture
        },
        "charts": {
            section.id: Markup(chart_figures.figure_svgs(section.chart, PALETTE, section.id))
            for section in sections
            if section.chart
        },
        "plots": plots(sections, PALETTE),
        "dial": Markup(chart.dial_svg(answer.step, PALETTE)) if answer else "",
    }


def plots(sections: Iterable[Section], palette: chart.Palette) -> dict[str, Markup]:
    """Forest and rank plots by the id of their section."""
    drawn = {}
    for section in sections:
        if section.forest:
            drawn[section.id] = Markup(chart_plots.forest_svg(section.forest, palette, section.id))
        if section.ranks:
            drawn[section.id] = Markup(chart_plots.ranks_svg(section.ranks, palette, section.id))
    return drawn


def templates(number: str) -> Environment:
    """The templates of pages. number: to call in an emergency."""
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader("rugkompas.outputs", folder) for folder in ("templates", "style")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["calls"] = calls(number)
    environment.filters["css"] = _css_string
    return environment


def calls(number: str) -> object:
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
