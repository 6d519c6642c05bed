"""The site and its API under load: the own time for each request, from the own log.

The server and who asks share this machine, so the figures lean against the site.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PEOPLE = 100
SECONDS = 30
COMMAND = str(Path(sys.executable).parent / "rugkompas")
FOLDER = Path(__file__).parent
PROGRAMS = 300
SYSTEMS = 50


def site() -> dict[str, float]:
    """People who walk through the pages."""
    return measure("site", "site_people.py", PEOPLE)


def api() -> dict[str, float]:
    """Programs that ask for an assessment, 300 a second."""
    return measure("api", "api_programs.py", PROGRAMS)


def cds() -> dict[str, float]:
    """Record systems that open charts and sign orders."""
    return measure("cds", "cds_systems.py", SYSTEMS)


def measure(name: str, scenario: str, people: int, seconds: int = SECONDS) -> dict[str, float]:
    """Requests a second, and milliseconds in the server: median, 99th percentile, slowest.

    people: each asks once a second.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "RUGKOMPAS_REQUESTS_A_MINUTE": "1000000",
        }
        server = subprocess.Popen(
            [COMMAND, "serve", "--port", "0"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert server.stdout is not None
        assert server.stderr is not None
        lines: list[str] = []
        reader = threading.Thread(target=lines.extend, args=(server.stderr,))
        reader.start()
        try:
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert found, "the server did not start"
            _walk(found[0], FOLDER / scenario, people, seconds)
        finally:
            server.terminate()
            server.wait()
            reader.join()
    return _figures(name, [json.loads(line) for line in lines if '"request"' in line], seconds)


def _walk(address: str, scenario: Path, people: int, seconds: int) -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "locust", "-f", str(scenario), "--headless", "--only-summary"),
            *("--host", address, "-u", str(people), "-r", str(people), "-t", f"{seconds}s"),
        ],
        check=False,
        capture_output=True,
    )


def _figures(name: str, requests: list[dict[str, float]], seconds: int) -> dict[str, float]:
    times = sorted(it["ms"] for it in requests)
    return {
        f"{name}, requests/s": len(times) / seconds,
        f"{name}, ms in the server (median)": statistics.median(times),
        f"{name}, ms in the server (p99)": times[int(0.99 * (len(times) - 1))],
        f"{name}, ms in the server (slowest)": times[-1],
        f"{name}, answers that were errors": sum(it["status"] >= 400 for it in requests),
    }


if __name__ == "__main__":
    for figure, value in (site() | api() | cds()).items():
        sys.stdout.write(f"{figure}: {value:.4g}\n")
