"""A checked claim as one HTML file that needs nothing else."""

from __future__ import annotations

from rugkompas.outputs.claims_report import ClaimReport
from rugkompas.outputs.page import templates

NOTHING_DRAWN: dict[str, object] = {
    "answer": None,
    "bands": {},
    "intervals": {},
    "pictures": {},
    "charts": {},
    "plots": {},
}
"""What ``parts.html`` asks for and a checked claim has not."""


def html(report: ClaimReport, emergency_number: str) -> str:
    """A complete page; everything that was checked is escaped."""
    template = templates(emergency_number).get_template("claims.html")
    return template.render(report=report, **NOTHING_DRAWN)
