"""A made-up population has the shares that it states, comes back by its seed, and is read."""

from __future__ import annotations

import re
from pathlib import Path

import click
import msgspec
import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from rugkompas.assess.table import assess_table
from rugkompas.catalogue import Knowledge, KnowledgeError
from rugkompas.catalogue.check_population import check_population, population_citations
from rugkompas.catalogue.files import convert, read
from rugkompas.catalogue.load import FOLDER
from rugkompas.catalogue.population_schema import Drawn, Population, whole_numbers
from rugkompas.cli.app import build
from rugkompas.cli.say import RefusedError, Say
from rugkompas.people.population import as_objects, as_texts, everything_drawn, population

COUNT, SEED = 60_000, 20261125
FARTHEST = 5.0
"""Standard errors. Some 500 shares are looked at; by chance none lies so far off."""


@pytest.fixture(scope="module")
def people(knowledge: Knowledge) -> pl.DataFrame:
    return population(COUNT, SEED, knowledge)


def said(*arguments: object) -> bytes:
    """What a command prints, in this process."""
    done = CliRunner().invoke(
        build(Say("en")), [str(it) for it in arguments], standalone_mode=False
    )
    if done.exception is not None:
        raise done.exception
    return done.stdout_bytes


def column(people: pl.DataFrame, answer: str) -> pl.Series:
    """A column of words, or for a member of a set whether it is named."""
    if answer in people.columns:
        return people[answer]
    name, _, member = answer.partition(".")
    named = people[name].list.contains(member)
    return people.select(pl.when(named).then(pl.lit("yes")).otherwise(pl.lit("no"))).to_series()


def holds(values: pl.Series, words: list[str]) -> np.ndarray:
    if not values.dtype.is_integer():
        return values.cast(pl.String).is_in(words).fill_null(False).to_numpy()
    inside = [values.is_between(*whole_numbers(word)).fill_null(False) for word in words]
    return np.any([one.to_numpy() for one in inside], axis=0)


def test_every_stated_share_is_drawn_within_the_error_of_chance(
    people: pl.DataFrame, knowledge: Knowledge
) -> None:
    left: dict[str, np.ndarray] = {}
    far, looked_at = [], 0
    for entry in everything_drawn(knowledge):
        here = left.get(entry.answer, np.ones(COUNT, bool))
        for answer, words in entry.among.items():
            here = here & holds(column(people, answer), words)
        left[entry.answer] = left.get(entry.answer, np.ones(COUNT, bool)) & ~here
        group = column(people, entry.answer).filter(pl.Series(here))
        for word, share in entry.shares.items():
            looked_at += 1
            found = holds(group, [word]).sum()
            # One person more or less is no news in a small group.
            error = np.sqrt(len(group) * share * (1 - share)) * FARTHEST + 1
            if abs(found - len(group) * share) > error:
                far.append((entry.answer, entry.among, word, share, found, len(group)))

    assert looked_at > 300
    assert far == []


def test_who_belongs_to_no_group_was_not_asked(people: pl.DataFrame) -> None:
    men = people.filter(pl.col("sex") == "male")
    no_leg_pain = people.filter(pl.col("leg_pain") == "none")
    short = people.filter(pl.col("pain_duration_days") < 90)

    assert men["pregnancy"].is_null().all()
    assert no_leg_pain["claudication_relief_sitting"].is_null().all()
    assert short["spa_features"].is_null().all()


def test_age_and_sex_follow_the_figure_times_the_inhabitants(
    people: pl.DataFrame, knowledge: Knowledge
) -> None:
    rates = {(row.age, row.sex): row.value for row in knowledge.burden_figures["ages_nl"].rows}
    fifties, thirties = "50-54", "30-34"
    sizes = knowledge.population.ages.inhabitants
    meant = (rates[fifties, "male"] * sizes[fifties]) / (rates[thirties, "male"] * sizes[thirties])
    men = people.filter(pl.col("sex") == "male")["age_years"]

    drawn = men.is_between(50, 54).sum() / men.is_between(30, 34).sum()

    assert drawn == pytest.approx(meant, rel=0.1)
    assert people["age_years"].is_between(18, 94).all()
    assert people.filter(pl.col("sex") == "female").height > men.len()


def test_the_same_seed_gives_the_same_people_and_another_seed_others(knowledge: Knowledge) -> None:
    one, again = population(500, 7, knowledge), population(500, 7, knowledge)

    assert one.equals(again)
    assert not one.equals(population(500, 8, knowledge))


