"""An experiment through the command: what is said before, the draw, each day, the end."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from statistics import pstdev
from typing import Any

import pytest
from clock import run_at
from icalendar import Calendar
from msgspec.structs import replace
from pages_of_a_diary import KNOWLEDGE, book, day, evening, page
from running import run

from rugkompas.assess import experiment as experiments
from rugkompas.assess.experiment import Wish, ask, draw, ended, finding, planned, running
from rugkompas.assess.follow_up import follow_up
from rugkompas.outputs.experiment_page import asked_page, running_page
from rugkompas.outputs.parts import Page, Report, sentences
from rugkompas.people import made_up_diaries
from rugkompas.people.diary import Book, Diary, Experiment, entry
from rugkompas.statistics import experiment as statistics

CALM = made_up_diaries.diary("carer", 1, day(0), KNOWLEDGE).episodes[0].answers
HEAT = Wish("warmte", "heat", difference=2.0)
ZONE = "Europe/Amsterdam"
ORDER_OF_SEED_11 = "x--x-xx--x-xx--x-x-xx-x-x-"


def diary(*pains: int | None, **answers: Any) -> Book:
    """A calm person who wrote these scores, day after day."""
    entries = [page(n, pain=pain) for n, pain in enumerate(pains) if pain is not None]
    return book(*entries, activities=("tillen",), answers={**CALM, **answers})


def on(made: Book) -> dt.date:
    return made.entries[-1].day


def with_plan(made: Book, wish: Wish = HEAT, seed: int = 11) -> tuple[Book, Experiment]:
    """The diary with an experiment that begins on the day after its last."""
    asked = ask(made, wish, on=on(made), knowledge=KNOWLEDGE)
    first = on(made) + dt.timedelta(days=1)
    record = draw(asked, dt.date.today(), KNOWLEDGE, seed=seed)
    record = replace(record, day=first, written_at=evening(on(made)))
    made.take(record)
    return made, record


@pytest.mark.parametrize(
    ("made", "wish", "forbids"),
    [
        (diary(4, saddle_change="new_or_changed"), HEAT, "call_first"),
        (book(page(0, pain=4)), HEAT, "not_triaged"),
        (diary(4), Wish("x", "paracetamol"), "with_doctor"),
        (diary(4), Wish("x", "stay_active"), "not_to_leave"),
        (diary(4), Wish("x", "bed_rest"), "not_offered"),
        (diary(4), Wish("x", "yoga"), "too_slow"),
        (diary(4), Wish("x", difference=0.5), "too_long"),
        (book(page(0, pain=4), answers=CALM), Wish("x", outcome="activities"), "no_activities"),
        (with_plan(diary(4, 4, 5))[0], HEAT, "running"),
        (diary(4), HEAT, None),
        (diary(4), Wish("een ander kussen"), None),
    ],
)
def test_what_triage_an_option_or_half_a_year_forbids_does_not_start(
    made: Book, wish: Wish, forbids: str | None
) -> None:
    asked = ask(made, wish, on=on(made), knowledge=KNOWLEDGE)

    assert asked.forbids == forbids
    if forbids:
        with pytest.raises(ValueError, match=forbids):
            draw(asked, dt.date.today(), KNOWLEDGE)


@pytest.mark.hazard("H-21")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_when_to_call_comes_first_and_nothing_is_offered_beside_it(language: str) -> None:
    made = diary(4, saddle_change="new_or_changed")
    shown = asked_page(ask(made, HEAT, on=on(made), knowledge=KNOWLEDGE), language)

    assert isinstance(shown, Report)
    assert shown.answer.tier == "emergency"
    assert "experiment" not in [section.id for section in shown.sections]


def said(shown: Page) -> str:
    return " ".join(sentences(shown))


def test_burden_chance_and_what_is_known_are_said_before_it_starts() -> None:
    made = diary(4, 5, 4, 5)
    asked = ask(made, HEAT, on=on(made), knowledge=KNOWLEDGE)
    assert asked.size is not None

    text = said(asked_page(asked, "en"))

    assert f"It takes {asked.size.days} days. You do it on {asked.size.days_with} days" in text
    assert f"about {int(asked.size.power * 10)} times in 10" in text
    assert "In a study of 215 people" in text
    assert "did not hinder them clearly less on average" in text
    assert "They did decide more often with their doctor about medicine" in text
    assert "3 times in a row" in text


def test_the_chance_counts_what_factors_explain_as_noise_too() -> None:
    """An experiment leaves factors out, so a day after a broken night is noise to it."""
    made = made_up_diaries.diary("carer", 1, day(0), KNOWLEDGE)
    scores = [(e.day, e.pain) for e in made.entries if e.pain is not None]
    dates, pains = [when for when, _ in scores], [pain for _, pain in scores]

    noise = statistics.noise(dates, pains)

    assert noise is not None
    assert noise[0] == pytest.approx(pstdev(pains), rel=0.15)
    asked = ask(made, HEAT, on=on(made), knowledge=KNOWLEDGE)
    assert asked.own_noise
    assert asked.size == statistics.size(2.0, sigma=noise[0], rho=noise[1])


def test_the_seed_gives_the_same_draw_today_and_in_ten_years() -> None:
    made = with_plan(diary(4, 4, 5), seed=11)

    order = "".join("x" if p.with_option else "-" for p in at(*made, 0).periods)

    assert order == ORDER_OF_SEED_11[: len(order)], "a draw that was kept must never change"


def test_each_pair_has_one_period_with_and_one_without() -> None:
    for seed in range(20):
        _, record = with_plan(diary(4, 4, 5), seed=seed)
        days = planned(record).days
        for pair in range(record.pairs):
            mine = [d.with_option for d in days if d.pair == pair]
            assert mine.count(True) == mine.count(False) == record.period_days


def at(made: Book, record: Experiment, number: int) -> experiments.Running:
    """The experiment on that day of it, counted from 0."""
    when = record.day + dt.timedelta(days=number)
    return running(made, record, follow_up(made, on=when, knowledge=KNOWLEDGE))


def test_each_day_knows_its_period_and_whether_it_counts() -> None:
    made, record = with_plan(diary(4, 4, 5))
    for number, planned_day in enumerate(planned(record).days):
        it = at(made, record, number)
        assert it.period is not None
        assert it.period.first <= planned_day.day <= it.period.last
        assert (it.period.with_option, it.counts) == (planned_day.with_option, planned_day.counts)
    assert at(made, record, -1).state == "to_come"
    assert at(made, record, len(planned(record).days)).state == "finished"


def test_three_times_clearly_worse_says_stop_and_better_does_not() -> None:
    worse, record = with_plan(diary(4, 4, 4))
    better, same = with_plan(diary(4, 4, 4))
    for number in range(3):
        worse.take(page(3 + number, pain=6))
        better.take(page(3 + number, pain=0))

    assert at(worse, record, 2).state == "worse"
    assert at(better, same, 2).state == "go_on"
    assert "Stop the trial" in said(running_page(at(worse, record, 2), None, "en"))


@pytest.mark.hazard("H-21")
def test_an_alarm_sign_stops_it_and_only_that_is_shown() -> None:
    made, record = with_plan(diary(4, 4, 4))
    made.take(page(3, pain=4, signs={"saddle_change": "new_or_changed"}))

    it = at(made, record, 0)

    assert it.state == "alarm"
    shown = running_page(it, None, "nl")
    assert isinstance(shown, Report)
    assert "112" in said(shown)


def test_half_an_experiment_shows_no_outcome() -> None:
    made, record = with_plan(diary(4, 4, 4))
    made.take(page(3, pain=4))
    end = {"ended": "own_choice", "ended_on": day(4), "written_at": evening(day(4))}
    stopped = replace(record, id="ended-record", replaces=record.id, **end)
    made.take(stopped)

    it = running(made, stopped, follow_up(made, on=day(60), knowledge=KNOWLEDGE))

    assert it.state == "stopped"
    assert finding(made, it) is None
    assert finding(made, at(made, record, 5)) is None


def lived(effect: float, seed: int) -> tuple[Book, Experiment]:
    """Somebody who wrote every day of an experiment, with that effect in points."""
    made, record = with_plan(diary(6, 6, 6, 6))
    chance = random.Random(seed)
    for planned_day in planned(record).days:
        pain = 6 + effect * planned_day.with_option + chance.gauss(0, 0.8)
        made.take(page(day=planned_day.day, pain=max(0, min(10, round(pain)))))
    return made, record


@pytest.mark.parametrize(
    ("effect", "verdict", "worth"), [(-3.0, "goes_with_less", "yes"), (0.0, "cannot_tell", "no")]
)
def test_the_outcome_is_what_the_statistics_say_of_the_plan(
    effect: float, verdict: str, worth: str
) -> None:
    made, record = lived(effect, seed=4)
    it = at(made, record, len(planned(record).days))

    found = finding(made, it)

    assert found is not None
    assert (found.verdict, found.worth_it) == (verdict, worth)
    assert found.low is not None
    assert found.high is not None
    assert found.low < effect < found.high
    text = said(running_page(it, found, "en"))
    assert ("pain was about" in text) == (verdict == "goes_with_less")
    assert ("We cannot tell" in text) == (verdict == "cannot_tell")
    assert "In a study of 215 people" in text
    assert "because of" not in text


def test_days_that_went_otherwise_stay_where_they_were_planned() -> None:
    made, record = lived(-3.0, seed=4)
    it = at(made, record, len(planned(record).days))
    whole = statistics.analyse(
        planned(record), [e.day for e in made.entries], [e.pain for e in made.entries]
    )

    assert finding(made, it) == whole


def test_four_weeks_through_the_command(tmp_path: Path) -> None:
    here = ["--folder", tmp_path, "--lang", "en"]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(CALM))
    start = dt.datetime(2026, 12, 1, 19, tzinfo=dt.UTC)

    def on_day(number: int) -> dt.datetime:
        return start + dt.timedelta(days=number)

    plan = ["diary", "experiment", "plan", *here, "--option", "heat", "--difference", 3]
    plan += ["--period", 7, "--seed", 11]
    writes = ["diary", "add", *here, "--pain"]
    steps: list[tuple[dt.datetime, list[object]]] = [
        (on_day(0), [*writes, 6, "--names", "tillen", "--answers", answers]),
        (on_day(1), [*writes, 6]),
        (on_day(2), [*writes, 6]),
        (on_day(2), plan),
        (on_day(2), [*plan, "--start", "2026-12-02"]),
        (on_day(2), ["diary", "experiment", "today", *here]),
        (on_day(2), [*plan, "--start", "2026-12-04"]),
        (on_day(2), ["diary", "experiment", "today", *here, "-o", tmp_path / "p.ics"]),
    ]
    before = run_at(ZONE, steps)
    assert "Nothing is kept yet" in before[3].err
    refused = [place for place, one in enumerate(before) if one.code == 2]
    assert refused == [4, 5], "it would begin in the past, and so nothing runs yet"
    assert [one.code for one in before if one.code != 2] == [0] * 6
    record = Diary(tmp_path / "diary.jsonl").book.experiments[0]
    steps = [
        (on_day(3 + n), [*writes, 3 if d.with_option else 6])
        for n, d in enumerate(planned(record).days)
    ]
    early = (on_day(10), ["diary", "experiment", "finish", *here])
    last = [
        (on_day(3 + len(steps)), ["diary", "experiment", "finish", *here, "--format", "json"]),
        (on_day(3 + len(steps)), ["diary", "experiment", "finish", *here]),
        (on_day(3 + len(steps)), ["diary", "experiment", "stop", *here]),
    ]

    done = run_at(ZONE, [*steps[:8], early, *steps[8:], *last])

    assert done[8].code == 2
    assert "last day" in done[8].err
    assert [one.code for one in [*done[:8], *done[9:-1]]] == [0] * (len(done) - 2)
    assert done[-1].code == 2
    found = json.loads(done[-3].out)
    assert found["finding"]["verdict"] == "goes_with_less"
    assert found["finding"]["difference"] == pytest.approx(-3, abs=0.4)
    assert (found["state"], found["ended"]) == ("finished", "finished")
    assert "pain was about 3 points lower" in " ".join(done[-2].out.split())
    events = Calendar.from_ical((tmp_path / "p.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 2 * record.pairs
    assert {str(event["summary"]).partition(": ")[2] for event in events} == {"with", "without"}


def test_without_a_plan_there_is_nothing_to_show(tmp_path: Path) -> None:
    for name in ("today", "stop", "finish"):
        assert run("diary", "experiment", name, "--folder", tmp_path).refused()


@pytest.mark.parametrize(
    "wrong",
    [
        ["--option", "nothing_like_it"],
        [],
        ["--what", "x", "--period", 1],
        ["--what", "x", "--period", 3, "--washout", 3],
        ["--what", "x", "--difference", 0.1],
        ["--what", "x", "--start", "soon"],
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_nothing_is_kept(
    wrong: list[object], tmp_path: Path
) -> None:
    assert run("diary", "experiment", "plan", "--folder", tmp_path, *wrong).refused()
    assert list(tmp_path.iterdir()) == []


def test_another_writer_in_between_is_never_overwritten(tmp_path: Path) -> None:
    kept = Diary(tmp_path / "diary.jsonl")
    kept.add(*diary(4, 4, 5).lines)
    version = kept.version
    Diary(kept.path).add(entry({"day": "2026-11-20", "pain": 3}, KNOWLEDGE))

    with pytest.raises(ValueError, match="diary_changed"):
        kept.add(ended(with_plan(diary(4, 4, 5))[1], "own_choice", day(0), KNOWLEDGE),
                 expected=version)  # fmt: skip
