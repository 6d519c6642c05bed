"""Two hundred people who wander: the outcome is always that of a fresh run with their answers.

Each step is one request: an answer, a change, back, forward, a reload, a second tab, a form that
is sent twice, another language, stopping, wiping, or a form that was tampered with.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from walks import Form, flat, form_of, idle, load_answers, page_at, tier_of, visit_of

from rugkompas.assess import assess
from rugkompas.assess.triage import RANK, Triage
from rugkompas.people.person import grouped, person
from rugkompas.web.rules import knowledge, today
from rugkompas.web.visit import COOKIE, Visit

WALKS, STEPS, SHARDS = 200, 60, 4
CALM = ("no", "none", "yes")
NAMES = ("answer", "answer", "answer1", "answer9", "age_years", "pass", "stop")
ODD = ("", " ", "yes", "unknown", "maybe", "-1", "1e9", "99999999", "<script>", "None", "\0", "nee")


class Wanderer:
    """One person with one browser and as many tabs as they like."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.alarm = self.chance.choice((0.0, 0.02, 0.1, 0.3))
        self.browser = Client(HTTP_HOST="127.0.0.1")
        self.tabs: list[tuple[Form, tuple[str, ...]]] = []
        self.cookies: list[str] = []
        self.told: dict[str, Any] = {}
        """What this person last said, as the test understands it."""
        self.visit: Visit = visit_of(self.browser)
        self.actions = {
            self.look_at_next: 22,
            self.answer: 30,
            self.look_back: 5,
            self.look_at_check: 1,
            self.look_at_one_to_change: 5,
            self.answer_in_old_tab: 8,
            self.send_twice: 4,
            self.send_with_old_cookie: 2,
            self.switch_language: 3,
            self.stop: 2,
            self.wipe: 0.4,
            self.tamper: 10,
        }

    def step(self) -> None:
        (action,) = self.chance.choices([*self.actions], [*self.actions.values()])
        action()

    # Looking

    def look(self, url: str) -> None:
        """Open a page in a new tab; a question page can be answered there, later too."""
        response = self.browser.get(url)
        self.check(response)
        if response.status_code == 200 and b'name="page"' in response.content:
            asked = page_at(visit_of(self.browser), int(url.split("/")[2]))
            assert asked is not None
            self.tabs.append((form_of(url, response.content.decode()), asked.steps))
        elif response.status_code == 302:
            self.next_url = response.headers["Location"]

    next_url = "/vragen/"

    def look_at_next(self) -> None:
        url = self.next_url if self.next_url.startswith("/vragen/") else "/vragen/"
        if url == "/vragen/":
            url = self.browser.get(url).headers["Location"]
        if url.startswith("/vragen/"):
            self.look(url)
        self.next_url = "/vragen/"

    def look_back(self) -> None:
        self.look(f"/vragen/{self.chance.randint(1, len(self.visit.asked) + 2)}/")

    def look_at_check(self) -> None:
        self.look("/controle/")

    def look_at_one_to_change(self) -> None:
        self.look(f"/controle/{self.chance.randint(1, len(self.visit.asked) + 2)}/")

    # Answering

    def answer(self, place: int = -1) -> None:
        if not self.tabs:
            return self.look_at_next()
        form, steps = self.tabs[place]
        self.send(form, steps, *self.filled(form, steps))
        return None

    def answer_in_old_tab(self) -> None:
        self.answer(self.chance.randrange(len(self.tabs)) if self.tabs else -1)

    def send_twice(self) -> None:
        if self.tabs:
            form, steps = self.tabs[-1]
            sent, meant = self.filled(form, steps)
            self.send(form, steps, sent, meant)
            self.send(form, steps, sent, meant)

    def send_with_old_cookie(self) -> None:
        """A tab whose request was on its way while another one answered: the last one counts."""
        if self.tabs and self.cookies:
            self.browser.cookies[COOKIE] = self.chance.choice(self.cookies[-5:])
            self.visit = visit_of(self.browser)
            self.told = flat(self.visit.given)
            self.answer()

    def filled(self, form: Form, steps: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
        """(what is sent, what is meant by it: an answer, or None for passing over)."""
        sent: dict[str, Any] = {"page": form.page}
        if form.passes and self.chance.random() < 0.1:
            return {**sent, "pass": "1"}, dict.fromkeys(steps)
        meant: dict[str, Any] = {}
        for place, step in enumerate(steps):
            name = f"answer{place or ''}"
            if len(steps) > 1 and self.chance.random() < 0.4:
                meant[step] = None
            elif name in form.choices:
                chosen = self.chosen(form.choices[name])
                sent[name] = chosen
                meant[step] = self.meant(name, chosen, form)
            elif step == "pain_duration_days":
                days = self.chance.choice((3, 20, 50, 400))
                sent[name], meant[step] = [str(days), "days"], days
            elif name in form.typed:
                number = self.chance.choice((1, 12, 17, 18, 30, 49, 50, 75, 119))
                sent[name], meant[step] = str(number), number
            else:
                meant[step] = None
                sent["pass"] = "1"
        return sent, meant

    def chosen(self, values: tuple[str, ...]) -> str:
        calm = [value for value in values if value in CALM[:2]]
        if calm and self.chance.random() >= self.alarm:
            return calm[0]
        return self.chance.choice(values)

    @staticmethod
    def meant(name: str, chosen: str, form: Form) -> Any:
        if name in form.boxes:
            return [] if chosen == "none" else [chosen]
        return int(chosen) if chosen.isdecimal() else chosen

    def send(
        self, form: Form, steps: tuple[str, ...], sent: dict[str, Any], meant: Mapping[str, Any]
    ) -> None:
        before = visit_of(self.browser)
        number = int(form.url.split("/")[2])
        # An answer is changed where it stands; only the interview asks one more.
        last = len(before.asked) + form.url.startswith("/vragen/")
        there = page_at(before, number) if number <= last else None
        response = self.browser.post(form.url, sent)
        now = visit_of(self.browser)
        took = there is not None and there.id == form.page and response.status_code == 302
        if took and "stop" not in sent:
            steps = there.steps  # type: ignore[union-attr]
            for step in steps:
                # A page that another tab made shorter or longer is read as it is now.
                self.told.pop(step, None)
                answer = meant.get(step)
                if answer is not None:
                    self.told[step] = answer
        else:
            assert now.given == before.given
        self.check(response)

    # Other things people do

    def switch_language(self) -> None:
        language = self.chance.choice(("nl", "en"))
        self.check(self.browser.post("/taal/", {"language": language, "next": "/vragen/1/"}))

    def stop(self) -> None:
        if self.tabs:
            form, _ = self.tabs[-1]
            before = visit_of(self.browser)
            data = {"page": form.page, "stop": "1"} if form.stops else {"page": form.page}
            self.check(self.browser.post(form.url, data))
            assert visit_of(self.browser).given == before.given

    def wipe(self) -> None:
        self.browser.post("/wissen/")
        self.browser.cookies.clear()
        self.told, self.visit, self.cookies = {}, visit_of(self.browser), []
        self.check(self.browser.get("/controle/"))

    def tamper(self) -> None:
        """Names, values, pages and numbers that no form of ours sends."""
        number = self.chance.randint(0, len(self.visit.asked) + 3)
        there = page_at(self.visit, number) if 0 < number <= len(self.visit.asked) + 1 else None
        ids = [*knowledge().questions, "offer", "life_job", "factors_home", "x", ""]
        page = there.id if there and self.chance.random() < 0.7 else self.chance.choice(ids)
        data: dict[str, Any] = {"page": page}
        for _ in range(self.chance.randint(0, 4)):
            name = self.chance.choice(
                ("answer", "answer", "answer1", "answer9", "age_years", "pass")
            )
            data[name] = [self.chance.choice(ODD) for _ in range(self.chance.randint(1, 3))]
        road = self.chance.choice(("vragen", "controle"))
        response = self.browser.post(f"/{road}/{number}/", data)
        now = visit_of(self.browser)
        changed = {
            step
            for step in {**flat(now.given), **self.told}
            if flat(now.given).get(step) != flat(self.visit.given).get(step)
        }
        if changed:
            # Only what stands on the page of that number can change, and to a real answer.
            assert there is not None
            assert page == there.id
            assert all(step in there.steps or step not in flat(now.given) for step in changed)
            person(now.given, knowledge())
        for step in changed:
            self.told.pop(step, None)
        self.told |= {step: it for step, it in flat(now.given).items() if step in changed}
        self.check(response)

    # What must hold

    def check(self, response: HttpResponse) -> None:
        """The answers are those that were given, and the outcome is theirs."""
        assert response.status_code in (200, 302, 404, 422)
        now = visit_of(self.browser)
        if now == self.visit:
            return
        self.visit = now
        self.cookies.append(self.browser.cookies[COOKIE].value)
        held = flat(now.given)
        others = {s: (it, self.told.get(s)) for s, it in held.items() if self.told.get(s) != it}
        assert others == {}
        fresh = triage_of(now.given)
        location = response.headers.get("Location", "")
        if location == "/nu/":
            assert fresh.urgency == "emergency"
        if fresh.urgency == "emergency" and location.startswith(
            ("/controle", "/uitslag", "/keuzes")
        ):
            raise AssertionError(f"an emergency led to {location}")
        dropped = {step: it for step, it in self.told.items() if step not in held}
        if dropped:
            # Only what does not apply is dropped, and that raises nothing.
            assert dropped.keys() <= idle(now.given)
            whole = triage_of({**now.given, **dropped})
            assert RANK[fresh.urgency] >= RANK[whole.urgency], dropped
            for step in dropped:
                del self.told[step]

    def check_shown(self) -> None:
        """The page shows what a new person with these answers is shown."""
        fresh = triage_of(self.visit.given)
        self.browser.cookies["language"] = "nl"
        response = self.browser.get("/uitslag/")
        if not self.visit:
            assert response.headers["Location"] == "/vragen/"
            return
        if fresh.urgency == "emergency":
            assert response.headers["Location"] == "/nu/"
            response = self.browser.get("/nu/")
        file = self.browser.get("/antwoorden.json").content
        other = Client(HTTP_HOST="127.0.0.1")
        assert load_answers(other, file).status_code == 302
        same = other.get("/nu/" if fresh.urgency == "emergency" else "/uitslag/")
        html = response.content.decode()
        assert tier_of(html) == fresh.urgency
        assert main_of(html) == main_of(same.content.decode())


def triage_of(answers: Mapping[str, Any]) -> Triage:
    return assess(grouped(answers, knowledge()), on=today(), knowledge=knowledge()).triage


def main_of(html: str) -> str:
    """The result itself; how to go on differs with what was asked, and not with the outcome."""
    main = html.split("<main")[1].split("</main>")[0]
    return re.sub(r'<nav class="next".*?</nav>', "", main, flags=re.DOTALL)


@pytest.mark.hazard("H-05", "H-07", "H-51")
@pytest.mark.parametrize("shard", range(SHARDS))
def test_however_people_wander_the_outcome_is_that_of_their_answers(shard: int) -> None:
    for walk in range(WALKS // SHARDS):
        wanderer = Wanderer(20261125 + 1000 * shard + walk)
        for step in range(STEPS):
            try:
                wanderer.step()
            except BaseException as error:
                error.add_note(f"walk {walk} of shard {shard}, step {step}")
                raise
        wanderer.check_shown()
