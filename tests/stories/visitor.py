"""Somebody who visits the site, in words that a story can use.

A visitor finds everything as a person does: by its role and its name. The names come from the
knowledge, so a story breaks when a page loses something, not when a text is improved.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Request,
    Response,
    expect,
)
from pypdf import PdfReader

from rugkompas.assess.pages import Page as Asked
from rugkompas.catalogue import Knowledge
from rugkompas.outputs.sentences import Voice, emergency_number
from rugkompas.web.asking import NONE, Field, fields

MOST_WAIT = 15_000
"""Milliseconds before something that does not come counts as missing."""
_SEEN_AS_ANSWER = "Failed to load resource: the server responded with a status of"
"""Chromium repeats each 4xx on its console; what answered is looked at by itself."""


class Visitor:
    """A person with a browser. A second one of the same person is ``on_another_device``.

    What a page of ours may never do is noted in ``faults``: ask something of another host,
    say an error on the console (a broken content security policy too), miss a file.
    """

    def __init__(
        self, context: BrowserContext, address: str, knowledge: Knowledge, language: str = "nl"
    ) -> None:
        self.context = context
        self.address = address
        self.knowledge = knowledge
        self.language = language
        self.faults: list[str] = []
        self.labels: dict[str, dict[str, str]] = {}
        """Language -> what each step is called -> the step."""
        self.document: Response | None = None
        self.files: dict[str, Response] = {}
        """What came over the line: the last page, and each file the first time."""
        context.set_default_timeout(MOST_WAIT)
        self.page = self._watched(context.new_page())

    # Where they are

    @property
    def path(self) -> str:
        """The address of the page, without the host."""
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def word(self, key: str, **values: object) -> str:
        """A sentence of the site, by its key."""
        number = emergency_number(self.knowledge)
        found = self.knowledge.words[self.language].web[key]
        return found.format(emergency_number=number, **values)

    def said(self, key: str, **values: object) -> str:
        """A sentence of a report, by its key."""
        return Voice(self.knowledge, self.language)(key, **values)

    # What they do

    def opens(self, path: str = "/") -> None:
        self.page.goto(f"{self.address}{path}")

    def starts(self) -> None:
        self.opens()
        self.follows("start_button")

    def follows(self, key: str, **values: object) -> None:
        """Follow the first link with these words."""
        name = self.word(key, **values)
        self._leaves_by(self.page.get_by_role("link", name=name, exact=True))

    def presses(self, key: str, **values: object) -> None:
        """Press the first button with these words."""
        name = self.word(key, **values)
        self._leaves_by(self.page.get_by_role("button", name=name, exact=True))

    def presses_for(self, key: str, about: str) -> None:
        """Press the button with these words that is about one thing of many."""
        name = f"{self.word(key)}: {about}"
        self._leaves_by(self.page.get_by_role("button", name=name, exact=True))

    def goes_on(self) -> None:
        self.presses("next")

    def goes_back(self) -> None:
        self.follows("back")

    def answers(self, step: str, answer: Any) -> None:
        """Choose or type an answer, and go on."""
        self.fills_in(step, answer)
        self.goes_on()

    def fills_in(self, step: str, answer: Any) -> None:
        """Choose or type an answer. step: as in ``assess.pages``."""
        field = self.field(step)
        if field.kind in ("number", "duration"):
            self.fills(field.label, str(answer))
        elif field.kind == "activities":
            self._types_activities(answer)
        else:
            for one in _chosen(answer):
                self._chooses(self.choice(step, one))

    def fills(self, label: str, text: str) -> None:
        """Type in the box with this label."""
        self._types(self._box(label), text)

    def changes(self, step: str) -> None:
        """On the page with all answers: follow the link to this one."""
        self.follows("check_change_label", question=self.field(step).label)

    def strikes(self, option: str) -> None:
        """Say of an option that it does not fit."""
        self._acts("option_strike", option)

    def says_why(self, words: str) -> None:
        """Of the option that was struck just now."""
        self.fills(self.word("option_why"), words)
        self.presses("option_unwanted")

    def picks(self, option: str) -> None:
        """Put an option in the plan."""
        self._acts("option_pick", option)

    def plans(self, option: str, when: str) -> None:
        """Say where and when, for an option of the plan."""
        step = self.main.get_by_role("listitem").filter(has=self.about(option))
        self._types(step.get_by_role("textbox"), when)
        self._acts("plan_save", option)

    def passes(self) -> None:
        self.presses("pass")

    def speaks(self, language: str) -> None:
        """Chose this language before."""
        self.language = language
        self.context.add_cookies(
            [{"name": "language", "value": language, "url": self.address, "sameSite": "Strict"}]
        )

    def switches_language(self) -> None:
        name = f"{self.word('switch_language')}: {self.word('switch_language_label')}"
        self._leaves_by(self.page.get_by_role("button", name=name, exact=True))
        self.language = {"nl": "en", "en": "nl"}[self.language]
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def wipes(self) -> None:
        self.presses("wipe")
        expect(self.title).to_have_text(self.word("wiped_title"))

    def tells(self, answers: Mapping[str, Any]) -> None:
        """Give all these answers at once, from a file."""
        self.loads(json.dumps(answers).encode())

    def loads(self, file: bytes) -> None:
        """Open a file with answers."""
        self.sends_file(file)
        expect(self.title).to_have_text(self.word("check_title"))

    def sends_file(self, file: bytes) -> None:
        self.opens("/laden/")
        sent: FilePayload = {"name": "me.json", "mimeType": "application/json", "buffer": file}
        self.page.get_by_label(self.word("load_file")).set_input_files(sent)
        self.presses("load_button")

    def opens_a_tab(self) -> Page:
        """A second tab of the same browser; the first one stays."""
        return self._watched(self.context.new_page())

    # What they see

    def sees(self, text: str) -> None:
        expect(self.main).to_contain_text(text)

    def sees_not(self, text: str) -> None:
        expect(self.main).not_to_contain_text(text)

    def sees_question(self, step: str) -> None:
        """The question has this page for itself."""
        expect(self.title).to_have_text(self.field(step).label)

    def sees_answer(self, step: str, answer: Any) -> None:
        """The page of the question holds this answer."""
        for one in _chosen(answer):
            expect(self.choice(step, one)).to_be_checked()

    def about(self, option: str) -> Locator:
        """The heading of an option."""
        return self.page.get_by_role("heading", name=self.label(option), exact=True)

    def label(self, option: str) -> str:
        """What an option is called."""
        return self.knowledge.words[self.language].options[option].label

    def choice(self, step: str, value: str) -> Locator:
        """The button or box of one answer."""
        field = self.field(step)
        texts = {it.value: it.text for it in field.choices}
        role = "checkbox" if field.kind == "several" else "radio"
        group = self.page.get_by_role("group", name=field.label, exact=True)
        return group.get_by_role(role, name=texts.get(value, value), exact=True)

    def field(self, step: str) -> Field:
        """What the page of this step asks, in the language of the visitor."""
        voice = Voice(self.knowledge, self.language)
        page = Asked(step, "signs", (step,))
        return fields(page, {}, self.knowledge, voice, self.word)[0]

    def downloads(self, key: str) -> bytes:
        """The file behind the first link with these words."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=self.word(key), exact=True).first.click()
        return Path(waiting.value.path()).read_bytes()

    def prints(self) -> str:
        """The words that come on paper."""
        return words_of_pdf(self.page.pdf())

    def weight(self) -> int:
        """Bytes, as they came over the line, of this page and its files on a first visit."""
        assert self.document is not None
        loaded = (self.document, *self.files.values())
        return sum(each.request.sizes()["responseBodySize"] for each in loaded)

    def outcome(self) -> str:
        """All that the result says."""
        self.opens("/uitslag/")
        return self.main.inner_text()

    # How they do it

    def _leaves_by(self, link: Locator) -> None:
        # A click alone does not wait for the next page.
        with self.page.expect_navigation():
            link.first.click()

    def _chooses(self, choice: Locator) -> None:
        choice.check()

    def _types(self, box: Locator, text: str) -> None:
        box.fill(text)

    # What happens meanwhile

    def _box(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def _acts(self, key: str, option: str) -> None:
        name = f"{self.word(key)}: {self.label(option)}"
        button = self.page.get_by_role("button", name=name, exact=True, include_hidden=True)
        folded = self.page.locator("details:not([open])").filter(has=button)
        while folded.count():
            folded.first.locator("summary").first.click()
        self._leaves_by(button)

    def _types_activities(self, activities: list[Mapping[str, Any]]) -> None:
        for row, activity in enumerate(activities):
            boxes = {
                self.word("activity_name", number=row + 1): (0, activity["name"]),
                self.word("activity_start"): (row, activity["start_0_10"]),
                self.word("activity_now"): (row, activity["now_0_10"]),
            }
            for label, (place, text) in boxes.items():
                self._types(self.page.get_by_label(label, exact=True).nth(place), str(text))

    def _watched(self, page: Page) -> Page:
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("console", self._spoken)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", lambda it: self._failed(it))
        return page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(f"{self.address}/"):
            self.faults.append(f"asked of another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self.document = response
        else:
            self.files.setdefault(response.url, response)
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status}: {response.url}")

    def _spoken(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _SEEN_AS_ANSWER not in message.text:
            self.faults.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        # Going on before a picture came, and a download, end what was on its way.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"not loaded: {request.url} {request.failure}")


def words_of_pdf(pdf: bytes) -> str:
    """The text of all its pages, each run of white space as one space."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())


def _chosen(answer: Any) -> tuple[str, ...]:
    if isinstance(answer, list | tuple):
        return tuple(answer) or (NONE,)
    return (str(answer),)
