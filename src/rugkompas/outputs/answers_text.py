"""Questions and answers for a terminal. What colour says, words say too."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from rugkompas.outputs.answers_report import AnswerPart, AnswersReport, Onward, SignPart
from rugkompas.outputs.parts import Section
from rugkompas.outputs.rests import Rests
from rugkompas.outputs.text import plain_console, section, sources, tidy

_TONES = {"emergency": "bold red", "same_day": "bold yellow", "within_days": "bold blue"}


def render(report: AnswersReport, width: int = 80, colour: bool = False) -> str:
    """The report as text. colour: False gives no escape code at all."""
    console = plain_console(width, colour)
    with console.capture() as captured:
        if report.sign:
            console.print(_sign(report.sign, bool(report.answers)))
        if report.lead and report.sign is None:
            console.print(Text(report.headline, style="bold"), Text(report.lead))
        for place, answer in enumerate(report.answers, start=1):
            numbered = f"{place}. " if len(report.answers) > 1 else ""
            console.print(_answer(answer, numbered))
        if report.source_lines:
            console.print(sources(report.sources, report.source_lines))
    return tidy(captured.get())


def _sign(sign: SignPart, answered: bool) -> RenderableType:
    tone = _TONES.get(sign.tier, "bold cyan")
    parts: list[RenderableType] = [
        Text(sign.title, style=tone),
        Text(sign.text),
        Text(f"\n{sign.do}\n", style="bold"),
        Text(sign.why_title, style="bold"),
        *(_bullet(Text(reason), "!") for reason in sign.why),
    ]
    if sign.say:
        parts += [Text(f"\n{sign.say.title}", style="bold")]
        parts += [_bullet(Text(words), "»") for words in sign.say.points]
    parts += [Text(f"\n{sign.how.title}", style="bold")]
    parts += [_bullet(Text(step)) for step in sign.how.points]
    if answered:
        parts.append(Text(f"\n{sign.after}", style="dim"))
    return Panel(Group(*parts), border_style=tone, padding=(1, 2))


def _answer(answer: AnswerPart, numbered: str) -> RenderableType:
    parts: list[RenderableType] = [Text(f"\n{numbered}{answer.question}", style="bold")]
    parts += [Text.assemble(said.text, (f" {_on(said.rests)}", "dim")) for said in answer.said]
    parts.append(Text(answer.basis, style="dim"))
    if answer.options:
        parts.append(section(Section("options", answer.options_title, items=answer.options)))
    parts += [_bullet(Text(f"{way.text}{_typed(way)}"), "→") for way in answer.onward]
    return Group(*parts)


def _typed(way: Onward) -> str:
    """What to type to go there, where there is something to type."""
    commands = {"answers": "ask", "topics": "explain"}
    return f" (rugkompas {commands[way.kind]} {way.id})" if way.kind in commands else ""


def _bullet(text: Text, sign: str = "•") -> RenderableType:
    return Padding(Text(f"{sign} ") + text, (0, 0, 0, 2))


def _on(rests: tuple[Rests, ...]) -> str:
    """How each source was obtained, with its number."""
    grounds = (f"{it.words} {', '.join(map(str, it.numbers))}" for it in rests)
    return f"({'; '.join(grounds)})"
