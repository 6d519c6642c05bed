"""A practice's site with the component on it, served from this machine beside the real API."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from rugkompas.catalogue import Knowledge
from rugkompas.outputs.sentences import contact_words, emergency_number

INTAKE = Path(__file__).parents[2] / "intake"
MOST_WAIT = 15_000
HOSTILE = "<img src=x onerror=globalThis.broken=1><script>globalThis.broken=1</script>{host} 112"
PHONE = {"width": 390, "height": 844}
HEARD = """
globalThis.heard = [];
for (const name of ["rugkompas-result", "rugkompas-emergency"])
  addEventListener(name, (it) => heard.push([name, it.detail]));
"""
"""What a practice can hear of the component."""
FOCUSED = """() => {
  let it = document.activeElement;
  while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
  return [it?.localName ?? "", it?.textContent ?? ""];
}"""
_SEEN_AS_ANSWER = "Failed to load resource"
"""Chromium repeats each request that failed on its console; what was shown is looked at."""


class _Practice(SimpleHTTPRequestHandler):
    """Files of the component, and one page with it, under a policy as strict as it can be."""

    def __init__(self, api: str, bundle: str, *given: Any, **named: Any) -> None:
        self._api, self._bundle = api, bundle
        super().__init__(*given, directory=str(INTAKE), **named)

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            return self.end_headers()
        if not self.path.endswith(".html"):
            return super().do_GET()
        language = Path(self.path).stem
        given = {"api": self._api, "bundle": self._bundle}
        attributes = " ".join(f'{name}="{value}"' for name, value in given.items() if value)
        page = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="color-scheme" content="light dark"><title>Praktijk Voorbeeld</title>'
            '<script type="module" src="rugkompas-intake.js"></script>'
            "</head><body><main><h1>Praktijk Voorbeeld</h1>"
            f"<rugkompas-intake {attributes}></rugkompas-intake></main></body></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Content-Security-Policy", policy(self._api, self._bundle))
        self.end_headers()
        self.wfile.write(page)
        return None

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def policy(api: str, bundle: str = "") -> str:
    """No style, no image and no script but that of the site; no address but that of the API, and
    of the site itself when it has a bundle."""
    asked = " ".join(filter(None, ("'self'" if bundle else "", api)))
    return f"default-src 'none'; script-src 'self'; connect-src {asked}; base-uri 'none'"


@contextmanager
def practice(api: str = "", bundle: str = "") -> Iterator[str]:
    """The address of a practice's site whose component asks this API, or this bundled file."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Practice, api, bundle))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Guest:
    """Somebody on the page of a practice. faults: what the page may never do. sent: what it asked
    of the API; loaded: the names of all that it asked of the practice's own site."""

    page: Page
    api: str
    knowledge: Knowledge
    language: str
    faults: list[str]
    sent: list[Request]
    loaded: list[str]

    def word(self, key: str, **values: object) -> str:
        found = self.knowledge.words[self.language].web[key]
        return found.format(emergency_number=emergency_number(self.knowledge), **values)

    @property
    def element(self) -> Locator:
        return self.page.locator("rugkompas-intake")

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=2)

    def label(self, question: str) -> str:
        return self.knowledge.words[self.language].questions[question].label

    def presses(self, key: str) -> None:
        self.page.get_by_role("button", name=self.word(key), exact=True).click()

    def starts(self) -> None:
        self.presses("start_button")
        self.sees("age_years")

    def sees(self, question: str) -> None:
        expect(self.title).to_have_text(self.label(question))

    def types(self, question: str, text: str) -> None:
        self.page.get_by_role("textbox", name=self.label(question), exact=True).fill(text)

    def chooses(self, text: str, role: Any = "radio") -> None:
        self.page.get_by_role(role, name=text, exact=True).check()

    def goes_on(self) -> None:
        self.presses("next")

    def reaches_question_three(self) -> None:
        self.starts()
        self.types("age_years", "44")
        self.goes_on()
        self.sees("sex")
        self.chooses(self.knowledge.words[self.language].questions["sex"].values["male"])
        self.goes_on()
        self.sees("seriously_ill")

    def yes(self) -> str:
        return self.knowledge.words[self.language].report["answer_yes"]

    def no(self) -> str:
        return self.knowledge.words[self.language].report["answer_no"]

    def heard(self) -> list[tuple[str, dict[str, Any]]]:
        return [(name, detail) for name, detail in self.page.evaluate("heard")]

    def answers_sent(self) -> dict[str, Any]:
        """What the last request held."""
        body = json.loads(self.sent[-1].post_data or "{}")
        return dict(body.get("answers", body))


