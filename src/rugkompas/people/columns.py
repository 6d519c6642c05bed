"""A table's columns as codes: whole columns at a time, the same outcome as ``person``.

What a cell may look like: a word, a number, a list (or "a;b" or JSON text in CSV), an object
(or one column per part, named "question.part" or, for ``ibp_items``, by the part alone).
An empty cell is a question that was not asked. A row with any cell that ``person`` would
refuse is set apart; ``person`` itself then gives the reasons.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import Variable
from rugkompas.people.person import SAME_NUMBER, person
from rugkompas.people.problems import BadAnswers, Problem

ID = "id"


@dataclass(frozen=True, slots=True)
class Coded:
    """codes: one row per usable person, a column per variable, never a null. ids: their ids
    (None when the table has no such column). rows: their places in the table, from 0.
    rejected: place -> problems."""

    codes: pl.DataFrame
    ids: pl.Series | None
    rows: pl.Series
    rejected: Mapping[int, list[Problem]]


class BadTable(ValueError):
    """The table as a whole cannot be used; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


def known_columns(names: list[str], knowledge: Knowledge, where: str) -> None:
    """Raises BadTable when no column, or not every column, is a question (or ``id``)."""
    unknown = [name for name in names if name != ID and _question(name, knowledge) is None]
    if len(unknown) == len([name for name in names if name != ID]):
        raise BadTable(Problem("no_known_columns", where))
    if unknown:
        raise BadTable(Problem("unknown_columns", where, {"columns": ", ".join(unknown)}))


def _question(column: str, knowledge: Knowledge) -> Question | None:
    return knowledge.questions.get(column.partition(".")[0])


def code(table: pl.DataFrame, knowledge: Knowledge) -> Coded:
    """All rows of a table, coded or set apart with their problems.

    Only columns of questions (and ``id``) may be there; see ``known_columns``.
    """
    parts: dict[str, pl.Series] = {}
    good = pl.repeat(True, table.height, dtype=pl.Boolean, eager=True)
    for name, column in _flat(table, knowledge):
        question = knowledge.questions[name.partition(".")[0]]
        if question.kind == "integer" or question.kind == "number":
            codes, fine = _numbers(column, question)
        elif question.kind == "set":
            members, fine = _set(column, question)
            parts |= members
            codes = None
        elif name in knowledge.codebook:
            codes, fine = _words(column, knowledge.codebook[name])
        else:
            codes, fine = None, _by_hand(column, question, knowledge)
        if codes is not None:
            parts[name] = codes
        if fine is not None:
            good = good & fine
    _between(parts, table.height, knowledge)
    if "age_years" in parts and "pain_duration_days" in parts:
        age, days = parts["age_years"], parts["pain_duration_days"]
        good = good & ~((age >= 0) & (days > (age.cast(pl.Int64) + 1) * 366))
    codes_frame = pl.DataFrame(
        {**parts, "_row": pl.int_range(table.height, dtype=pl.UInt32, eager=True)}
    )
    ids = table[ID].cast(pl.String) if ID in table.columns else None
    rejected: dict[int, list[Problem]] = {}
    if not good.all():
        rejected = {
            place: _reasons(table.row(place, named=True), knowledge)
            for place in (~good).arg_true()
        }
        codes_frame = codes_frame.filter(good)
        ids = ids.filter(good) if ids is not None else None
    return Coded(codes_frame.drop("_row"), ids, codes_frame["_row"], rejected)


def _flat(table: pl.DataFrame, knowledge: Knowledge) -> Iterator[tuple[str, pl.Series]]:
    """Columns with objects taken apart: "factors" -> "factors.low_mood", ..."""
    for column in table.get_columns():
        name = column.name
        if name == ID or column.dtype == pl.Null:
            continue
        question = _question(name, knowledge)
        if question is None:
            continue
        if column.dtype == pl.Struct and question.kind in ("group", "map"):
            group = question.kind == "group"
            for part in column.struct.fields:
                inner = column.struct.field(part)
                if inner.dtype != pl.Null:
                    yield (part if group else f"{name}.{part}"), inner
        elif question.kind == "group" and "." in name:
            yield name.partition(".")[2], column
        else:
            yield name, column


def _words(column: pl.Series, variable: Variable) -> tuple[pl.Series, pl.Series | None]:
    """Codes of a column of words, and which cells are fine (None = all)."""
    if column.dtype not in (pl.String, pl.Enum, pl.Categorical):
        return (
            pl.repeat(variable.not_asked, len(column), dtype=pl.Int8, eager=True),
            column.is_null(),
        )
    words = pl.Enum(variable.words)
    known = column if column.dtype == words else column.cast(words, strict=False)
    codes = (known.to_physical().cast(pl.Int8) + 1).fill_null(variable.not_asked)
    if known.null_count() == column.null_count():
        return codes, None
    return codes, known.is_not_null() | column.is_null()


