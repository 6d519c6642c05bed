"""The site, its API and its CDS Hooks under load, as ``rugkompas serve`` runs them.

Who asks shares this machine with the site, so the figures lean against the site; how much of
the processor each took stands beside them.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

import asker
import cds_calls
from rugkompas.catalogue import load
from rugkompas.people.made_up import people

PEOPLE = 100
SECONDS = 30
COMMAND = str(Path(sys.executable).parent / "rugkompas")
FOLDER = Path(__file__).parent
ASSESSMENTS = 300
"""A second."""
CALLS = 100
"""Of CDS Hooks, a second."""
HALVES = 2
ISS = "https://record.example"
_TICKS = os.sysconf("SC_CLK_TCK")


def site() -> dict[str, float]:
    """People who walk through the pages: requests a second, and milliseconds in the server."""
    with _served() as served:
        subprocess.run(
            [
                *(sys.executable, "-m", "locust", "-f", str(FOLDER / "site_people.py")),
                *("--headless", "--only-summary", "--host", f"http://127.0.0.1:{served.port}"),
                *("-u", str(PEOPLE), "-r", str(PEOPLE), "-t", f"{SECONDS}s"),
            ],
            check=False,
            capture_output=True,
        )
        lines = served.log.read_text("utf-8").splitlines()
    requests = [json.loads(line) for line in lines if '"request"' in line]
    times = sorted(it["ms"] for it in requests)
    return {
        "site, requests/s": len(times) / SECONDS,
        "site, ms in the server (median)": statistics.median(times),
        "site, ms in the server (p99)": _at(times, 0.99),
        "site, ms in the server (slowest)": times[-1],
        "site, answers that were errors": sum(it["status"] >= 400 for it in requests),
    }


def api() -> dict[str, float]:
    """Programs that ask for an assessment of made-up people."""
    bodies = [json.dumps(one).encode() for one in people(500, 20261125, load())]
    requests = [asker.post("/api/v1/assess", body) for body in bodies]
    return _figures("api", requests, ASSESSMENTS)


def cds() -> dict[str, float]:
    """Record systems that open charts, choose and sign orders and book appointments."""
    calls = list(_calls(len(cds_calls.HOOKS) * len(cds_calls.RESPONSES)))
    return _figures("cds", [asker.post(path, body) for path, body in calls], CALLS)


def signed() -> dict[str, float]:
    """The same calls outside a trial's freedom: each has a token of its own, which is checked and
    then remembered by all processes."""
    key = ec.generate_private_key(ec.SECP384R1())
    public = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    listed = {"iss": ISS, "keys": [{**public, "kid": "bench", "alg": "ES384"}]}
    now, requests = int(time.time()), []
    for path, body in _calls(CALLS * SECONDS):
        told = {"iss": ISS, "aud": f"http://{asker.HOST}{path}", "iat": now, "exp": now + 600}
        told["jti"] = str(uuid.uuid4())
        token = jwt.encode(told, key, "ES384", headers={"kid": "bench"})
        requests.append(asker.post(path, body, token))
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"clients": [listed]}, file)
        file.flush()
        return _figures("cds, signed", requests, CALLS, RUGKOMPAS_CDS_CLIENTS=file.name)


def _calls(count: int) -> Iterator[tuple[str, bytes]]:
    services = list(cds_calls.HOOKS)
    for place in range(count):
        service = services[place % len(services)]
        about = place // len(services) % len(cds_calls.RESPONSES)
        sent = cds_calls.body(service, about, str(uuid.UUID(int=place)))
        yield f"/cds-services/{service}", json.dumps(sent).encode()


def _figures(name: str, requests: Sequence[bytes], rate: float, **names: str) -> dict[str, float]:
    with _served(**names) as served:
        before, held, told = served.cpu(), [], []
        for half in range(HALVES):
            start = half * int(rate * SECONDS / HALVES) % len(requests)
            turn = [*requests[start:], *requests[:start]]
            told.append(asker.ask(served.port, turn, rate, SECONDS / HALVES))
            held.append(served.memory())
        cpu = served.cpu() - before
    ms = sorted(1000 * it for half in told for it in half.seconds)
    took = sum(half.took for half in told)
    return {
        f"{name}, requests/s": len(ms) / took,
        f"{name}, ms until answered (median)": statistics.median(ms),
        f"{name}, ms until answered (p95)": _at(ms, 0.95),
        f"{name}, ms until answered (p99)": _at(ms, 0.99),
        f"{name}, ms until answered (slowest)": ms[-1],
        f"{name}, errors": sum(half.errors for half in told),
        f"{name}, ms of the processor a request, site": 1000 * cpu / len(ms),
        f"{name}, processors in use, site": cpu / took,
        f"{name}, processors in use, who asks": sum(half.cpu for half in told) / took,
        f"{name}, memory of the site, MB": held[-1],
        f"{name}, memory that the second half added, MB": held[-1] - held[0],
        f"{name}, load of the machine": os.getloadavg()[0],
    }


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[int(share * (len(ordered) - 1))]


@dataclass(frozen=True, slots=True)
class _Served:
    """A running site: its port, its log, and the processes of it."""

    port: int
    log: Path
    pid: int

    def cpu(self) -> float:
        """Seconds of the processor that its processes used until now."""
        stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in self._pids())
        return sum(sum(map(int, stat.split()[11:13])) for stat in stats) / _TICKS

    def memory(self) -> float:
        """Megabytes that its processes hold, what they share counted once."""
        rolls = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self._pids())
        return sum(int(re.findall(r"^Pss: +(\d+) kB", roll, re.M)[0]) for roll in rolls) / 1024

    def _pids(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]


@contextmanager
def _served(**names: str) -> Iterator[_Served]:
    """A site with a database of its own, and a limit that nobody here reaches."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "RUGKOMPAS_REQUESTS_A_MINUTE": "1000000",
            **names,
        }
        log = Path(folder) / "log"
        with log.open("wb") as written:
            server = subprocess.Popen(
                [COMMAND, "serve", "--port", "0"],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            )
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.]+:(\d+)", server.stdout.readline())
            assert found, "the server did not start"
            yield _Served(int(found[1]), log, server.pid)
        finally:
            server.terminate()
            server.communicate()


if __name__ == "__main__":
    for figure, value in (site() | api() | cds()).items():
        sys.stdout.write(f"{figure}: {value:.4g}\n")
