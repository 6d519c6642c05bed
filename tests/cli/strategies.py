"""Valid people for hypothesis, drawn from the catalogue: any answer, unknown, or not asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl
from hypothesis import strategies as st

from rugkompas.catalogue import load
from rugkompas.catalogue.schema import Question

KNOWLEDGE = load()
TRI = ("yes", "no", "unknown")
_APART = ("ids", "text")


def answers(question: Question) -> st.SearchStrategy[Any]:
    """Every answer that the question allows."""
    if question.kind == "tri":
        return st.sampled_from(TRI)
    if question.kind == "choice":
        return st.sampled_from(question.values)
    if question.kind == "integer":
        return st.integers(int(question.low or 0), int(question.high or 0))
    if question.kind == "number":
        return st.floats(question.low, question.high, allow_nan=False).map(lambda x: round(x, 2))
    if question.kind == "set":
        some = st.lists(st.sampled_from(question.values), unique=True)
        return some | st.just(["unknown"]) if question.unknown_alone else some
    if question.kind == "group":
        members = {m: answers(KNOWLEDGE.questions[m]) for m in question.members}
        return st.fixed_dictionaries({}, optional=members)
    if question.kind == "scored_list":
        scores = st.integers(0, 10)
        item = st.fixed_dictionaries(
            {"name": st.sampled_from(["lopen", "tillen"]), "start_0_10": scores, "now_0_10": scores}
        )
        return st.lists(item, max_size=3)
    assert question.kind == "map"
    names = list(getattr(KNOWLEDGE, question.keys_from)) or ["stay_active", "manual_therapy"]
    words = st.sampled_from(question.values) if question.values else st.just("eigen woorden")
    return st.dictionaries(st.sampled_from(names), words, max_size=6)


ASKED = {
    question.id: answers(question)
    for question in KNOWLEDGE.questions.values()
    if question.kind not in _APART and not question.member_of
}


def _fits(person: dict[str, Any]) -> bool:
    """Numbers that can be true together."""
    age, days = person.get("age_years"), person.get("pain_duration_days")
    low, high = person.get("pain_duration_days_min"), person.get("pain_duration_days_max")
    lived = age is None or days is None or days <= (age + 1) * 366
    return lived and (low is None or high is None or low <= high)


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """One person. Every question is left out as often as not, so that nothing is always there."""
    chosen = draw(st.sets(st.sampled_from(sorted(ASKED)), max_size=60))
    person = {id_: draw(ASKED[id_]) for id_ in sorted(chosen)}
    if not _fits(person):
        person.pop("pain_duration_days", None)
        person.pop("pain_duration_days_max", None)
    return person


def as_text(answer: Any) -> str | None:
    """An answer as a cell of a CSV file."""
    if answer is None:
        return None
    if isinstance(answer, list) and answer and all(isinstance(item, str) for item in answer):
        return ";".join(answer)
    return json.dumps(answer) if isinstance(answer, list | dict) else str(answer)


def frame_of(rows: Sequence[dict[str, Any]], text: bool) -> pl.DataFrame:
    names = dict.fromkeys(name for row in rows for name in row)
    cells = {
        name: [as_text(row.get(name)) if text else row.get(name) for row in rows] for name in names
    }
    return pl.DataFrame(
        {
            name: pl.Series(name, cell, dtype=pl.String if text else None, strict=False)
            for name, cell in cells.items()
        }
    )
