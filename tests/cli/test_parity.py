"""One person and a table of people get the same result, whatever the file."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import run
from strategies import KNOWLEDGE, frame_of, people

from rugkompas.assess import assess
from rugkompas.assess.table import assess_coded, assess_table
from rugkompas.people import columns, made_up
from rugkompas.people.person import person

CASES = Path(__file__).parents[1] / "cases" / "people.yaml"


def expected(answers: dict[str, Any]) -> dict[str, Any]:
    found = assess(answers, knowledge=KNOWLEDGE)
    return {
        "urgency": found.triage.urgency,
        "category": found.triage.category,
        "complete": found.triage.complete,
        "rules": {row.id for row in found.triage.rules},
        "course": found.course.id,
        "factors": [state.id for state in found.factors if state.state == "present"],
        "direction": found.course.direction,
        "contact": found.triage.contacts[0],
    }


def expected_with_options(answers: dict[str, Any]) -> dict[str, Any]:
    options = assess(answers, knowledge=KNOWLEDGE).options
    return {
        **expected(answers),
        "options_offered": [offer.id for offer in options.offered],
        "options_dropped": [f"{held.id}:{held.reason}" for held in options.not_offered],
    }


def rows_of(results: pl.DataFrame) -> list[dict[str, Any]]:
    rows = results.drop("id", strict=False).to_dicts()
    return [{**row, "rules": set(row["rules"])} for row in rows]


def test_made_up_lives_get_the_same_options_alone_and_in_a_table() -> None:
    chance = random.Random(20261125)
    lives = []
    for answers in made_up.people(300, 20261125, KNOWLEDGE):
        life = {
            "person_facts": [fact for fact in KNOWLEDGE.person_facts if chance.random() < 0.05],
            "rejects": [option for option in KNOWLEDGE.options if chance.random() < 0.05],
            "max_block_min": chance.choice((0, 5, 20, 60)),
            "work": chance.choice(("sitting", "driving", "heavy_physical", "none")),
            "care_duty": chance.choice(("none", "child", "adult")),
        }
        lives.append(answers | {key: life[key] for key in life if chance.random() < 0.5})
    coded = columns.of_people([person(life, KNOWLEDGE) for life in lives], KNOWLEDGE)

    found = assess_coded(coded, knowledge=KNOWLEDGE, with_options=True).results

    assert [expected_with_options(life) for life in lives] == rows_of(found)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(people(), min_size=1, max_size=8))
def test_made_up_people_get_the_same_from_person_columns_and_text(
    rows: list[dict[str, Any]],
) -> None:
    alone = [expected(row) for row in rows]
    marked = [{**row, "sex": row.get("sex")} for row in rows]

    typed = assess_table(frame_of(marked, text=False), knowledge=KNOWLEDGE)
    text = assess_table(frame_of(marked, text=True), knowledge=KNOWLEDGE)
    coded = assess_coded(
        columns.of_people([person(row, KNOWLEDGE) for row in rows], KNOWLEDGE),
        knowledge=KNOWLEDGE,
    )

    assert not typed.rejected
    assert not text.rejected
    assert rows_of(typed.results) == alone
    assert rows_of(text.results) == alone
    assert rows_of(coded.results) == alone


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(KNOWLEDGE.questions)),
    st.lists(
        st.none()
        | st.sampled_from(["yes", "", " yes", "40", "4.0", "1e2", "nan", "[]", "[1]", "{}", "a;b"])
        | st.text(max_size=6),
        min_size=1,
        max_size=5,
    ),
)
def test_a_text_cell_is_refused_by_columns_exactly_when_a_person_is(
    name: str, cells: list[str | None]
) -> None:
    from rugkompas.people.cells import as_answers
    from rugkompas.people.problems import BadAnswers

    refused = set()
    for place, cell in enumerate(cells):
        try:
            person(as_answers({name: cell}, KNOWLEDGE), KNOWLEDGE)
        except BadAnswers:
            refused.add(place)

    coded = columns.code(pl.DataFrame({name: pl.Series(cells, dtype=pl.String)}), KNOWLEDGE)

    assert set(coded.rejected) == refused


ODD_COLUMNS = [
    pl.Series([True, None]),
    pl.Series([1.5, None]),
    pl.Series([2**63], dtype=pl.UInt64),
    pl.Series([b"x", None]),
    pl.Series(["2026-01-01"]).str.to_date(),
    pl.Series(["1.5"]).cast(pl.Decimal(10, 2)),
    pl.Series([["yes"], None, []]),
    pl.Series([[1, 2], []]),
    pl.Series([[["deep"]]]),
    pl.Series([{"a": "yes"}, None]),
    pl.Series([[{"key": "stress", "value": "yes"}]]),
    pl.Series(["yes", "no"], dtype=pl.Categorical),
    pl.Series(["unknown"], dtype=pl.Enum(["unknown", "yes"])),
    pl.Series([None, None]),
    pl.Series([float("nan"), float("inf")]),
]


@pytest.mark.parametrize("column", ODD_COLUMNS, ids=lambda column: str(column.dtype))
@pytest.mark.parametrize(
    "name", ["trauma", "age_years", "bmi", "spa_features", "factors", "ibp_items", "activities",
             "likes", "person_facts", "factors.stress", "immune_or_infection_risk"],
)  # fmt: skip
def test_a_column_of_any_type_is_read_or_refused_as_a_person_is(
    name: str, column: pl.Series
) -> None:
    table = pl.DataFrame({name: column})

    coded = columns.code(table, KNOWLEDGE)

    assert len(coded.rows) + len(coded.rejected) == len(column)
    assert all(coded.rejected.values())


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_the_same_people_through_the_command_get_the_same_from_every_kind_of_file(
    ending: str, tmp_path: Path
) -> None:
    rows = [{"id": f"person {n}", **answers} for n, answers in enumerate(SOME_PEOPLE)]
    file = tmp_path / f"people.{ending}"
    if ending == "jsonl":
        file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    elif ending == "csv":
        frame_of(rows, text=True).write_csv(file)
    else:
        frame_of(rows, text=False).write_parquet(file)

    ran = run("assess", file, "-o", tmp_path / "out.jsonl")

    assert ran.code == 0, ran.err
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row.pop("id") for row in found] == [row["id"] for row in rows]
    assert [{**row, "rules": set(row["rules"])} for row in found] == [
        expected_with_options(answers) for answers in SOME_PEOPLE
    ]


CALM = {
    **{q.id: "none" if "none" in q.values else "no" for q in KNOWLEDGE.questions.values()
       if q.emergency},
    "age_years": 44, "sex": "male", "leg_pain": "none", "flank_colic": "no",
    "can_walk_stand": "yes", "pain_duration_days": 150, "course_activity": "unchanged",
}  # fmt: skip
SOME_PEOPLE: list[dict[str, Any]] = [
    {},
    {"age_years": 40, "saddle_change": "new_or_changed"},
    {"age_years": 71, "pain_nrs": 8, "trauma": "unknown", "immune_or_infection_risk": ["tb_risk"]},
    {"age_years": 30, "pain_duration_days": 100, "ibp_items": {"ibp_insidious": "unknown"},
     "spa_features": [], "factors": {"stress": "yes", "low_mood": "no"},
     "activities": [{"name": "lopen", "start_0_10": 8, "now_0_10": 2}],
     "course_activity": "unchanged"},
    {"age_years": 30, "pain_duration_days_min": 30, "nprs": 9, "bmi": 31.5},
    {**CALM, "factors": {"care_load": "yes", "stress": "yes"}, "max_block_min": 20,
     "rejects": ["mechanical_lifting_aid"], "person_facts": ["no_uninterrupted_nights"]},
    {**CALM, "work": "driving", "minutes_a_week": 0, "person_facts": ["ulcer_history"]},
]  # fmt: skip
