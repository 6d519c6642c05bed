"""A made-up population with stated shares, for tests, benchmarks and planning.

``knowledge/population.yaml`` states how common each answer is, in which group, and from which
source. What an entry's group does not name is drawn apart from it: the people are right one
answer at a time, and in the pairs that the file names, and no further. Conclusions about real
people do not follow from them.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import polars.selectors as cs
import pyarrow as pa

from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.burden_schema import BurdenFigure
from rugkompas.catalogue.population_schema import Drawn, whole_numbers
from rugkompas.logic.codebook import Variable

Codes = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

SEXES = ("female", "male")


def population(count: int, seed: int, knowledge: Knowledge) -> pl.DataFrame:
    """That many people, a row each, as ``assess_table`` reads them.

    seed: 0 or higher; the same seed and knowledge give the same people. Each answer has a stream
    of chance of its own, so a new one leaves the others as they were. Raises ValueError for a
    count or a seed below 0.
    """
    if count < 0 or seed < 0:
        raise ValueError("count and seed must be 0 or higher")
    codes: dict[str, Codes] = {}
    for answer, entries in _by_answer(everything_drawn(knowledge)).items():
        variable = knowledge.codebook[answer]
        chance = np.random.default_rng([seed, zlib.crc32(answer.encode())])
        rolled = chance.random(count)
        within = chance.random(count) if variable.is_number else rolled
        made = np.full(count, variable.not_asked, np.int32 if variable.is_number else np.int8)
        for entry, here in groups(entries, codes, count, knowledge):
            made[here] = _pick(entry, variable, rolled[here], within[here])
        codes[answer] = made
    return _frame(codes, count, knowledge)


def as_texts(people: pl.DataFrame) -> pl.DataFrame:
    """The same people with lists as a cell of CSV holds them: ";" between, "[]" for none."""
    return people.with_columns(cs.by_dtype(pl.List(pl.String)).list.join(";").replace("", "[]"))


def as_objects(people: pl.DataFrame) -> pl.DataFrame:
    """The same people with "factors.stress" and the like as an object, as JSON Lines holds them."""
    parts: dict[str, list[str]] = {}
    for name in people.columns:
        whole, dot, part = name.partition(".")
        if dot:
            parts.setdefault(whole, []).append(part)
    objects = [
        pl.struct(pl.col(f"{whole}.{part}").alias(part) for part in of).alias(whole)
        for whole, of in parts.items()
    ]
    return people.select(~cs.contains("."), *objects)


def everything_drawn(knowledge: Knowledge) -> list[Drawn]:
    """All entries, in the order of drawing: age and sex as the figure gives them, then the rest."""
    return [*_ages_and_sexes(knowledge), *knowledge.population.drawn]


def groups(
    entries: Sequence[Drawn], codes: Mapping[str, Codes], count: int, knowledge: Knowledge
) -> list[tuple[Drawn, Mask]]:
    """Who belongs to which entry of one answer: the first that fits."""
    left = np.ones(count, np.bool_)
    found = []
    for entry in entries:
        here = left.copy()
        for answer, words in entry.among.items():
            here &= _among(codes[answer], words, knowledge.codebook[answer])
        left &= ~here
        found.append((entry, here))
    return found


def _by_answer(entries: Sequence[Drawn]) -> dict[str, list[Drawn]]:
    sorted_out: dict[str, list[Drawn]] = {}
    for entry in entries:
        sorted_out.setdefault(entry.answer, []).append(entry)
    return sorted_out


def _among(codes: Codes, words: Sequence[str], variable: Variable) -> Mask:
    if not variable.is_number:
        return np.isin(codes, [variable.code(word) for word in words])
    inside = np.zeros(len(codes), np.bool_)
    for low, high in map(whole_numbers, words):
        inside |= (codes >= low) & (codes <= high)
    return inside


def _pick(entry: Drawn, variable: Variable, rolled: npt.NDArray[np.float64], within: Any) -> Codes:
    """The answer of each person: a word's code, or a number of a range."""
    upper = np.cumsum(list(entry.shares.values()))
    place = np.searchsorted(upper[:-1], rolled, side="right")
    if not variable.is_number:
        return np.array([variable.code(word) for word in entry.shares], np.int8)[place]
    ranges = np.array([whole_numbers(text) for text in entry.shares], np.int64)
    low, size = ranges[:, 0], ranges[:, 1] - ranges[:, 0] + 1
    numbers: Codes = low[place] + (within * size[place]).astype(np.int64)
    return numbers


