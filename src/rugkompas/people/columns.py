"""A table's columns as codes: whole columns at a time, the same outcome as ``person``.

What a cell may look like: a word, a number, a list (or "a;b" or JSON text in CSV), an object
(or one column per part, named "question.part" or, for ``ibp_items``, by the part alone).
An empty cell is a question that was not asked. A row with any cell that ``person`` would
refuse is set apart; ``person`` itself then gives the reasons. Kinds of columns that have no
fast way are read cell by cell, by ``person`` too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question
from rugkompas.logic.codebook import Variable
from rugkompas.people.cells import NUMBER, as_answers, split
from rugkompas.people.person import SAME_NUMBER, Person, person
from rugkompas.people.problems import BadAnswers, Problem

ID = "id"
CODE = pl.UInt8
"""The type of a column of codes."""
_WORDS = (pl.String, pl.Categorical, pl.Enum)


@dataclass(frozen=True, slots=True)
class Coded:
    """codes: one row per usable person, a column per variable, never a null. ids: their ids
    (None when the table has no such column). rows: their places in the table, from 0.
    rejected: place -> problems. activities: place in ``codes`` -> own activities, where given."""

    codes: pl.DataFrame
    ids: pl.Series | None
    rows: pl.Series
    rejected: Mapping[int, list[Problem]]
    activities: Mapping[int, Sequence[Mapping[str, Any]]]


class BadTable(ValueError):
    """The table as a whole cannot be used; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.kind)


def known_columns(names: Sequence[str], knowledge: Knowledge, where: str) -> None:
    """Raises BadTable when no column, or not every column, is a question (or ``id``), and
    when two columns hold the same answer."""
    asked = [name for name in names if name != ID]
    unknown = [name for name in asked if not _is_known(name, knowledge)]
    if len(unknown) == len(asked):
        raise BadTable(Problem("no_known_columns", where))
    if unknown:
        shown = ", ".join(_with_near(name, knowledge) for name in unknown)
        raise BadTable(Problem("unknown_columns", where, {"columns": shown}))
    seen: set[str] = set()
    for name in names:
        answer = _member(name, knowledge)
        if answer in seen:
            raise BadTable(Problem("column_twice", where, {"column": name}))
        seen.add(answer)


def _is_known(column: str, knowledge: Knowledge) -> bool:
    name, dot, part = column.partition(".")
    question = knowledge.questions.get(name)
    if question is None or not dot:
        return question is not None
    if question.kind == "group":
        return part in question.members
    if question.keys_from in ("factors", "person_facts"):
        return part in getattr(knowledge, question.keys_from)
    return question.kind == "map"


def _with_near(column: str, knowledge: Knowledge) -> str:
    close = difflib.get_close_matches(column, knowledge.questions, n=1)
    return f"{column} ({close[0]}?)" if close else f"'{column}'"


def _member(column: str, knowledge: Knowledge) -> str:
    """The column's name; a part of a group goes by the part alone."""
    name, dot, part = column.partition(".")
    grouped = dot and knowledge.questions[name].kind == "group"
    return part if grouped and part in knowledge.questions[name].members else column


def code(table: pl.DataFrame, knowledge: Knowledge) -> Coded:
    """All rows of a table, coded or set apart with their problems.

    Only columns of questions (and ``id``) may be there; see ``known_columns``.
    """
    parts: dict[str, pl.Series] = {}
    good = pl.repeat(True, table.height, dtype=pl.Boolean, eager=True)
    activities: dict[int, Any] = {}
    for name, column in _flat(table, knowledge):
        done = _column(name, column, knowledge)
        parts |= done.codes
        activities |= done.activities
        if done.fine is not None:
            good = good & done.fine
    good = good & _fit_together(parts, table.height)
    _between(parts, table.height, knowledge)
    codes_frame = pl.DataFrame(
        {**parts, "_row": pl.int_range(table.height, dtype=pl.UInt32, eager=True)}
    )
    ids = _ids(table[ID]) if ID in table.columns else None
    rejected: dict[int, list[Problem]] = {}
    if not good.all():
        rejected = {
            place: _reasons(table.row(place, named=True), knowledge) for place in (~good).arg_true()
        }
        codes_frame = codes_frame.filter(good)
        ids = ids.filter(good) if ids is not None else None
        places = {row: place for place, row in enumerate(codes_frame["_row"]) if row in activities}
        activities = {places[row]: done for row, done in activities.items() if row in places}
    return Coded(codes_frame.drop("_row"), ids, codes_frame["_row"], rejected, activities)


