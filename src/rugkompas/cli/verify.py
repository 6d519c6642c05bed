"""``rugkompas verify``: prove that the rules keep their promises, and say how."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from rugkompas.cli.app import Command, format_option, language_option
from rugkompas.cli.say import Say

if TYPE_CHECKING:
    from rugkompas.proof.verify import Verdict

_EXACT_BELOW = 1_000_000


def command(say: Say) -> click.Command:
    """``verify`` in the language of ``say``."""

    def run(format_: str | None) -> int:
        from rugkompas.proof.verify import run as prove

        found = prove(say.knowledge, _progress(say))
        if format_ == "json":
            click.echo(json.dumps([_as_data(v, say) for v in found], ensure_ascii=False, indent=2))
        else:
            _print(found, say)
        return 0 if all(verdict.holds for verdict in found) else 1

    return Command(
        "verify", callback=run, params=[format_option("text", "json"), language_option()]
    ).speaks(say)


def readable(number: int, language: str) -> str:
    """A count as people read it: 1204, or 1.2 x 10^41 when it is large."""
    mark = "," if language == "nl" else "."
    if number < _EXACT_BELOW:
        return str(number)
    digits = str(number)
    tenths = round(int(digits[:3]) / 10)
    power = len(digits) - 1
    if tenths == 100:
        tenths, power = 10, power + 1
    return f"{tenths // 10}{mark}{tenths % 10} x 10^{power}"


def _progress(say: Say) -> Any:
    """Hears the number of each promise when it has been looked at; shown on a terminal only."""
    shown = sys.stderr.isatty()

    def hear(id_: str) -> None:
        if shown:
            click.echo(f"\r{say('verify_busy', id=id_)}\x1b[K", nl=False, err=True)

    return hear


def _print(found: list[Verdict], say: Say) -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    for verdict in found:
        mark = say("verify_holds" if verdict.holds else "verify_broken")
        click.echo(f"{mark} {verdict.id:>2}  {say(f'invariant_{verdict.id}')}")
        covers = readable(verdict.covers, say.language)
        click.echo(f"        {say(f'verify_{verdict.method}', count=covers)}")
        for counterexample in _counterexamples(verdict, say):
            click.echo(f"        {counterexample}")
    kept = sum(verdict.holds for verdict in found)
    click.echo(say("verify_total", kept=kept, all=len(found)))


def _counterexamples(verdict: Verdict, say: Say) -> list[str]:
    from rugkompas.proof.verify import in_words

    return [in_words(broken, say.knowledge, say.language) for broken in verdict.broken]


def _as_data(verdict: Verdict, say: Say) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "says": say(f"invariant_{verdict.id}"),
        "holds": verdict.holds,
        "method": verdict.method,
        "statements": verdict.statements,
        # As text: more digits than JSON readers keep.
        "covers": str(verdict.covers),
        "counterexamples": _counterexamples(verdict, say),
    }
