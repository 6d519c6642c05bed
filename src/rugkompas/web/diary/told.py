"""A day of the diary in a few words."""

from __future__ import annotations

from typing import Any

from rugkompas.outputs.sentences import Voice, own_words
from rugkompas.people.diary import Entry
from rugkompas.web.rules import knowledge


def told(e: Entry, language: str) -> tuple[str, ...]:
    """What was written for a day: each thing a phrase."""
    voice, said = Voice(knowledge(), language), knowledge().words[language].diary

    def words(key: str, **values: object) -> str:
        return said[key].format(**values)

    parts = [] if e.pain is None else [words("day_pain", score=e.pain)]
    parts += [
        words("day_activity", name=own_words(name), score=score)
        for name, score in e.activities.items()
    ]
    factors = {said.get(f"factor_{name}", name): value for name, value in e.factors.items()}
    parts += [
        words("day_factor", name=own_words(name), value=voice.answer("", value))
        for name, value in factors.items()
    ]
    done = knowledge().words[language].web
    parts += [
        words("day_factor", name=own_words(step), value=done[f"diary_done_{value}"])
        for step, value in e.plan.items()
    ]
    parts += [
        words("day_factor", name=voice.short(id_), value=voice.answer(id_, _plain(answer)))
        for id_, answer in e.signs.items()
        if answer not in ("no", "none", [])
    ]
    if e.note:
        parts.append(words("day_note", note=own_words(e.note)))
    return tuple(parts) or (words("day_empty"),)


def _plain(answer: Any) -> Any:
    return tuple(answer) if isinstance(answer, list) else answer
