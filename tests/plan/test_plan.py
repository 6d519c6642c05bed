"""A plan: picks or a proposal, one first step each, days to look back, questions to take along."""

from __future__ import annotations

import datetime as dt
import re

import icalendar
import pytest
from plans import DAY, LANGUAGES, author, said, tiers

from pages import Page, squeezed
from rugkompas import load_knowledge
from rugkompas.assess.plan import NotOffered, plan
from rugkompas.outputs.calendar import calendar
from rugkompas.outputs.options_report import options_report
from rugkompas.outputs.page import html
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.plan_report import plan_data, plan_report
from rugkompas.outputs.text import render

PICKS = ["better_sleep_surface", "act"]


def test_without_picks_the_plan_is_a_proposal_and_says_so() -> None:
    it = author()
    made = plan(it)

    assert made.kind == "proposal"
    assert tuple(step.offer.id for step in made.steps) == it.options.shown[0].ids
    words = load_knowledge().words["nl"].options_report
    assert words["plan_lead_proposal"] in plan_report(it, made, "nl").answer.lead


def test_the_plan_of_the_author_has_his_picks_their_first_steps_and_days() -> None:
    it = author(picks=PICKS, plan_when={"act": "Als zij naar school is, dan 15 minuten"})
    made = plan(it)
    first, second = made.steps
    text = said(plan_report(it, made, "nl"))
    options = it.knowledge.words["nl"].options

    assert (made.kind, first.offer.id, second.offer.id) == ("picks", *PICKS)
    assert (first.known_from, first.known_until) == (dt.date(2026, 12, 2), dt.date(2026, 12, 23))
    assert "Als zij naar school is, dan 15 minuten" in text
    assert options["act"].first_step in text
    assert options["act"].bad_day in text
    assert it.knowledge.words["nl"].options_report["when_blank"] in text
    assert "Wlz" in text


def test_a_pick_that_is_not_offered_is_refused_with_its_reason() -> None:
    with pytest.raises(NotOffered) as refused:
        plan(author(picks=["act", "cbt_i", "mechanical_lifting_aid"]))

    assert [(pick.id, pick.reason) for pick in refused.value.picks] == [
        ("cbt_i", "contraindicated"),
        ("mechanical_lifting_aid", "rejected"),
    ]


@pytest.mark.parametrize("tier", ["same_day", "emergency"])
def test_when_it_is_urgent_there_is_no_plan_not_even_from_picks(tier: str) -> None:
    it = tiers()[tier]
    made = plan(it)
    text = said(plan_report(it, made, "nl"))

    assert (made.kind, made.steps, made.questions) == ("urgent", (), ())
    assert it.knowledge.words["nl"].options_report["plan_headline"] not in text
    assert it.knowledge.words["nl"].options_report["urgent_text"] in text


def test_choosing_nothing_is_a_choice() -> None:
    it = author(picks=[])
    made = plan(it)

    assert (made.kind, made.steps) == ("nothing", ())
    assert made.look_again == it.course.recheck_on
    assert plan_report(it, made, "nl").answer.headline == "Nog geen plan"


def test_without_a_combination_nothing_is_made_up() -> None:
    it = author(factors={}, changeable={}, care_duty="none")
    made = plan(it)
    told = plan_report(it, made, "nl")

    assert (made.kind, made.steps) == ("empty", ())
    assert "Blijf in beweging, beperk bedrust" in said(told)


def test_waiting_is_a_full_plan_where_the_course_allows_it() -> None:
    it = author(
        factors={},
        changeable={},
        care_duty="none",
        pain_duration_days=10,
        course_activity="improving",
    )
    made = plan(it)

    assert made.kind == "wait"
    assert [step.offer.id for step in made.steps] == ["wait_with_check_date", "stay_active"]


def test_no_minutes_leave_only_what_asks_no_time() -> None:
    made = plan(author(minutes_a_week=0))

    assert made.minutes == 0
    assert made.kind == "proposal"
    with pytest.raises(NotOffered):
        plan(author(minutes_a_week=0, picks=["act"]))


def test_picks_that_do_not_go_together_are_told_and_not_mended() -> None:
    it = author(
        rejects=[],
        picks=["mechanical_lifting_aid", "partial_hoist_use", "act", "walking_programme"],
        dislikes=["walking_programme"],
        minutes_a_week=140,
    )
    made = plan(it)
    text = said(plan_report(it, made, "nl"))

    assert len(made.steps) == 4
    assert made.same == (("mechanical_lifting_aid", "partial_hoist_use"),)
    assert made.minutes > 140
    assert f"Samen vraagt dit {made.minutes} minuten per week. U heeft er 140." in text
    assert "hetzelfde in een andere vorm" in text
    assert "Wandelprogramma (opbouwen)" in text


