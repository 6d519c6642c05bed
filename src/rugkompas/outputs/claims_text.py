"""A checked claim for a terminal. What colour says, words say too."""

from __future__ import annotations

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from rugkompas.outputs.claims_report import ClaimReport
from rugkompas.outputs.text import plain_console, section, sources, tidy

_TONES = {"yes": "yellow", "unsure": "cyan", "no": "green"}
_SIGNS = {"yes": "✗", "unsure": "?", "no": "✓"}
_LONGEST = 600


def render(report: ClaimReport, width: int = 80, colour: bool = False) -> str:
    """The report as text. colour: False gives no escape code at all."""
    console = plain_console(width, colour)
    tone = _TONES.get(report.verdict, "dim")
    quoted = Text("“")
    for part in report.marked:
        # Control characters in a title must not be able to steer the terminal.
        shown = "".join(c if c.isprintable() else " " for c in part.text[:_LONGEST])
        quoted.append(f"[{shown}]" if part.tag else shown, style="bold reverse" if part.tag else "")
    quoted.append("”")
    sign = _SIGNS.get(report.verdict, "·")
    lines = [Text(f"{sign} {report.headline}", style=f"bold {tone}"), Text(" ".join(report.lead))]
    if report.chance:
        lines.append(Text(report.chance, style="dim"))
    with console.capture() as captured:
        console.print(Text(report.title, style="bold"))
        console.print(quoted)
        console.print(Panel(Group(*lines), border_style=tone, padding=(1, 2)))
        for under in report.sections:
            console.print(section(under))
        if report.source_lines:
            console.print(sources(report.sources, report.source_lines))
        console.print(Text("\n" + " ".join(report.about), style="dim"))
    return tidy(captured.get())
