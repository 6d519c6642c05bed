"""Ways through the component with a bundled file: nothing leaves the device."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from intake.conftest import Somebody
from intake.running import INTAKE, Guest, fills_in, is_told_to_call, practice
from rugkompas.assess import assess
from rugkompas.catalogue import Knowledge
from rugkompas.outputs.data import as_data
from stories.people import COURSE, steps

SAID = json.loads((INTAKE / "bundle.json").read_text("utf-8"))["said"]
OWN = {path.name for path in INTAKE.glob("*.js")} | {"bundle.json"}


def walks_alone(guest: Guest, told: Mapping[str, Any], *, to: str = "") -> list[str]:
    """Begins, and answers every page that comes, or says not to know, or passes; until a result.

    to: the question at which to stop. Gives the questions in the order in which they were asked.
    """
    questions = SAID[guest.language]["questions"]
    by_label = {question["label"]: id_ for id_, question in questions.items()}
    asked: list[str] = []
    guest.presses("start_button")
    form = guest.element.locator("form")
    expect(form).to_have_count(1)
    while form.count():
        label = guest.title.inner_text()
        id_ = by_label[label]
        asked.append(id_)
        if id_ == to:
            break
        _answers(guest, questions[id_], told.get(id_))
        expect(guest.title).not_to_have_text(label)
    return asked


def _answers(guest: Guest, question: dict[str, Any], answer: Any) -> None:
    unknown = [it["text"] for it in question["choices"] if it["value"] == "unknown"]
    if answer is not None:
        fills_in(guest, question, answer)
    elif unknown:
        guest.chooses(unknown[0], "checkbox" if question["kind"] == "several" else "radio")
    else:
        return guest.presses("component_pass")
    guest.goes_on()
    return None


@pytest.mark.hazard("H-37", "H-40", "H-43", "H-55")
def test_to_a_calm_result_with_nothing_asked_of_anybody(
    alone: Somebody, knowledge: Knowledge, day: dt.date, tmp_path: Path
) -> None:
    guest = alone()
    expect(guest.element).to_contain_text(guest.word("component_start_kept"))

    # Given all that is asked
    asked = walks_alone(guest, steps(COURSE))
    # Then nothing but the component itself was fetched
    assert guest.sent == []
    assert set(guest.loaded) - {"favicon.ico"} == {"nl.html", *OWN}
    # And the practice hears what the library says
    expected = as_data(assess(COURSE, on=day, knowledge=knowledge), "nl")
    title = knowledge.words["nl"].tiers[expected["triage"]["urgency"]].title
    expect(guest.title).to_have_text(title)
    [(name, heard)] = guest.heard()
    assert name == "rugkompas-result"
    same = json.loads(json.dumps({key: expected[key] for key in heard}))
    assert heard == same
    assert set(heard) > {"triage", "safety_net", "demonstration", "date"}
    expect(guest.element).to_contain_text(SAID["nl"]["status"].split("112")[0])
    # And going on is not offered, but the answers are, as every Rugkompas reads them
    expect(guest.page.get_by_role("button", name=guest.word("offer_yes"))).to_have_count(0)
    with guest.page.expect_download() as waiting:
        guest.presses("component_save_button")
    assert waiting.value.suggested_filename == "antwoorden.json"
    waiting.value.save_as(tmp_path / "mine.json")
    kept = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    members = {name: it for name, it in kept.items() if name != "ibp_items"}
    assert set(members) | set(kept.get("ibp_items", {})) <= set(asked)
    assert assess(kept, on=day, knowledge=knowledge).triage == (
        assess(COURSE, on=day, knowledge=knowledge).triage
    )


def test_members_of_a_group_are_kept_under_their_group(
    alone: Somebody, knowledge: Knowledge
) -> None:
    guest = alone()
    given = {"age_years": 30, "spa_features": ["family"], "ibp_insidious": "yes"}
    text = guest.page.evaluate(
        """async (given) => {
          const bundled = await import("/bundled.js");
          const { bookOf } = await import("/book.js");
          const book = bookOf(await (await fetch("/bundle.json")).json());
          return bundled.fileOf(book, bundled.givenOf(given));
        }""",
        given,
    )

    kept = json.loads(text)
    assert kept == {
        "age_years": 30,
        "spa_features": ["family"],
        "ibp_items": {"ibp_insidious": "yes"},
    }
    assert assess(kept, knowledge=knowledge).person.given["ibp_insidious"] == "yes"


@pytest.mark.hazard("H-18", "H-36", "H-55")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_emergency_shows_the_phone_first_and_alone(alone: Somebody, language: str) -> None:
    guest = alone(language)

    is_told_to_call(guest, language)

    # A slip can be mended
    guest.presses("component_back_answers")
    guest.sees("seriously_ill")
    guest.chooses(guest.no())
    guest.goes_on()
    guest.sees("collapse_or_pulsating_belly")


def test_another_language_and_no_network_keep_the_answers(alone: Somebody) -> None:
    guest = alone()
    guest.reaches_question_three()
    guest.chooses(guest.no())
    guest.page.context.set_offline(True)
    guest.element.evaluate("(it) => it.setAttribute('lang', 'en')")
    guest.language = "en"
    guest.sees("seriously_ill")
    expect(guest.page.get_by_role("radio", name=guest.no(), exact=True)).to_be_checked()
    guest.goes_on()
    guest.sees("collapse_or_pulsating_belly")
    guest.presses("back")
    guest.presses("back")
    guest.presses("back")
    guest.presses("back")
    expect(guest.title).to_have_text(guest.word("component_start_title"))


def test_pain_that_lasts_longer_than_life_is_said_at_the_question(alone: Somebody) -> None:
    guest = alone()
    walks_alone(guest, {**steps(COURSE), "age_years": 19}, to="pain_duration_days")
    guest.types("pain_duration_days", "300")
    guest.page.get_by_role("combobox").select_option("months")
    guest.goes_on()

    expect(guest.page.get_by_role("alert")).to_contain_text(SAID["nl"]["longer_than_life"])
    expect(guest.page.get_by_role("textbox")).to_have_value("300")


@pytest.mark.hazard("H-55")
def test_a_bundle_stands_in_for_an_api_only_before_the_first_answer(
    somebody: Somebody, api: str, day: dt.date
) -> None:
    with practice(api, bundle="bundle.json") as address:
        # When the API is there, it is asked, also when it goes away halfway
        guest = somebody(address=address, day=day)
        guest.reaches_question_three()
        assert "bundle.json" not in guest.loaded
        guest.chooses(guest.yes())
        guest.page.route(f"{api}**", lambda route: route.abort())
        guest.goes_on()
        alert = guest.page.get_by_role("alert")
        expect(alert).to_contain_text(guest.word("component_trouble_unreachable"))
        guest.presses("back")
        guest.presses("back")
        guest.presses("back")
        guest.presses("start_button")
        expect(alert).to_contain_text(guest.word("component_trouble_unreachable"))
        assert "bundle.json" not in guest.loaded

        # When it was away from the start, the bundle is
        guest = somebody(address=address, day=day)
        guest.page.route(f"{api}**", lambda route: route.abort())
        guest.reaches_question_three()
        assert len(guest.sent) == 1
        guest.page.unroute(f"{api}**")
        guest.chooses(guest.yes())
        guest.goes_on()
        expect(guest.title).to_contain_text("112")
        assert len(guest.sent) == 1
        # And after wiping all, the API is asked again
        guest.presses("component_restart")
        expect(guest.element).not_to_contain_text(guest.word("component_start_kept"))