@dataclass(frozen=True, slots=True)
class _Column:
    """One column coded: its variables, which cells are fine (None: all), and the activities."""

    codes: Mapping[str, pl.Series]
    fine: pl.Series | None
    activities: Mapping[int, Any] = field(default_factory=dict)


def _column(name: str, column: pl.Series, knowledge: Knowledge) -> _Column:
    question = knowledge.questions[name.partition(".")[0]]
    kind, dtype = question.kind, column.dtype
    if kind in ("integer", "number") and (dtype.is_numeric() or dtype == pl.String):
        numbers, fine = _numbers(column, question)
        return _Column({name: numbers}, fine)
    if kind == "set" and (dtype in _WORDS or _is_list_of_words(dtype)):
        return _Column(*_set(column, question))
    if name in knowledge.codebook and dtype in _WORDS and not _own_words(question):
        words, certain = _words(column, knowledge.codebook[name])
        return _Column({name: words}, certain)
    codes, fine, given = _by_cell(name, column, knowledge)
    return _Column(codes, fine, given if kind == "scored_list" else {})


def _own_words(question: Question) -> bool:
    """The answer is a reason in the person's own words."""
    return question.kind == "map" and not question.values


def of_people(people: Sequence[Person], knowledge: Knowledge) -> Coded:
    """People who were read one by one, as coded columns."""
    return Coded(
        codes=_columns([one.codes for one in people], knowledge),
        ids=pl.Series("id", [one.id for one in people], dtype=pl.String),
        rows=pl.int_range(len(people), dtype=pl.UInt32, eager=True),
        rejected={},
        activities={
            place: one.given["activities"]
            for place, one in enumerate(people)
            if "activities" in one.given
        },
    )


def _columns(codes: Sequence[Mapping[str, int | float]], knowledge: Knowledge) -> pl.DataFrame:
    """A column per variable that anyone has, with "not asked" for the others."""
    names = dict.fromkeys(name for one in codes for name in one)
    columns = {}
    for name in names:
        variable = knowledge.codebook[name]
        dtype: Any = CODE
        if variable.is_number:
            whole = knowledge.questions[variable.question].kind == "integer"
            dtype = pl.Int32 if whole else pl.Float64
        columns[name] = pl.Series(
            name, [one.get(name, variable.not_asked) for one in codes], dtype=dtype
        )
    return pl.DataFrame(columns)


def _ids(column: pl.Series) -> pl.Series:
    simple = column.dtype in _WORDS or column.dtype.is_integer() or column.dtype == pl.Null
    if simple:
        return column.cast(pl.String)
    texts = [None if cell is None else str(cell) for cell in column.to_list()]
    return pl.Series(ID, texts, dtype=pl.String)


def _flat(table: pl.DataFrame, knowledge: Knowledge) -> Iterator[tuple[str, pl.Series]]:
    """Columns with objects taken apart: "factors" -> "factors.low_mood", ..."""
    for column in table.get_columns():
        name = column.name
        if name == ID or column.dtype == pl.Null:
            continue
        question = knowledge.questions.get(name.partition(".")[0])
        if question is None:
            continue
        if column.dtype == pl.Struct and question.kind in ("group", "map"):
            for part in column.struct.fields:
                inner = column.struct.field(part)
                if inner.dtype != pl.Null:
                    yield _member(f"{name}.{part}", knowledge), inner
        else:
            yield _member(name, knowledge), column


def _words(column: pl.Series, variable: Variable) -> tuple[pl.Series, pl.Series | None]:
    """Codes of a column of words, and which cells are fine (None: all of them)."""
    dtype = column.dtype
    if isinstance(dtype, pl.Enum) and set(dtype.categories) <= set(variable.words):
        places = column.to_physical()
        if list(dtype.categories) == list(variable.words):
            return (places + 1).fill_null(variable.not_asked), None
        codes = pl.Series([variable.code(word) for word in dtype.categories], dtype=CODE)
        return codes.gather(places.cast(pl.UInt32)).fill_null(variable.not_asked), None
    words = column.cast(pl.String).cast(pl.Enum(variable.words), strict=False)
    codes = (words.to_physical() + 1).fill_null(variable.not_asked)
    return codes, words.is_not_null() | column.is_null()