def test_the_person_decides_when_to_look_again() -> None:
    it = author(look_again=3)
    made = plan(it)

    assert made.look_again == dt.date(2026, 12, 16)
    assert made.recheck == it.course.recheck_on
    assert plan_report(it, made, "en").answer.action.endswith("16 December 2026.")


def test_own_activities_come_with_their_scores_and_at_most_three() -> None:
    own = [{"name": f"bezigheid {n}", "start_0_10": 8, "now_0_10": n} for n in range(5)]
    it = author(activities=own)
    part = next(s for s in plan_report(it, plan(it), "nl").sections if s.id == "own")

    assert len(part.items[0].points) == 3
    assert "bezigheid 0: van 8 naar 0" in part.items[0].points[0]


def test_what_is_not_known_becomes_a_question_to_take_along() -> None:
    it = author(person_facts=None, cancer="unknown")
    made = plan(it)
    facts = {fact for it in made.questions for fact in it.facts if it.kind == "unknown_facts"}
    text = said(plan_report(it, made, "nl"))

    assert "ulcer_history" in facts
    assert "no_internet" not in facts
    assert "cancer" in made.unsure
    assert "Ik weet niet of iets hiervan bij mij speelt: ooit een maagzweer" in text


HOSTILE = '<img src=x onerror="alert(1)">]}}{{7*7}} #panic("x") \x1b[31m\u202e'
SHOWN = '<img src=x onerror="alert(1)">]}}{{7*7}} #panic("x") [31m'


@pytest.mark.hazard("H-51")
def test_what_a_person_typed_is_shown_and_never_interpreted() -> None:
    own = {"rejects": {"mechanical_lifting_aid": HOSTILE}, "cannot": {"tai_chi": HOSTILE}}
    it = author(picks=["act"], plan_when={"act": HOSTILE}, **own)
    for told in (plan_report(it, plan(it), "nl"), options_report(it, "nl")):
        page, text = html(told), render(told, 120)

        assert "<img" not in page
        assert squeezed(SHOWN) in squeezed(Page(page).text)
        assert squeezed(SHOWN) in squeezed(text)
        assert "\x1b" not in text
        assert "\u202e" not in page + text
        assert pdf(told).startswith(b"%PDF")
    assert "\x1b" not in plan_data(plan(it))["steps"][0]["when"]
    assert b"img" not in calendar(it, plan(it), "nl")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["planned", "within_days", "emergency"])
def test_the_page_of_a_plan_runs_nothing_and_holds_what_the_text_holds(
    tier: str, language: str
) -> None:
    it = tiers()[tier]
    told = plan_report(it, plan(it), language)
    page = Page(html(told))
    lines = [line for line in said(told).splitlines() if line != told.status_short]

    assert {"script", "iframe", "form", "object"}.isdisjoint(tag for tag, _ in page.tags)
    assert [line for line in lines if squeezed(line) not in squeezed(page.text)] == []
    assert [line for line in lines if squeezed(line) not in squeezed(render(told, 120))] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.hazard("H-43")
def test_the_calendar_is_valid_neutral_and_the_same_twice(language: str) -> None:
    it = author(picks=PICKS, look_again=3)
    data = calendar(it, plan(it), language)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    days = [event.decoded("dtstart") for event in events]
    made = plan(it)
    words = it.knowledge.words[language].options_report

    assert data == calendar(author(picks=PICKS, look_again=3), made, language)
    assert days == sorted({*made.days, made.look_again, made.recheck})
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert {event.decoded("dtstamp").date() for event in events} == {DAY}
    titles = {str(event["summary"]) for event in events}
    assert titles == {words["calendar_try"], words["calendar_look"]}
    assert (
        re.search(r"pijn|pain|\brug\b|\bback pain|zorg|care|oefen|exercis", data.decode()) is None
    )


def test_other_answers_or_another_day_give_other_events() -> None:
    one, other = author(picks=PICKS), author(picks=PICKS, max_block_min=25)

    def uids(it: object) -> set[str]:
        found = icalendar.Calendar.from_ical(calendar(it, plan(it), "nl"))  # type: ignore[arg-type]
        return {str(event["uid"]) for event in found.walk("VEVENT")}

    assert uids(one).isdisjoint(uids(other))