def guest(
    context: BrowserContext,
    address: str,
    api: str,
    knowledge: Knowledge,
    language: str,
    day: dt.date | None = None,
) -> Guest:
    """Opens the page in a language, and notes what it does. day: on which its clock stands."""
    context.set_default_timeout(MOST_WAIT)
    page = context.new_page()
    if day is not None:
        page.clock.set_fixed_time(dt.datetime.combine(day, dt.time(12)))
    made = Guest(page, api, knowledge, language, [], [], [])

    def asked(request: Request) -> None:
        if api and request.url.startswith(api):
            made.sent.append(request)
        elif request.url.startswith(address):
            made.loaded.append(request.url.removeprefix(f"{address}/"))
        else:
            made.faults.append(f"asked of another: {request.url}")

    def spoken(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _SEEN_AS_ANSWER not in message.text:
            made.faults.append(message.text)

    page.on("request", asked)
    page.on("console", spoken)
    page.on("pageerror", lambda error: made.faults.append(f"script: {error}"))
    page.add_init_script(HEARD)
    page.goto(f"{address}/{language}.html")
    return made


def walks(
    guest: Guest, told: Mapping[str, Any], *, by: str = "start_button", to: str = ""
) -> list[str]:
    """Presses a button and answers every page that comes, by step, or passes; until a result.

    to: the question at which to stop. Gives the steps in the order in which they were asked.
    """
    asked: list[str] = []
    page = _next(guest, partial(guest.presses, by))
    while page is not None and page["id"] != to:
        assert len(asked) < 300
        asked += [question["id"] for question in page["questions"]]
        page = _next(guest, partial(_answers, guest, page["questions"], told))
    return asked


def _next(guest: Guest, does: Callable[[], None]) -> Any:
    """What the API says comes next; and it is there."""
    with guest.page.expect_response(f"{guest.api}next*") as waiting:
        does()
    page = waiting.value.json()["page"]
    if page is not None:
        expect(guest.title).to_have_text(page["title"])
    return page


def _answers(guest: Guest, questions: list[dict[str, Any]], told: Mapping[str, Any]) -> None:
    for question in questions:
        answer = told.get(question["id"])
        if answer is None and len(questions) == 1:
            unknown = [it["text"] for it in question["choices"] if it["value"] == "unknown"]
            if not unknown:
                return guest.presses("component_pass")
            guest.chooses(unknown[0], "checkbox" if question["kind"] == "several" else "radio")
        elif answer is not None:
            fills_in(guest, question, answer)
    guest.goes_on()
    return None


def fills_in(guest: Guest, question: dict[str, Any], answer: Any) -> None:
    """Choose or type an answer to a question as the API asks it."""
    texts = {it["value"]: it["text"] for it in question["choices"]}
    group = guest.page.get_by_role("group", name=question["label"], exact=True)
    if question["kind"] in ("number", "duration"):
        guest.page.get_by_role("textbox", name=question["label"], exact=True).fill(str(answer))
    elif question["kind"] == "activities":
        for row, it in enumerate(answer):
            name = guest.word("activity_name", number=row + 1)
            boxes = group.get_by_role("group", name=name, exact=True).get_by_role("textbox")
            for place, text in enumerate((it["name"], it["start_0_10"], it["now_0_10"])):
                boxes.nth(place).fill(str(text))
    elif question["kind"] == "several":
        for text in [texts[one] for one in answer] or [question["nothing"]]:
            group.get_by_role("checkbox", name=text, exact=True).check()
    else:
        text = texts.get(str(answer), str(answer))
        group.get_by_role("radio", name=text, exact=True).check()


def meets_only_text(guest: Guest) -> None:
    """To an emergency while every sentence is ``HOSTILE``: each is shown as it is, and does
    nothing."""
    guest.presses("start_button")
    expect(guest.title).to_have_text(HOSTILE)
    guest.page.get_by_role("textbox").fill("44")
    guest.goes_on()
    for _ in range(2):
        expect(guest.page.get_by_role("radio", name=HOSTILE)).to_have_count(3)
        expect(guest.element.locator(":checked")).to_have_count(0)
        guest.page.get_by_role("radio").nth(1).check()
        guest.goes_on()

    expect(guest.page.get_by_role("button", name=guest.word("component_restart"))).to_be_visible()
    expect(guest.title).to_have_text(HOSTILE)
    expect(guest.element.locator("img, script")).to_have_count(0)
    expect(guest.element.locator("[href^='javascript' i]")).to_have_count(0)
    assert guest.page.evaluate("globalThis.broken") is None


def is_told_to_call(guest: Guest, language: str) -> Any:
    """To an emergency on the third question: the call first and alone, and the practice hears of
    it. Returns the result that it hears."""
    guest.reaches_question_three()
    guest.chooses(guest.yes())
    guest.goes_on()

    do, _ = contact_words(guest.knowledge, language, "call_112")
    expect(guest.title).to_have_text(do)
    call = guest.page.get_by_role("link", name=guest.word("emergency_call"), exact=True)
    expect(call).to_be_in_viewport(ratio=1)
    expect(call).to_have_attribute("href", "tel:112")
    # Nothing is asked, offered or said before it
    assert guest.page.get_by_role("radio").count() == 0
    assert guest.page.get_by_role("button", name=guest.word("offer_yes")).count() == 0
    words = guest.page.get_by_role("region").inner_text().splitlines()
    assert [it for it in words if it.strip()][1] == do
    assert guest.page.evaluate(FOCUSED) == ["h2", do]
    # And the practice hears of it, with whom to call, before the result
    (first, told), (then, result) = guest.heard()
    assert (first, then) == ("rugkompas-emergency", "rugkompas-result")
    assert (told["urgency"], told["contact"]["phone"]) == ("emergency", "112")
    return result