def _numbers(column: pl.Series, question: Question) -> tuple[pl.Series, pl.Series]:
    """A column of numbers with -1 for not asked, and which cells are fine."""
    whole = question.kind == "integer"
    if column.dtype.is_integer():
        number = column.cast(pl.Int64, strict=False)
        fine = number.is_between(int(question.low or 0), int(question.high or 0))
    else:
        if column.dtype == pl.String:
            column = column.set(~column.str.contains(NUMBER.pattern), "not a number")
        number = column.cast(pl.Float64, strict=False)
        fine = number.is_finite() & number.is_between(question.low, question.high)
        if whole:
            fine = fine & (number == number.floor())
    fine = fine.fill_null(False) | column.is_null()
    kept = pl.select(pl.when(fine).then(number).otherwise(None)).to_series().fill_null(-1)
    return kept.cast(pl.Int32 if whole else pl.Float64), fine


def _is_list_of_words(dtype: pl.DataType) -> bool:
    return isinstance(dtype, pl.List) and dtype.inner in (*_WORDS, pl.Null)


def _set(column: pl.Series, question: Question) -> tuple[dict[str, pl.Series], pl.Series]:
    """A column per member (2 = in the set, 1 = not, 0 = not asked), and which cells are fine."""
    allowed = [*question.values, *(["unknown"] if question.unknown_alone else [])]
    if column.dtype in _WORDS:
        lists = column.cast(pl.String).map_elements(split, return_dtype=pl.List(pl.String))
    else:
        lists = column if column.dtype == pl.List(pl.String) else column.cast(pl.List(pl.String))
    words = lists.explode(empty_as_null=False, keep_nulls=False)
    members = words.cast(pl.Enum(allowed), strict=False).to_physical().to_numpy()
    lengths = lists.list.len().fill_null(0).to_numpy()
    # Most sets are empty: only the rows that hold something are numbered.
    filled = np.flatnonzero(lengths)
    rows = np.repeat(filled, lengths[filled])
    base = (lists.is_not_null()).cast(CODE).to_numpy()
    columns: dict[str, pl.Series] = {}
    for place, member in enumerate(allowed):
        codes = base.copy()
        codes[rows[members == place]] = 2
        columns[f"{question.id}.{member}"] = pl.Series(codes, dtype=CODE)
    fine = np.ones(len(lists), np.bool_)
    fine[rows[np.isnan(members)] if members.dtype.kind == "f" else []] = False
    if question.unknown_alone:
        unknown = (columns[f"{question.id}.unknown"] == 2).arg_true()
        fine[unknown.filter(lists.gather(unknown).list.n_unique() > 1).to_numpy()] = False
    return columns, pl.Series(fine, dtype=pl.Boolean)


def _by_cell(
    name: str, column: pl.Series, knowledge: Knowledge
) -> tuple[dict[str, pl.Series], pl.Series, dict[int, Any]]:
    """Codes as ``person`` gives them, which cells it takes, and what was given where."""
    codes: list[Mapping[str, int | float]] = []
    fine: list[bool] = []
    given: dict[int, Any] = {}
    for place, cell in enumerate(column.to_list()):
        answers = as_answers({name: cell}, knowledge)
        try:
            one = person(answers, knowledge)
        except BadAnswers:
            codes.append({})
            fine.append(False)
            continue
        codes.append(one.codes)
        fine.append(True)
        if name in one.given:
            given[place] = one.given[name]
    frame = _columns(codes, knowledge)
    return dict(zip(frame.columns, frame, strict=True)), pl.Series(fine, dtype=pl.Boolean), given


def _fit_together(parts: Mapping[str, pl.Series], height: int) -> pl.Series:
    """Which rows hold numbers that can be true together."""
    fits = pl.repeat(True, height, dtype=pl.Boolean, eager=True)
    if "age_years" in parts and "pain_duration_days" in parts:
        age, days = parts["age_years"], parts["pain_duration_days"]
        fits = fits & ~((age >= 0) & (days > (age.cast(pl.Int64) + 1) * 366))
    if "pain_duration_days_min" in parts and "pain_duration_days_max" in parts:
        low, high = parts["pain_duration_days_min"], parts["pain_duration_days_max"]
        fits = fits & ~((high >= 0) & (low > high))
    return fits


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
    own = parts.get("pain_duration_class", pl.repeat(0, height, dtype=CODE, eager=True))
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
        pl.when(use).then(ranged).otherwise(pl.lit(own)).cast(CODE)
    ).to_series()


def _reasons(row: Mapping[str, Any], knowledge: Knowledge) -> list[Problem]:
    try:
        person(as_answers(row, knowledge), knowledge)
    except BadAnswers as error:
        return error.problems
    raise AssertionError("the columns refuse a row that `person` takes; please report this")
