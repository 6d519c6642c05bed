"""People who walk through the site, for Locust: a page, an answer, the next page, a result.

Every one asks once a second. They answer so that the interview goes on to the end.
"""

from __future__ import annotations

import random
import re

from locust import HttpUser, constant_throughput, task

CALM = ("no", "none", "yes", "unknown")
"""Values that keep most interviews going, in this order."""
RESULTS = ("/controle/", "/uitslag/", "/keuzes/", "/plan/", "/samenvatting/")


class Person(HttpUser):
    """One visit after another."""

    wait_time = constant_throughput(1)

    def on_start(self) -> None:
        self.chance = random.Random(20261125)
        self.address = "/vragen/"
        self.page = ""

    @task
    def go_on(self) -> None:
        """Open the page, or send an answer to the one that is open."""
        if not self.page:
            self._open(self.address)
        elif 'name="page"' in self.page:
            self._answer()
        else:
            self._look()

    def _open(self, address: str) -> None:
        answer = self.client.get(address, name=_name(address))
        self.address, self.page = answer.request.path_url, answer.text

    def _answer(self) -> None:
        form = _form(self.page)
        answer = self.client.post(self.address, data=form, name=_name(self.address))
        self.address, self.page = answer.request.path_url, answer.text

    def _look(self) -> None:
        if self.chance.random() < 0.1:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
            form = {"csrfmiddlewaretoken": token[1] if token else ""}
            self.client.post("/wissen/", data=form, name="/wissen/")
            self.address, self.page = "/vragen/", ""
        else:
            self._open(self.chance.choice(RESULTS))


def _form(page: str) -> dict[str, str]:
    """An answer to every field of a page."""
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    for name in sorted(set(re.findall(r'name="(answer\d*)"', page))):
        values = re.findall(rf'name="{name}" value="([^"]+)" id', page)
        form[name] = next(
            (value for value in CALM if value in values), values[0] if values else "3"
        )
    if 'name="pass"' in page and 'type="text"' in page:
        form["pass"] = "1"
    return form


def _name(address: str) -> str:
    return re.sub(r"\d+", "N", address)