def _numbers(column: pl.Series, question: Question) -> tuple[pl.Series, pl.Series]:
    """A column of numbers with -1 for not asked, and which cells are fine."""
    if column.dtype == pl.Boolean or not (column.dtype.is_numeric() or column.dtype == pl.String):
        return pl.repeat(-1, len(column), dtype=pl.Int32, eager=True), column.is_null()
    whole = question.kind == "integer"
    if column.dtype.is_integer():
        number = column.cast(pl.Int64)
        fine = number.is_between(int(question.low or 0), int(question.high or 0))
    else:
        number = column.cast(pl.Float64, strict=False)
        fine = number.is_finite() & number.is_between(question.low, question.high)
        if whole:
            fine = fine & (number == number.floor())
    fine = fine.fill_null(False) | column.is_null()
    kept = pl.select(pl.when(fine).then(number).otherwise(None)).to_series().fill_null(-1)
    return kept.cast(pl.Int32 if whole else pl.Float64), fine


def _set(column: pl.Series, question: Question) -> tuple[dict[str, pl.Series], pl.Series]:
    """A column per member (2 = in the set, 1 = not, 0 = not asked), and which cells are fine."""
    allowed = [*question.values, *(["unknown"] if question.unknown_alone else [])]
    if column.dtype in (pl.String, pl.Categorical, pl.Enum):
        lists = column.cast(pl.String).map_elements(_split, return_dtype=pl.List(pl.String))
    elif isinstance(column.dtype, pl.List):
        lists = column.cast(pl.List(pl.String), strict=False)
    else:
        return {}, column.is_null()
    asked = lists.is_not_null()
    members = {
        member: pl.select(
            pl.when(asked).then(lists.list.contains(member).cast(pl.Int8) + 1).otherwise(0)
        ).to_series()
        for member in allowed
    }
    fine = lists.list.eval(pl.element().is_in(allowed)).list.all().fill_null(True)
    if question.unknown_alone:
        fine = fine & ~((members["unknown"] == 2) & (lists.list.n_unique().fill_null(0) > 1))
    return (
        {f"{question.id}.{m}": c.cast(pl.Int8).rename(m) for m, c in members.items()},
        fine,
    )


def _split(text: str) -> list[str]:
    """ "a;b", "[]" or a JSON list as a list of words."""
    text = text.strip()
    if text.startswith("["):
        try:
            return [str(item) for item in json.loads(text)]
        except ValueError:
            return [text]
    return [part.strip() for part in text.split(";") if part.strip()]


def _by_hand(column: pl.Series, question: Question, knowledge: Knowledge) -> pl.Series:
    """Which cells ``person`` takes, for kinds of answers that no rule reads."""
    fine = []
    for cell in column.to_list():
        try:
            person(as_answers({column.name: cell}), knowledge)
            fine.append(True)
        except BadAnswers:
            fine.append(False)
    return pl.Series(fine, dtype=pl.Boolean)


def _between(parts: dict[str, pl.Series], height: int, knowledge: Knowledge) -> None:
    """One name for a number that has two, and the duration class of a range of days."""
    for other, name in SAME_NUMBER.items():
        if other in parts:
            mine = parts.get(name, parts[other])
            parts[name] = pl.select(pl.max_horizontal(mine, parts[other])).to_series()
    if "pain_duration_days_min" not in parts and "pain_duration_days_max" not in parts:
        return
    none = pl.repeat(-1, height, dtype=pl.Int32, eager=True)
    low = parts.get("pain_duration_days_min", none)
    high = parts.get("pain_duration_days_max", none)
    days = parts.get("pain_duration_days", none)
    variable = knowledge.codebook["pain_duration_class"]
    own = parts.get("pain_duration_class", pl.repeat(0, height, dtype=pl.Int8, eager=True))
    bottom = low.clip(0)
    top = pl.select(pl.when(high < 0).then(10**9).otherwise(high)).to_series()
    ranged = pl.lit(0)
    for name, first, last in (
        ("lt_3_weeks", 0, 20),
        ("3_to_6_weeks", 21, 41),
        ("6_to_12_weeks", 42, 83),
        ("gt_12_weeks", 84, 10**9),
    ):
        inside = pl.lit(bottom >= first) & pl.lit(top <= last)
        ranged = pl.when(inside).then(variable.code(name)).otherwise(ranged)
    use = pl.lit((own == 0) & (days < 0) & ((low >= 0) | (high >= 0)))
    parts["pain_duration_class"] = pl.select(
        pl.when(use).then(ranged).otherwise(pl.lit(own)).cast(pl.Int8)
    ).to_series()


def _reasons(row: Mapping[str, Any], knowledge: Knowledge) -> list[Problem]:
    try:
        person(as_answers(row), knowledge)
    except BadAnswers as error:
        return error.problems
    raise AssertionError("the columns refuse a row that `person` takes; please report this")


def as_answers(row: Mapping[str, Any]) -> dict[str, Any]:
    """A table's row as the answers of one person: parts joined, text cells read."""
    answers: dict[str, Any] = {}
    for name, cell in row.items():
        if cell is None or name == ID:
            continue
        question, _, part = name.partition(".")
        if part:
            answers.setdefault(question, {})[part] = cell
        elif isinstance(cell, dict):
            inner = {key: value for key, value in cell.items() if value is not None}
            answers[question] = {**answers.get(question, {}), **inner}
        else:
            answers[question] = cell
    return answers
