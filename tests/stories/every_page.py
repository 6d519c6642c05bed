"""Every kind of page in every state that a person can see, and the way there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import FilePayload

from rugkompas.assess.pages import FACTOR_PAGES
from rugkompas.people.diary.exchange import as_lines
from rugkompas.people.made_up_diaries import diary
from stories.people import AUTHOR, CALM, COURSE, EMERGENCY, PLANTED, SAME_DAY, TRIAGE
from stories.visitor import Visitor

Answers = Mapping[str, Any]
SPIT = "spit in rug wat doen; my back locked up"
CANNOT_PEE = "ik kan niet plassen; I cannot pee"
FIRST = {"age_years": 44, "sex": "male"}
LOUD = "/titel/?t=De%20beste%20oefening%20voor%20rugklachten!"
TIMES = "/afspraak/tijd/?soort=intake"
LOST = {"name": "visit", "value": "no-seal-of-ours"}
NO_FACTORS = {id_: "no" for ids in FACTOR_PAGES.values() for id_ in ids}
ONE_FACTOR = {**NO_FACTORS, "care_load": "yes"}
CHOSEN = {**CALM, "picks": ["carer_support", "night_rota_naps"]}


def _stays(visitor: Visitor) -> None:
    """The page is as it opens."""


@dataclass(frozen=True, slots=True)
class PageState:
    """answers: what the person told before. path: what they open. then: what they do there."""

    answers: Answers = field(default_factory=dict)
    path: str = "/vragen/"
    then: Callable[[Visitor], None] = _stays


def _takes_the_offer(visitor: Visitor) -> None:
    visitor.answers("offer", "yes")


def _half_an_activity(visitor: Visitor) -> None:
    visitor.fills(visitor.word("activity_name", number=1), "x")
    visitor.goes_on()


def _wrong_age(visitor: Visitor) -> None:
    visitor.answers("age_years", 999)


def _goes_on(visitor: Visitor) -> None:
    visitor.goes_on()


def _strikes(visitor: Visitor) -> None:
    visitor.strikes("mechanical_lifting_aid")


def _wrong_weeks(visitor: Visitor) -> None:
    visitor.fills(visitor.word("weeks_label"), "99")
    visitor.presses_for("plan_save", visitor.word("weeks_label"))


def _types_too_much(visitor: Visitor) -> None:
    visitor.fills_in("general_health_0_100", "101")
    visitor.presses("outlook_save")


def _wrong_file(visitor: Visitor) -> None:
    visitor.sends_file(b"[")


def _makes_link(visitor: Visitor) -> None:
    visitor.presses("device_button")


def _takes(visitor: Visitor) -> None:
    visitor.presses("take_button")


def _wipes(visitor: Visitor) -> None:
    visitor.wipes()


def _without_token(visitor: Visitor) -> None:
    visitor.context.clear_cookies(name="csrftoken")
    visitor.goes_on()


def _lost(visitor: Visitor) -> None:
    visitor.context.add_cookies([{**LOST, "url": visitor.address}])  # type: ignore[typeddict-item]
    visitor.opens()


def _checks_nothing(visitor: Visitor) -> None:
    visitor.presses("claim_button")


def _chooses_a_time(visitor: Visitor) -> None:
    visitor.page.locator("button[name=slot]").first.click()


def _fills_in_nothing(visitor: Visitor) -> None:
    _chooses_a_time(visitor)
    visitor.presses("booking_look_over")


def _fills_in_all(visitor: Visitor) -> None:
    _chooses_a_time(visitor)
    visitor.fills(visitor.word("booking_field_name"), "Jo Jansen")
    visitor.fills(visitor.word("booking_field_email"), "jo@mail.example")
    visitor.page.get_by_label(visitor.word("booking_share_handover")).check()
    practice = visitor.word("booking_agree", practice="Fysiotherapie De Linde")
    visitor.page.get_by_label(practice).check()
    visitor.presses("booking_look_over")


def _half_a_person(visitor: Visitor) -> None:
    visitor.fills(visitor.word("figures_people"), "1,5")
    visitor.presses("figures_group_button")


def _a_hundred_people(visitor: Visitor) -> None:
    visitor.fills(visitor.word("figures_people"), "100")
    visitor.presses("figures_group_button")


def _asks(question: str) -> Callable[[Visitor], None]:
    def asks(visitor: Visitor) -> None:
        visitor.fills(visitor.word("answers_label"), question)
        visitor.presses("answers_button")

    return asks


def _asks_nothing(visitor: Visitor) -> None:
    visitor.presses("answers_button")


def _opens_a_diary(visitor: Visitor) -> None:
    """Twelve weeks, from a file."""
    start = dt.date.today() - dt.timedelta(days=86)
    lines = as_lines(diary("carer", 3, start, visitor.knowledge))
    file: FilePayload = {"name": "d.jsonl", "mimeType": "text/plain", "buffer": lines}
    visitor.page.set_input_files("#file", file)
    visitor.presses("diary_open_button")


def _in_a_diary(*keys: str) -> Callable[[Visitor], None]:
    """Open the diary and press these buttons in turn."""

    def then(visitor: Visitor) -> None:
        _opens_a_diary(visitor)
        for key in keys:
            visitor.presses(key)

    return then


def _names_signs_and_says_none(visitor: Visitor) -> None:
    _in_a_diary("diary_today")(visitor)
    visitor.page.locator("#signs-some").check()
    visitor.presses("diary_write")


def _has_an_alarm_sign(visitor: Visitor) -> None:
    _in_a_diary("diary_today")(visitor)
    visitor.page.locator("#signs-some").check()
    visitor.page.locator("select[name='sign.bladder_change']").select_option("new_or_changed")
    visitor.presses("diary_write")


def _thinks_of_trying(visitor: Visitor) -> None:
    _in_a_diary("diary_way_diary_experiment")(visitor)
    visitor.fills(visitor.word("diary_try_what"), "x")
    visitor.presses("diary_try_ask")


def _makes_nothing(visitor: Visitor) -> None:
    visitor.presses("account_sign_up_button")


def _without(*names: str) -> dict[str, Any]:
    return {name: it for name, it in TRIAGE.items() if name not in names}


PAGES: dict[str, PageState] = {
    "start": PageState(path="/"),
    "start, to go on": PageState(FIRST, "/"),
    "start, answers lost": PageState(path="/", then=_lost),
    "question, a number": PageState(),
    "question, a number, wrong": PageState(then=_wrong_age),
    "question, one of some": PageState(FIRST),
    "question, nothing chosen": PageState(FIRST, then=_goes_on),
    "question, with a drawing": PageState(_without("saddle_change")),
    "question, some of many": PageState(_without("spa_features")),
    "question, some of many, wrong": PageState(_without("spa_features"), then=_goes_on),
    "question, how long": PageState(_without("pain_duration_days")),
    "question, a figure": PageState({n: it for n, it in COURSE.items() if n != "pain_nrs"}),
    "offer": PageState(COURSE),
    "group": PageState(COURSE, then=_takes_the_offer),
    "group, what can change": PageState({**COURSE, "factors": ONE_FACTOR}),
    "activities": PageState({**COURSE, "factors": NO_FACTORS}),
    "activities, wrong": PageState({**COURSE, "factors": NO_FACTORS}, then=_half_an_activity),
    "question, to change": PageState(CALM, "/controle/3/"),
    "check": PageState(CALM, "/controle/"),
    "check, nothing yet": PageState(path="/controle/"),
    "result, an appointment": PageState(AUTHOR, "/uitslag/"),
    "result, the same day": PageState(SAME_DAY, "/uitslag/"),
    "result, hardly anything known": PageState(FIRST, "/uitslag/"),
    "emergency": PageState(EMERGENCY, "/nu/"),
    "outlook": PageState(CALM, "/vooruit/"),
    "outlook, more questions": PageState(CALM, "/vooruit/vragen/"),
    "outlook, more questions, wrong": PageState(CALM, "/vooruit/vragen/", _types_too_much),
    "outlook, hardly anything known": PageState(COURSE, "/vooruit/"),
    "options": PageState(CALM, "/keuzes/"),
    "options, one struck, two in the plan": PageState(CHOSEN, "/keuzes/", _strikes),
    "why not the others": PageState(CALM, "/keuzes/alles/"),
    "plan, a proposal": PageState(CALM, "/plan/"),
    "plan, chosen": PageState(CHOSEN, "/plan/"),
    "plan, wrong weeks": PageState(CHOSEN, "/plan/", _wrong_weeks),
    "summary": PageState(PLANTED, "/samenvatting/"),
    "load": PageState(path="/laden/"),
    "load, no file of ours": PageState(path="/laden/", then=_wrong_file),
    "device": PageState(FIRST, "/verder/"),
    "device, the link": PageState(FIRST, "/verder/", _makes_link),
    "take": PageState(path="/verder/no.key/"),
    "take, gone": PageState(path="/verder/no.key/", then=_takes),
    "claim": PageState(path="/titel/"),
    "claim, checked": PageState(path=LOUD),
    "claim, checked by somebody with answers": PageState(CALM, LOUD),
    "claim, nothing typed": PageState(path="/titel/", then=_checks_nothing),
    "appointment, what to know": PageState(path="/afspraak/"),
    "appointment, with answers": PageState(CALM, "/afspraak/"),
    "appointment, call first": PageState(EMERGENCY, "/afspraak/"),
    "appointment, times": PageState(path=TIMES),
    "appointment, who": PageState(CALM, TIMES, _chooses_a_time),
    "appointment, who, wrong": PageState(CALM, TIMES, _fills_in_nothing),
    "appointment, look it over": PageState(CALM, TIMES, _fills_in_all),
    "appointment, not there": PageState(path="/afspraak/mijn/no.link/"),
    "frame, appointment": PageState(path="/inbed/afspraak/"),
    "frame, claim": PageState(path=f"/inbed{LOUD}"),
    "figures": PageState(path="/cijfers/"),
    "figures, lines over the years": PageState(path="/cijfers/1/"),
    "figures, bars on both sides": PageState(path="/cijfers/3/"),
    "figures, dots with limits": PageState(path="/cijfers/9/"),
    "figures, lines over the ages": PageState(path="/cijfers/11/"),
    "figures, one line": PageState(path="/cijfers/11/?wie=male"),
    "figures, large numbers": PageState(path="/cijfers/13/"),
    "figures, ranges": PageState(path="/cijfers/19/"),
    "figures, the article": PageState(path="/cijfers/artikel/"),
    "figures, a group": PageState(path="/cijfers/groep/"),
    "figures, a group, wrong": PageState(path="/cijfers/groep/", then=_half_a_person),
    "figures, a group, told": PageState(path="/cijfers/groep/", then=_a_hundred_people),
    "explained, the list": PageState(path="/uitleg/"),
    "explained, pictures": PageState(path="/uitleg/6/"),
    "explained, a course": PageState(path="/uitleg/5/"),
    "explained, by somebody with answers": PageState(CALM, "/uitleg/10/"),
    "explained, the rules": PageState(path="/uitleg/14/"),
    "explained, no rule fits": PageState(path="/uitleg/14/?w=zzz"),
    "questions and answers": PageState(path="/antwoord/"),
    "questions and answers, found": PageState(path="/antwoord/", then=_asks(SPIT)),
    "questions and answers, an alarm sign": PageState(path="/antwoord/", then=_asks(CANNOT_PEE)),
    "questions and answers, nothing found": PageState(path="/antwoord/", then=_asks("prei?")),
    "questions and answers, nothing typed": PageState(path="/antwoord/", then=_asks_nothing),
    "answer": PageState(path="/antwoord/1/"),
    "diary": PageState(path="/dagboek/"),
    "diary, to begin": PageState(path="/dagboek/begin/"),
    "diary, open": PageState(path="/dagboek/", then=_opens_a_diary),
    "diary, a day": PageState(path="/dagboek/", then=_in_a_diary("diary_today")),
    "diary, a day, wrong": PageState(path="/dagboek/", then=_names_signs_and_says_none),
    "diary, a call first": PageState(path="/dagboek/", then=_has_an_alarm_sign),
    "diary, course": PageState(path="/dagboek/", then=_in_a_diary("diary_way_diary_course")),
    "diary, a sheet": PageState(path="/dagboek/", then=_in_a_diary("diary_way_diary_sheet")),
    "diary, patterns": PageState(path="/dagboek/", then=_in_a_diary("diary_way_diary_patterns")),
    "diary, to try": PageState(path="/dagboek/", then=_in_a_diary("diary_way_diary_experiment")),
    "diary, what trying asks": PageState(path="/dagboek/", then=_thinks_of_trying),
    "diary, all days": PageState(path="/dagboek/", then=_in_a_diary("diary_way_diary_days")),
    "diary, to take along": PageState(path="/dagboek/", then=_in_a_diary("diary_way_diary_take")),
    "account": PageState(path="/account/"),
    "account, made": PageState(path="/account/nieuw/"),
    "account, nothing filled in": PageState(path="/account/nieuw/", then=_makes_nothing),
    "account, signing in": PageState(path="/account/inloggen/"),
    "account, with a passkey": PageState(path="/account/inloggen/sleutel/"),
    "account, a password forgotten": PageState(path="/account/wachtwoord/vergeten/"),
    "account, reminders off": PageState(path="/account/herinnering/uit/no.key/"),
    "record, none linked": PageState(path="/smart/"),
    "about": PageState(path="/over/"),
    "privacy": PageState(path="/privacy/"),
    "wiped": PageState(FIRST, "/controle/", _wipes),
    "error, no such page": PageState(path="/nergens/"),
    "error, no token": PageState(then=_without_token),
    "error, not like this": PageState(path="/wissen/"),
}