def test_a_new_answer_leaves_the_others_as_they_were(knowledge: Knowledge) -> None:
    more = Drawn(
        answer="night_shifts",
        shares={"no": 0.9, "yes": 0.1},
        derived="for this test",
        citations=knowledge.population.drawn[0].citations,
    )
    facts = msgspec.structs.replace(knowledge.population, drawn=[more, *knowledge.population.drawn])
    grown = msgspec.structs.replace(knowledge, population=facts)

    now = population(300, 7, grown)

    assert now.drop("night_shifts").equals(population(300, 7, knowledge))


@pytest.mark.parametrize("count", [0, 1])
def test_hardly_anybody_is_a_table_too(count: int, knowledge: Knowledge) -> None:
    assert population(count, 1, knowledge).height == count


@pytest.mark.parametrize(("count", "seed"), [(-1, 1), (1, -1)])
def test_less_than_nothing_is_refused(count: int, seed: int, knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="0 or higher"):
        population(count, seed, knowledge)


def test_every_row_is_read_and_nobody_lacks_an_emergency_question(
    people: pl.DataFrame, knowledge: Knowledge
) -> None:
    found = assess_table(people, knowledge=knowledge)

    assert found.rejected == {}
    assert found.results["complete"].all()
    assert set(found.results["urgency"].cast(pl.String)) == {
        *("self_care", "planned", "within_days", "same_day", "emergency")
    }


def test_all_three_kinds_of_file_hold_the_same_people(tmp_path: Path) -> None:
    results = []
    for kind in ("csv", "jsonl", "parquet"):
        made, result = tmp_path / f"people.{kind}", tmp_path / f"result_{kind}.csv"
        said("example", "--population", "60", "--seed", "7", "-o", made)
        said("assess", made, "-o", result, "--no-options")
        results.append(result.read_bytes())

    assert results[0] == results[1] == results[2]
    assert results[0].count(b"\n") == 61


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = tmp_path / "people.csv"
    asked = ("example", "--population", "200", "--seed", "3")

    said(*asked, "-o", made)

    assert made.read_bytes() == said(*asked)
    assert made.read_bytes().count(b"\n") == 201


@pytest.mark.parametrize(
    "wrong",
    [
        ("--population", "0"),
        ("--population", "5", "--seed", "-1"),
        ("--population", "5", "-o", "people.txt"),
        ("--population", "5", "--table"),
    ],
)
def test_a_population_that_cannot_be_made_is_refused(wrong: tuple[str, ...]) -> None:
    with pytest.raises((RefusedError, click.UsageError)):
        said("example", *wrong)


def test_lists_and_objects_are_shaped_for_their_file(people: pl.DataFrame) -> None:
    few = people.head(50)

    assert as_texts(few)["immune_or_infection_risk"].dtype == pl.String
    assert "[]" in as_texts(few)["immune_or_infection_risk"].to_list()
    assert as_objects(few)["factors"].struct.field("stress").equals(few["factors.stress"])


BREAKS = {
    "shares that are not everybody": (
        "one_above_knee: 0.15",
        "one_above_knee: 0.2",
        "'leg_pain' has shares that add up to 1.05. Make it 1.",
    ),
    "a group that is not drawn yet": (
        "among: {pregnancy: [pregnant, possible, unknown]}",
        "among: {night_pain: [constant]}",
        "'night_pain' is not drawn before.",
    ),
    "an answer that no question has": (
        "one_above_knee: 0.15",
        "one_over_knee: 0.15",
        "'one_over_knee' is no answer to leg_pain.",
    ),
    "an age that nobody reaches": (
        '"85-94"',
        '"85-194"',
        "'85-194' is outside the limits of age_years.",
    ),
    "a range that is none": ('"29-91"', '"29 to 91"', "'29 to 91' is no whole number"),
    "a figure that is not by age": (
        "figure: ages_nl",
        "figure: costs_nl",
        "'costs_nl' is no figure per 1,000 by age.",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), BREAKS.values(), ids=BREAKS)
def test_a_broken_population_is_refused_with_file_and_line(
    old: str, new: str, said: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / "knowledge" / "population.yaml"
    path.parent.mkdir()
    text = (FOLDER / "population.yaml").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    broken = convert(path, read(path), Population)

    with pytest.raises(KnowledgeError, match=rf"population\.yaml, line \d+: {re.escape(said)}"):
        check_population(msgspec.structs.replace(knowledge, population=broken), path)


def test_no_share_is_without_a_source_or_the_word_choice(knowledge: Knowledge) -> None:
    for citation in population_citations(knowledge):
        chosen = citation.source == "rugkompas_choice"
        assert chosen == (citation.mark == "choice")
