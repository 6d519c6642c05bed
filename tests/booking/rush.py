"""Many people at once at a running site: each has a form that is whole, and sends it."""

from __future__ import annotations

import base64
import datetime as dt
import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
from cryptography.fernet import Fernet

from rugkompas.web.booking.drafts import Draft
from rugkompas.web.booking.sealing import DRAFT, _derived

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Rush:
    """secret: the key of the site, with which it sealed what people filled in."""

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        self._seal = Fernet(base64.urlsafe_b64encode(_derived(secret, DRAFT)))
        self._token = ""

    def sends(
        self, starts: Sequence[dt.datetime], people: int, threads: int
    ) -> tuple[Counter[int], list[float]]:
        """(how many answers of each status, seconds of each): so many people, each at one of
        these times by chance, by so many threads that begin in the same moment."""
        chosen = random.Random(7)
        drafts = [
            Draft("intake", "anna", False, chosen.choice(starts), f"P {number}",
                  f"p{number}@mail.example", "", "nothing", (), False, True)
            for number in range(people)
        ]  # fmt: skip
        self._take_token(drafts[0])
        found: Counter[int] = Counter()
        seconds: list[float] = []
        together, lock = threading.Barrier(threads), threading.Lock()

        def work(mine: list[Draft]) -> None:
            together.wait()
            for draft in mine:
                begun = time.perf_counter()
                status = self._send("POST", draft)[0]
                took = time.perf_counter() - begun
                with lock:
                    found[status] += 1
                    seconds.append(took)

        running = [
            threading.Thread(target=work, args=(drafts[number::threads],))
            for number in range(threads)
        ]
        for each in running:
            each.start()
        for each in running:
            each.join()
        return found, seconds

    def _take_token(self, draft: Draft) -> None:
        _, cookies = self._send("GET", draft)
        self._token = next(
            it.split(";")[0].split("=")[1] for it in cookies if it.startswith("csrftoken=")
        )

    def _send(self, method: str, draft: Draft) -> tuple[int, list[str]]:
        sealed = self._seal.encrypt(msgspec.json.encode(draft)).decode()
        cookies = f"booking={sealed}" + (f"; csrftoken={self._token}" if self._token else "")
        host = f"127.0.0.1:{self._port}"
        headers = {"Cookie": cookies, "Origin": f"http://{host}", **_FORM}
        body = urlencode({"csrfmiddlewaretoken": self._token}) if method == "POST" else None
        line = http.client.HTTPConnection(host, timeout=60)
        try:
            line.request(method, "/afspraak/controle/", body, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers.get_all("Set-Cookie") or []
        finally:
            line.close()