def _ages_and_sexes(knowledge: Knowledge) -> list[Drawn]:
    ages = knowledge.population.ages
    figure = knowledge.burden_figures[ages.figure]
    people = {
        sex: {
            band: size * _rate(figure, whole_numbers(band)[0], sex)
            for band, size in ages.inhabitants.items()
        }
        for sex in SEXES
    }
    sums = {sex: sum(by_age.values()) for sex, by_age in people.items()}
    of_both = sum(sums.values())
    shares = {sex: (1 - ages.other) * sums[sex] / of_both for sex in SEXES}
    by_age = {
        **{sex: {band: it / sums[sex] for band, it in people[sex].items()} for sex in SEXES},
        "other": {band: sum(people[s][band] for s in SEXES) / of_both for band in ages.inhabitants},
    }
    about: dict[str, Any] = {"derived": ages.derived, "citations": ages.citations}
    return [
        Drawn(answer="sex", shares={**shares, "other": ages.other}, **about),
        *(
            Drawn(answer="age_years", among={"sex": [sex]}, shares=it, **about)
            for sex, it in by_age.items()
        ),
    ]


def _rate(figure: BurdenFigure, age: int, sex: str) -> float:
    """People per 1,000 of this age and sex. Raises LookupError when the figure has none."""
    for row in figure.rows:
        low, _, high = row.age.rstrip("+").partition("-")
        inside = int(low) <= age and (row.age.endswith("+") or age <= int(high))
        if row.sex == sex and inside and row.value is not None:
            return row.value
    raise LookupError(f"figure '{figure.id}' has no number for {sex}, {age}")


def _frame(codes: Mapping[str, Codes], count: int, knowledge: Knowledge) -> pl.DataFrame:
    """A column per answer, words as words; members of a set together in a list."""
    columns: dict[str, Any] = {
        "id": pl.int_range(1, count + 1, dtype=pl.UInt32, eager=True).alias("id")
    }
    sets: dict[str, dict[str, Codes]] = {}
    for name, made in codes.items():
        variable = knowledge.codebook[name]
        question = knowledge.questions[variable.question]
        if question.kind == "set":
            sets.setdefault(question.id, {})[name.partition(".")[2]] = made
        elif variable.is_number:
            numbers = pl.Series(name, made, dtype=pl.Int32)
            columns[name] = numbers.set(numbers == variable.not_asked, None)
        else:
            columns[name] = _words(name, made, variable.words)
    for name, members in sets.items():
        columns[name] = _list(name, members)
    return pl.DataFrame(columns)


def _words(name: str, made: Codes, words: Sequence[str]) -> pl.Series:
    places = pl.Series(name, made - 1, dtype=pl.Int8)
    asked = places.set(places < 0, None).cast(pl.UInt32)
    return asked.cat.to(pl.Enum(words))


def _list(name: str, members: Mapping[str, Codes]) -> pl.Series:
    """The members that hold; nothing where the set was not asked."""
    given = np.column_stack(list(members.values()))
    rows, places = np.nonzero(given == 2)
    ends = np.bincount(rows, minlength=len(given)).cumsum()
    lists = pa.LargeListArray.from_arrays(
        pa.array(np.concatenate(([0], ends)), pa.int64()),
        pa.array(list(members), pa.large_string()).take(pa.array(places)),
        mask=pa.array(~(given > 0).any(axis=1)),
    )
    made = pl.from_arrow(lists)
    assert isinstance(made, pl.Series)
    return made.alias(name)
