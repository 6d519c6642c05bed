"""What fits this life, on the site: strike and replace, choose, and the plan that follows."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pypdf
import pytest
from django.http import HttpResponse
from django.test import Client
from walks import load_answers, visit_of

from pages import Page
from rugkompas import assess
from rugkompas.assess.options import instead
from rugkompas.assess.plan import plan
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER
from rugkompas.outputs.options_frame import Choices
from rugkompas.outputs.options_own import FEW, alternatives
from rugkompas.web.rules import knowledge, today

LIFT = "mechanical_lifting_aid"
PROPOSAL_SIZE = 2


def author(client: Client, **more: Any) -> Client:
    """The example author, at his result; a name that is None is left out."""
    told: dict[str, Any] = {**read(FOLDER / "examples" / "author.yaml"), "rejects": {}, **more}
    answers = {name: answer for name, answer in told.items() if answer is not None}
    assert load_answers(client, answers).status_code == 302
    return client


def label(option: str, language: str = "nl") -> str:
    return knowledge().words[language].options[option].label


def shown(response: HttpResponse) -> str:
    """The words of a page."""
    assert response.status_code in (200, 422)
    return " ".join(Page(response.content.decode()).text.split())


def values(response: HttpResponse, name: str) -> list[str]:
    """What the buttons with this name do."""
    return re.findall(rf'name="{name}" value="([^"]*)"', response.content.decode())


def at_here(response: HttpResponse) -> str:
    """The words at the place where a page goes on."""
    found = re.search(r'id="here" tabindex="-1">([^<]*)<', response.content.decode())
    assert found
    return html.unescape(found[1])


def act(client: Client, url: str = "/keuzes/", **data: str) -> HttpResponse:
    """Press a button, and look at the page that comes."""
    response = client.post(url, data)
    assert response.status_code == 302, response.status_code
    return client.get(response.headers["Location"].partition("#")[0])  # type: ignore[return-value]


def test_striking_the_lift_shows_at_once_what_else_touches_the_same(client: Client) -> None:
    author(client)
    page = act(client, reject=LIFT)
    others = alternatives(Choices(_assessed(client), "nl"), LIFT)

    assert at_here(page) == f"U schrapte: {label(LIFT)}"
    assert values(page, "pick")[: len(others[:FEW])] == list(others[:FEW])
    assert LIFT not in values(page, "pick")
    assert values(page, "back") == [LIFT]


def test_after_striking_the_page_goes_on_where_the_answer_is_and_the_address_tells_nothing(
    client: Client,
) -> None:
    response = author(client).post("/keuzes/", {"reject": LIFT})

    assert response.headers["Location"] == "/keuzes/#here"


def test_what_was_struck_comes_back_when_asked(client: Client) -> None:
    author(client)
    before = visit_of(client).more
    act(client, reject=LIFT, why="dan voel ik me een verpleegkundige")
    page = act(client, back=LIFT)

    assert visit_of(client).more.get("rejects", {}) == {}
    assert visit_of(client).more == {
        name: answer for name, answer in before.items() if name != "rejects"
    }
    assert LIFT in values(page, "pick")
    assert at_here(page) == label(LIFT)


def test_own_words_for_striking_are_kept_and_shown_as_text(client: Client) -> None:
    author(client)
    act(client, reject=LIFT)
    act(client, cannot=LIFT, why=" <b>te  duur</b>\x00\u202e ")
    page = act(client, reject="respite_care")

    assert visit_of(client).more["cannot"] == {LIFT: "<b>te duur</b>"}
    assert visit_of(client).more["rejects"] == {"respite_care": ""}
    assert "<b>te duur" not in page.content.decode()
    assert "U schreef: ‘<b>te duur</b>’." in shown(page)


def test_own_words_that_are_too_long_are_asked_again_and_the_option_stays_struck(
    client: Client,
) -> None:
    author(client)
    response = client.post("/keuzes/", {"reject": LIFT, "why": "x" * 81})

    assert response.status_code == 422
    assert '<a href="#why">' in response.content.decode()
    assert "x" * 81 in response.content.decode()
    assert visit_of(client).more["rejects"] == {LIFT: ""}


def test_what_is_struck_also_leaves_the_plan(client: Client) -> None:
    author(client, picks=["respite_care", "heat"], plan_when={"respite_care": "op zaterdag"})
    act(client, reject="respite_care")

    assert visit_of(client).more["picks"] == ["heat"]
    assert "plan_when" not in visit_of(client).more


@pytest.mark.parametrize("twice", [("pick", "heat"), ("reject", LIFT), ("back", LIFT)])
def test_a_button_pressed_twice_does_the_same_as_once(
    twice: tuple[str, str], client: Client
) -> None:
    author(client)
    once = act(client, **dict([twice]))
    held = visit_of(client).more
    again = act(client, **dict([twice]))

    assert visit_of(client).more == held
    assert shown(again) == shown(once)


def test_a_whole_combination_goes_into_the_plan_with_one_button(client: Client) -> None:
    page = author(client).get("/keuzes/")
    combination = next(value for value in values(page, "pick") if " " in value)
    after = act(client, pick=combination)

    assert visit_of(client).more["picks"] == combination.split()
    assert at_here(after) == "In uw plan"
    made = client.get("/plan/")
    assert [label(id_) in shown(made) for id_ in combination.split()] == [True, True]


def test_choices_reach_the_plan_the_paper_and_the_calendar(client: Client) -> None:
    author(client)
    act(client, pick="walking_programme")
    act(client, pick="better_sleep_surface")
    act(client, "/plan/", **{"when.walking_programme": "Als de bus weg is", "weeks": "3"})
    page, paper, dates = (client.get(url) for url in ("/plan/", "/plan.pdf", "/plan.ics"))
    text = "".join(it.extract_text() for it in pypdf.PdfReader(io.BytesIO(paper.content)).pages)

    assert "U koos dit zelf." in shown(page)
    assert "Als de bus weg is" in text
    assert label("better_sleep_surface") in text
    assert dates.content.count(b"BEGIN:VEVENT") >= 2
    assert visit_of(client).more["look_again"] == 3


def test_a_proposal_becomes_the_plan_when_something_is_filled_in(client: Client) -> None:
    author(client)
    steps = [it.offer.id for it in plan(_assessed(client)).steps]
    act(client, "/plan/", **{f"when.{steps[0]}": "maandag na het eten", "weeks": ""})

    assert len(steps) == PROPOSAL_SIZE
    assert visit_of(client).more["picks"] == steps
    assert visit_of(client).more["plan_when"] == {steps[0]: "maandag na het eten"}


def test_looking_at_a_proposal_or_choosing_a_day_chooses_nothing(client: Client) -> None:
    author(client)
    page = act(client, "/plan/", weeks="8")

    assert "picks" not in visit_of(client).more
    assert "U koos nog niets." in shown(page)


def test_a_proposal_can_be_taken_or_taken_without_one_step(client: Client) -> None:
    author(client)
    steps = [it.offer.id for it in plan(_assessed(client)).steps]
    act(client, "/plan/", take="1")
    assert visit_of(client).more["picks"] == steps
    page = act(client, "/plan/", drop=steps[0])

    assert visit_of(client).more["picks"] == steps[1:]
    assert values(page, "drop") == steps[1:]


def test_choosing_nothing_is_a_choice(client: Client) -> None:
    author(client, picks=["heat"])
    page = act(client, "/plan/", drop="heat")

    assert visit_of(client).more["picks"] == []
    assert "U koos niets. Dat mag." in shown(page)


@pytest.mark.parametrize(
    "sent", [{"when.heat": "y" * 81}, {"weeks": "0"}, {"weeks": "27"}, {"weeks": "drie"}]
)
def test_what_cannot_be_planned_is_asked_again_and_changes_nothing(
    sent: dict[str, str], client: Client
) -> None:
    author(client, picks=["heat"])
    before = visit_of(client)
    response = client.post("/plan/", sent)

    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()
    assert next(iter(sent.values())) in response.content.decode()
    assert visit_of(client).more == before.more


def test_a_choice_that_no_longer_fits_is_named_with_its_reason_and_never_swapped(
    client: Client,
) -> None:
    author(client, picks=["manual_therapy", "heat"], rejects_kinds=["being_touched"])
    page = client.get("/plan/")
    words = knowledge().words["nl"].options_report

    assert words["plan_gone"] in shown(page)
    assert words["reason_kind_rejected"] in shown(page)
    assert sorted(values(page, "drop")) == ["heat", "manual_therapy"]
    assert client.get("/plan.pdf").headers["Location"] == "/plan/"
    assert client.get("/plan.ics").headers["Location"] == "/plan/"
    after = act(client, "/plan/", drop="manual_therapy")
    assert words["plan_gone"] not in shown(after)
    assert visit_of(client).more["picks"] == ["heat"]


def test_an_old_tab_cannot_plan_what_does_not_fit_and_hears_why(client: Client) -> None:
    author(client, rejects_kinds=["being_touched"])
    page = act(client, pick="manual_therapy")

    assert "picks" not in visit_of(client).more
    assert label("manual_therapy") in at_here(page)
    assert knowledge().words["nl"].options_report["reason_kind_rejected"] in shown(page)


@pytest.mark.parametrize(
    "sent",
    [
        {"pick": "no_such_option"},
        {"reject": "<script>alert(1)</script>"},
        {"cannot": "\x00"},
        {"back": ""},
        {"drop": "heat no_such_option"},
        {"pick": "heat" * 9000},
        {"who": "knows"},
        {},
    ],
)
@pytest.mark.parametrize("url", ["/keuzes/", "/plan/"])
def test_what_no_button_sends_changes_no_choice(
    url: str, sent: dict[str, str], client: Client
) -> None:
    author(client)
    before = visit_of(client).more
    response = client.post(url, sent)

    assert response.status_code == 302
    assert visit_of(client).more == before
    assert client.get(url).status_code == 200


def test_the_page_offers_exactly_what_the_rules_offer(client: Client) -> None:
    author(client, rejects={LIFT: "nee"}, picks=["heat"])
    page = client.get("/keuzes/")
    found = _assessed(client)
    singles = {value for value in values(page, "reject") if value}

    assert singles == {offer.id for offer in found.options.offered}
    assert values(page, "back") == [LIFT]
    assert [it for it in values(page, "pick") if " " in it] == [
        " ".join(it.ids) for it in found.options.shown
    ]


def test_each_option_that_is_not_offered_tells_why(client: Client) -> None:
    text = shown(author(client).get("/keuzes/alles/"))
    gone = _assessed(client).options.not_offered

    assert [it.id for it in gone if label(it.id) not in text] == []
    assert knowledge().words["nl"].options_report["reason_advised_against"] in text
    assert "Er is geen beste oefening" in text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("url", ["/uitslag/", "/keuzes/", "/keuzes/alles/", "/plan/"])
def test_the_site_names_no_command(url: str, language: str, client: Client) -> None:
    author(client, asks_about=["imaging_without_indication"])
    client.cookies["language"] = language
    act(client, reject=LIFT)

    assert "rugkompas options" not in shown(client.get(url))
    assert "rugkompas why" not in shown(client.get(url))


@pytest.mark.hazard("H-37")
@pytest.mark.parametrize("url", ["/keuzes/", "/keuzes/alles/", "/plan/"])
def test_how_fast_and_whom_to_call_stand_beside_the_choices(url: str, client: Client) -> None:
    text = shown(author(client).get(url))

    assert "Eerst dit: Afspraak maken." in text
    assert "Let op deze alarmsignalen" in text


@pytest.mark.hazard("H-19")
@pytest.mark.parametrize("sign", [{"fever_or_chills": "yes"}, {"bladder_change": "new_or_changed"}])
def test_when_it_is_urgent_there_is_nothing_to_choose_or_to_plan(
    sign: dict[str, str], client: Client
) -> None:
    author(client, **sign)
    before = visit_of(client).more

    for url in ("/keuzes/", "/plan/"):
        assert client.get(url).headers["Location"] == "/uitslag/"
        assert client.post(url, {"pick": "heat"}).headers["Location"] == "/uitslag/"
    assert client.get("/keuzes/alles/").headers["Location"] == "/uitslag/"
    assert visit_of(client).more == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_button_has_a_name_of_its_own_that_begins_with_what_it_shows(
    language: str, client: Client
) -> None:
    author(client, picks=["heat"])
    client.cookies["language"] = language
    act(client, reject=LIFT)
    names: list[str] = []
    for url in ("/keuzes/", "/plan/"):
        page = client.get(url).content.decode()
        labelled = re.findall(r'<button[^>]*aria-label="([^"]*)"[^>]*>([^<]*)</button>', page)
        names += [f"{url} {html.unescape(name)}" for name, _ in labelled if ": " in name]
        assert [(name, text) for name, text in labelled if text and text not in name] == []
    # What replaces something that was struck can be chosen there and in its own card.
    struck = instead(LIFT, _assessed(client).options, knowledge())
    singles = [name for name in names if not any(label(id_, language) in name for id_ in struck)]

    assert len(singles) == len(set(singles))


@pytest.mark.parametrize("picks", [None, ["heat", "walking_programme"]])
@pytest.mark.parametrize("url", ["/keuzes/", "/keuzes/alles/", "/plan/"])
def test_no_id_stands_twice_on_a_page_and_every_link_on_it_arrives(
    url: str, picks: list[str] | None, client: Client
) -> None:
    author(client, picks=picks)
    act(client, reject=LIFT)
    tags = Page(client.get(url).content.decode()).tags
    ids = [attrs["id"] for _, attrs in tags if attrs.get("id")]
    links = [str(attrs["href"])[1:] for _, attrs in tags if str(attrs.get("href")).startswith("#")]
    forms = {attrs["form"] for _, attrs in tags if "form" in attrs}

    assert sorted(ids) == sorted(set(ids))
    assert set(links) <= set(ids)
    assert forms <= set(ids)


def _assessed(client: Client) -> Any:
    return assess(visit_of(client).given, on=today(), knowledge=knowledge())
