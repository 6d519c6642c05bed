"""What it costs that all processes count together: one attempt to sign in, and one token.

The same attempts are counted in the memory of one process, in turn, so that the difference is the
price. Each goes through the real page, with a wrong password. DATABASE_URL names another database
than a file of SQLite; there must be nothing in it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial

from rugkompas.web.serving import prepare

TIMES = 100
WARM = 20
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
SHARED = "rugkompas.web.tallies.Tallies"


def measure() -> dict[str, float]:
    """Milliseconds: of an attempt to sign in (median), and of asking whether a token is new."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/site.sqlite3")
        os.environ["RUGKOMPAS_REQUESTS_A_MINUTE"] = "1000000"
        prepare("127.0.0.1")
        from django.db import connections

        try:
            return _attempts() | _tokens()
        finally:
            connections.close_all()


def _attempts() -> dict[str, float]:
    from django.conf import settings
    from django.test import Client, override_settings

    client = Client(HTTP_HOST="127.0.0.1")
    times: dict[str, list[tuple[float, float]]] = {MEMORY: [], SHARED: []}

    def attempt(number: int) -> None:
        # Each is another person at another address: nobody is refused.
        where = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        sent = {"login": f"nobody{number}@mail.example", "password": "niet dit wachtwoord"}
        answer = client.post("/account/inloggen/", sent, REMOTE_ADDR=where)
        assert answer.status_code == 422, answer.status_code

    for number in range(2 * (TIMES + WARM)):
        backend = (MEMORY, SHARED)[number % 2]
        with override_settings(CACHES={**settings.CACHES, "default": {"BACKEND": backend}}):
            taken = _ms(partial(attempt, number))
        if number >= 2 * WARM:
            times[backend].append(taken)
    figures = {}
    for place, what in enumerate(("ms", "ms of the processor")):
        memory, shared = (
            statistics.median(one[place] for one in times[it]) for it in (MEMORY, SHARED)
        )
        figures |= {
            f"sign in, {what}, counted in memory": memory,
            f"sign in, {what}, added when counted together": shared - memory,
        }
    return figures


def _tokens() -> dict[str, float]:
    from rugkompas.web import tallies

    asked = (partial(tallies.first, "bench", str(n), 60) for n in range(20 * TIMES))
    times = sorted(_ms(one)[0] for one in asked)
    return {
        "token, ms (median)": statistics.median(times),
        "token, ms (p99)": times[int(0.99 * (len(times) - 1))],
        "token, ms (slowest)": times[-1],
        "load of the machine": os.getloadavg()[0],
    }


def _ms(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the wall, and of the processor."""
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - cpu)


if __name__ == "__main__":
    for figure, value in measure().items():
        print(f"{figure}: {value:.3g}")
