"""A bundled file that is too old, broken or hostile asks nothing, and says whom to call."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Route, expect

from intake.conftest import Somebody
from intake.running import HOSTILE, INTAKE, Guest, meets_only_text
from rugkompas.catalogue import Knowledge
from rugkompas.web.bundle import bundle, last_day

TEXT = (INTAKE / "bundle.json").read_text("utf-8")
BUNDLE = json.loads(TEXT)
FIRST, LAST = (dt.date.fromisoformat(BUNDLE[key]) for key in ("from", "until"))
ONE_DAY = dt.timedelta(days=1)


def asks_nothing(guest: Guest, kind: str) -> None:
    expect(guest.title).to_have_text(guest.word("component_nothing_title"))
    expect(guest.element).to_contain_text(guest.word(f"component_trouble_{kind}"))
    expect(guest.element).to_contain_text(guest.word("component_trouble_worried"))
    expect(guest.element.locator("a[href='tel:112']").first).to_be_visible()
    expect(guest.element.locator("button, form, input")).to_have_count(0)


def opens_with(guest: Guest, text: str | bytes, **answer: Any) -> None:
    """The page again, now with this as the bundled file."""
    given = {"body": text, "content_type": "application/json", **answer}
    guest.page.route("**/bundle.json", lambda route: route.fulfill(**given))
    guest.page.reload()


@pytest.mark.hazard("H-55")
@pytest.mark.parametrize("day", [FIRST - ONE_DAY, LAST + ONE_DAY, LAST + 3000 * ONE_DAY])
def test_before_its_release_and_after_its_last_day_nothing_is_asked(
    alone: Somebody, day: dt.date
) -> None:
    asks_nothing(alone(day=day), "old")


@pytest.mark.hazard("H-55")
@pytest.mark.parametrize("day", [FIRST, LAST])
def test_on_its_first_and_on_its_last_day_it_asks(alone: Somebody, day: dt.date) -> None:
    alone(day=day).starts()


@pytest.mark.hazard("H-55")
def test_a_page_that_stood_open_for_months_does_not_begin(alone: Somebody) -> None:
    guest = alone()
    expect(guest.title).to_have_text(guest.word("component_start_title"))
    guest.page.clock.set_fixed_time(dt.datetime.combine(LAST + ONE_DAY, dt.time(12)))
    guest.presses("start_button")

    asks_nothing(guest, "old")


def test_the_last_day_is_that_of_the_review_or_before_a_number_changes(
    knowledge: Knowledge,
) -> None:
    release = knowledge.release
    assert last_day(knowledge) == release.review_by == LAST

    severe = knowledge.parameters["pain_severe"]
    later = msgspec.structs.replace(severe.values[0], from_=release.date + 9 * ONE_DAY, value=8)
    changed = msgspec.structs.replace(severe, values=[*severe.values, later])
    with_change = msgspec.structs.replace(
        knowledge, parameters={**knowledge.parameters, "pain_severe": changed}
    )
    assert last_day(with_change) == release.date + 8 * ONE_DAY
    assert bundle(with_change)["pain_severe"] == 7


def test_a_signed_release_is_no_demonstration(knowledge: Knowledge) -> None:
    signed = msgspec.structs.replace(
        knowledge, release=msgspec.structs.replace(knowledge.release, signed_by="A. Arts")
    )

    made = bundle(signed)

    assert not made["demonstration"]
    assert {said["status"] for said in made["said"].values()} == {""}


def _with(**changed: Any) -> str:
    return json.dumps({**BUNDLE, **changed})


def _but(change: Callable[[dict[str, Any]], None]) -> str:
    made = copy.deepcopy(BUNDLE)
    change(made)
    return json.dumps(made)


def _line(place: int, line: list[Any]) -> Callable[[dict[str, Any]], None]:
    return lambda made: made["lines"].__setitem__(place, line)


def _deep(levels: int) -> str:
    return TEXT.replace('"lines":[', '"lines":[' + "[" * levels + "]" * levels + ",", 1)


BROKEN: Mapping[str, str] = {
    "empty": "",
    "cut short": TEXT[: len(TEXT) // 2],
    "a page": "<p>not JSON</p>",
    "a list": "[]",
    "nothing": "null",
    "another form": _with(form=2),
    "no form": _but(lambda made: made.pop("form")),
    "no rows": _with(rows=[]),
    "rows of words": _with(rows=["E01"]),
    "a day in words": _with(until="never"),
    "no day": _with(until=None),
    "a number as text": _with(pain_severe="7"),
    "a number without end": TEXT.replace('"pain_severe":7', '"pain_severe":1e999'),
    "a language less": _but(lambda made: made["said"].pop("en")),
    "a row without words": _but(lambda made: made["said"]["nl"]["rows"].pop("E01")),
    "a question without words": _but(lambda made: made["said"]["nl"]["questions"].pop("sex")),
    "a tier without words": _but(lambda made: made["said"]["nl"]["tiers"].pop("emergency")),
    "a row that leads nowhere": _but(lambda made: made["rows"][0].update(line=9999)),
    "a row before the first line": _but(lambda made: made["rows"][0].update(line=-1)),
    "nobody to contact": _but(lambda made: made["rows"][0].update(contact="nobody")),
    "a contact by prototype": _but(lambda made: made["rows"][0].update(contact="constructor")),
    "an answer without a code": _but(lambda made: made["variables"]["sex"]["words"].pop()),
    "a member without a code": _but(lambda made: made["variables"].pop("spa_features.family")),
    "a number with words": _but(lambda made: made["variables"]["pain_nrs"].update(words=["0"])),
    "a word less for an answer": _but(
        lambda made: made["said"]["en"]["clauses"]["leg_pain"].pop("unknown")
    ),
    "an unknown tier": _but(lambda made: made["rows"][0].update(urgency="soon")),
    "tiers turned round": _but(lambda made: made["tiers"].reverse()),
    "two rows for when no other fires": _but(lambda made: made["rows"][0].update(line=None)),
    "no row for what is incomplete": _with(incomplete="E99"),
    "a line that leads to itself": _but(_line(400, ["and", 400, 1])),
    "a line that leads on": _but(_line(10, ["not", 11])),
    "an unknown verb": _but(_line(10, ["run", 1])),
    "a verb by prototype": _but(_line(10, ["constructor", 1])),
    "a verb that is no word": _but(_line(10, [["and"], 1, 2])),
    "an empty line": _but(_line(10, [])),
    "a comparison with nothing": _but(_line(10, ["at_least", "nothing", 1])),
    "a comparison with a prototype": _but(_line(10, ["at_least", "__proto__", 1])),
    "half a number": _but(_line(10, ["at_least", "age_years", 1.5])),
    "a name of every object": _but(
        lambda made: made["applies"].update({"__proto__": 1, "constructor": 1})
    ),
    "a polluted part": TEXT.replace('"contacts":{', '"contacts":{"__proto__":{"rank":0},', 1),
    "very deep": _deep(100_000),
    "too many lines": _with(lines=[["one_of", "sex", [1]]] * 3000),
    "too long a sentence": _but(lambda made: made["said"]["nl"].update(status="x" * 5000)),
}
FETCHED: Mapping[str, str] = {
    "not JSON": BROKEN["a page"],
    "another form": BROKEN["another form"],
    "too large": TEXT.replace('"form"', '"more":"' + "x" * 1_000_000 + '","form"', 1),
}


READ = """async (files) => {
  const { read } = await import("/bundled.js");
  return Object.fromEntries(Object.entries(files).map(([name, text]) => {
    try { return [name, read(text).form]; } catch (error) { return [name, error.kind]; }
  }));
}"""


@pytest.mark.hazard("H-51", "H-55")
def test_what_is_not_whole_is_not_read_at_all(alone: Somebody) -> None:
    guest = alone()

    found = guest.page.evaluate(READ, {**BROKEN, "as it is": TEXT})

    assert found.pop("as it is") == BUNDLE["form"]
    assert {name: kind for name, kind in found.items() if kind != "unfit"} == {}
    assert len(found) == len(BROKEN)
    assert guest.page.evaluate("({}).rank") is None


@pytest.mark.hazard("H-51", "H-55")
@pytest.mark.parametrize("name", FETCHED)
def test_with_such_a_file_nothing_is_asked(alone: Somebody, name: str) -> None:
    guest = alone()
    opens_with(guest, FETCHED[name])

    asks_nothing(guest, "unfit")


def test_a_file_that_is_not_there_is_said_and_one_that_may_come_can_be_tried_again(
    alone: Somebody,
) -> None:
    guest = alone()
    opens_with(guest, "", status=404)
    asks_nothing(guest, "unfit")
    guest.page.unroute_all()
    opens_with(guest, "", status=503)
    expect(guest.page.get_by_role("alert")).to_contain_text(
        guest.word("component_trouble_unreachable")
    )
    guest.page.unroute_all()
    guest.presses("component_retry")
    guest.starts()


def _hostile(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: "javascript:globalThis.broken=1" if name == "url" else _hostile_of(name, it)
            for name, it in value.items()
        }
    if isinstance(value, list):
        return [_hostile(it) for it in value]
    return HOSTILE if isinstance(value, str) else value


def _hostile_of(name: str, value: Any) -> Any:
    return value if name in ("kind", "value") else _hostile(value)


def test_words_of_a_bundle_are_shown_as_text(alone: Somebody) -> None:
    guest = alone()
    said = {language: _hostile(words) for language, words in BUNDLE["said"].items()}
    contacts = {id_: {**it, "phone": 'javascript:"'} for id_, it in BUNDLE["contacts"].items()}
    opens_with(guest, _with(said=said, contacts=contacts))

    meets_only_text(guest)


def test_a_redirect_is_not_followed(alone: Somebody) -> None:
    guest = alone()

    def away(route: Route) -> None:
        route.fulfill(status=302, headers={"Location": "https://elders.example/bundle.json"})

    guest.page.route("**/bundle.json", away)
    guest.page.reload()

    expect(guest.page.get_by_role("alert")).to_contain_text(
        guest.word("component_trouble_unreachable")
    )
