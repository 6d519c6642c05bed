"""What fits this life: combinations without a winner, everything that is offered, and what not."""

from __future__ import annotations

import re

import pytest
from plans import DAY, LANGUAGES, author, said, tiers

from pages import Page, squeezed
from rugkompas import Assessment, assess, load_knowledge
from rugkompas.assess.options import instead
from rugkompas.catalogue import Knowledge
from rugkompas.logic import one
from rugkompas.outputs.data import as_data
from rugkompas.outputs.options_report import options_report
from rugkompas.outputs.options_why import why_report
from rugkompas.outputs.page import html
from rugkompas.outputs.parts import Section
from rugkompas.outputs.report import report
from rugkompas.outputs.text import render
from rugkompas.rules.options import SPECIAL, blocks


def section(sections: tuple[Section, ...], id_: str) -> Section:
    return next(part for part in sections if part.id == id_)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_and_a_heading_in_every_language(
    language: str, knowledge: Knowledge
) -> None:
    nobody = one.answers_of({}, knowledge.codebook)
    p = knowledge.parameters_on(DAY)
    reasons = {r for option in knowledge.options.values() for r in blocks(nobody, p, option)}
    words = knowledge.words[language].options_report
    wanted = {f"group_{reason}" for reason in reasons}
    wanted |= {f"reason_{reason}" for reason in reasons - {"special"}}
    wanted |= {f"special_{id_}" for id_ in SPECIAL}

    assert sorted(wanted - words.keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_comparison_effect_and_guideline_has_words(
    language: str, knowledge: Knowledge
) -> None:
    words = knowledge.words[language].options_report
    options = knowledge.options.values()
    wanted = {it.id for it in knowledge.comparisons.values() if it.kind == "size"}
    wanted |= {f"rank_{r.place}" for it in knowledge.comparisons.values() for r in it.ranks}
    wanted |= {f"about_{effect.about}" for option in options for effect in option.effects}
    wanted |= {f"phase_{effect.phase}" for option in options for effect in option.effects}
    wanted |= {f"guide_{name}" for option in options for name in option.guidelines}
    wanted |= {f"certainty_{option.certainty}" for option in options}
    wanted |= {f"refer_{option.refer}" for option in options if option.refer}

    assert sorted(wanted - words.keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("option", load_knowledge().options)
def test_every_option_can_be_explained(option: str, language: str) -> None:
    told = why_report(author(), option, language)

    assert load_knowledge().words[language].options[option].effect in said(told)
    assert section(told.sections, "net").items


def test_every_option_stands_in_one_of_the_two_lists_unless_it_is_urgent() -> None:
    for tier, it in tiers().items():
        options = as_data(it, "nl")["options"]
        offered = [option["id"] for option in options["offered"]]
        not_offered = [option["id"] for option in options["not_offered"]]
        urgent = tier in ("same_day", "emergency")

        assert it.triage.urgency == tier
        assert sorted(offered + not_offered) == ([] if urgent else sorted(it.knowledge.options))
        assert all(option["reason"] for option in options["not_offered"])


def test_the_sources_of_what_is_offered_stand_in_the_result() -> None:
    it = author()
    data = as_data(it, "nl")
    cited = {
        effect.citation.source
        for offer in it.options.offered
        for effect in it.knowledge.options[offer.id].effects
    }

    assert cited <= data["sources"].keys()


@pytest.mark.hazard("H-19")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", ["same_day", "emergency"])
def test_when_it_is_urgent_there_is_only_what_to_do_now(tier: str, language: str) -> None:
    it = tiers()[tier]
    labels = {words.label for words in it.knowledge.words[language].options.values()}
    told = [
        options_report(it, language, struck=["act"], everything=True),
        why_report(it, "act", language),
        report(it, language),
    ]

    for document in told:
        text = said(document)
        assert document.answer.how.points
        assert [label for label in labels if label in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_combinations_say_what_they_touch_ask_and_rest_on_without_a_winner(language: str) -> None:
    it = author()
    sets = section(options_report(it, language).sections, "sets")
    words = it.knowledge.words[language].options_report
    rows = {words[f"row_{name}"] for name in ("touches", "time", "money", "who", "sure")}

    assert 2 <= len(sets.items) <= 4
    assert all(rows <= dict(item.facts).keys() for item in sets.items)
    assert len({item.title for item in sets.items}) == len(sets.items)
    assert re.search(r"\b(winnaar|winner|score)\b", said_of(sets)) is None


def said_of(part: Section) -> str:
    from rugkompas.outputs.parts import sentences

    return "\n".join(sentences(part))


def test_there_is_no_best_exercise_is_said_with_the_rankings_that_contradict_each_other() -> None:
    best = section(options_report(author(), "nl").sections, "best")
    assert best.grid is not None
    rows = {row[0]: row[1:] for row in best.grid.rows}
    mckenzie = rows["McKenzie / richtingsoefeningen"]

    assert best.title == "Er is geen beste oefening"
    assert len(best.grid.columns) == 6
    assert any(place.startswith("bij de beste") for place in mckenzie)
    assert any(place.startswith("niet duidelijk beter") for place in mckenzie)
    counts = [share.count for share in best.parts[0].shares]
    assert counts[:5] == sorted(counts[:5], reverse=True)


def test_the_author_hears_what_the_dossier_says_that_he_must_hear() -> None:
    text = said(options_report(author(), "nl"))
    words = load_knowledge().words["nl"].options_report

    assert text.count(words["question_mechanical_lifting_aid"]) == 1
    for key in ("care_tested", "care_bed", "care_bed_trial", "care_night", "care_route_child"):
        assert words[key] in text
    assert "‘dan voel ik me een verpleegkundige’" in text
    assert words["rejected_text"] in text


def test_no_is_accepted_and_not_asked_again() -> None:
    rejects = ["mechanical_lifting_aid", "partial_hoist_use"]
    text = said(options_report(author(rejects=rejects), "nl"))

    assert (
        load_knowledge().words["nl"].options_report["question_mechanical_lifting_aid"] not in text
    )


def test_what_the_person_rejects_never_comes_back_in_another_form() -> None:
    told = options_report(author(rejects=["mechanical_lifting_aid", "act"]), "nl", struck=["act"])
    struck = section(told.sections, "struck_act")

    assert "lift" not in " ".join(struck.items[0].points).lower()


def test_striking_shows_at_once_what_else_touches_the_same() -> None:
    it = author(rejects=["mechanical_lifting_aid", "respite_care"])
    struck = section(
        options_report(it, "nl", struck=["respite_care"]).sections, "struck_respite_care"
    )

    assert struck.items[0].points
    assert dict(struck.items[0].facts)
    assert it.options.offer("respite_care") is None


def test_striking_goes_on_until_nothing_is_left_and_then_says_so_and_names_who_could_help() -> None:
    struck = ["better_sleep_surface"]
    while left := instead(struck[0], author(rejects=struck).options, load_knowledge()):
        struck += left
    told = options_report(author(rejects=struck), "nl", struck=struck)
    words = load_knowledge().words["nl"].options_report
    last = section(told.sections, "struck_better_sleep_surface")

    assert words["struck_nothing"] in last.paragraphs[1]
    assert words["who_care"] in last.paragraphs[1]
    assert words["who_else"] in last.paragraphs[1]


def test_after_a_doctor_has_looked_is_said_at_every_option_when_one_looks_first() -> None:
    told = options_report(tiers()["within_days"], "nl")
    words = load_knowledge().words["nl"].options_report
    offered = section(told.sections, "offered")

    assert told.answer.action == words["action_after"]
    assert {item.label for part in offered.parts for item in part.items} == {words["after_doctor"]}


def test_what_guidelines_advise_against_is_explained_to_whoever_asks() -> None:
    told = options_report(author(asks_about=["imaging_without_indication"]), "nl")
    asked = section(told.sections, "asked").items[0]
    words = load_knowledge().words["nl"]

    assert asked.title == words.options["imaging_without_indication"].label
    assert words.options_report["reason_advised_against"] in asked.text
    assert words.options["imaging_without_indication"].effect in dict(asked.facts).values()


def test_a_caution_says_whether_it_holds_or_is_not_known() -> None:
    base = {"factors": {"stress": "yes"}, "age_years": 44}
    sure = said(options_report(author(**base, person_facts=["ptsd"]), "nl"))
    unsure = said(options_report(author(**base, person_facts=None), "nl"))
    words = load_knowledge().words["nl"].options_report
    fact = "posttraumatische stress (PTSS)"

    assert words["caution_holds"].format(facts=fact) in sure
    assert words["caution_holds"].format(facts=fact) not in unsure
    assert fact in unsure


def test_no_minutes_at_all_gets_an_honest_answer() -> None:
    it = author(minutes_a_week=0)
    asks = {it.knowledge.options[offer.id].asks.week_min for offer in it.options.offered}
    told = options_report(it, "nl")

    assert asks == {0}
    assert all(
        "bijna geen extra tijd" in dict(i.facts)["Tijd"]
        for i in section(told.sections, "sets").items
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_page_hold_every_sentence_and_the_page_runs_nothing(language: str) -> None:
    told = options_report(author(), language, struck=["act"], everything=True)
    page = Page(html(told))
    lines = [line for line in said(told).splitlines() if line != told.status_short]

    text, shown = squeezed(render(told, 120)), squeezed(page.text)
    assert [line for line in lines if squeezed(line) not in text] == []
    assert [line for line in lines if squeezed(line) not in shown] == []
    assert {"script", "iframe", "form", "object"}.isdisjoint(tag for tag, _ in page.tags)
    assert [key for _, attrs in page.tags for key in attrs if key.startswith("on")] == []


@pytest.mark.hazard("H-17")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_document_about_options_holds_a_forbidden_phrase(language: str) -> None:
    it = author()
    forbidden = it.knowledge.words[language].forbidden
    told = options_report(it, language, everything=True)
    text = said_of(Section("all", "", parts=told.sections)).lower()

    assert [pattern for pattern in forbidden if re.search(pattern, text)] == []


def everyone() -> list[Assessment]:
    from rugkompas.people.made_up import people

    return [assess(who, on=DAY) for who in people(25, 7, load_knowledge())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_person_can_be_shown_their_options(language: str) -> None:
    for it in everyone():
        assert render(options_report(it, language, everything=True))
