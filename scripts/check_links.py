"""Asks every address of a source whether it answers. By hand only: it uses the network.

    python scripts/check_links.py                       every source with an address
    python scripts/check_links.py who_2023_fact_sheet   only these sources
    python scripts/check_links.py --form                only how the addresses are written

A page that refuses programs (401, 403, 429) is named apart: a person has to look. Exit code 1
when an address is gone or written wrongly. One request a second, and no request without a name.
"""

from __future__ import annotations

import argparse
import http.client
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from rugkompas.catalogue import load
from rugkompas.catalogue.schema import Source

AGENT = "rugkompas-link-check (by hand, one request a second)"
REFUSES_PROGRAMS = (401, 403, 405, 406, 429)
_DOI = re.compile(r"(10\.\d{4,9})/\S+")
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address said. kind: ``there``, ``ask`` (a person has to look) or ``gone``."""

    kind: str
    told: str


def faults(source: Source) -> Iterator[str]:
    """What is wrong with how the address of a source is written; no network."""
    url = source.url
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        yield f"'{url}' does not begin with http:// or https://"
    if "." not in (parts.hostname or ""):
        yield f"'{url}' names no host"
    if _UNSAFE.search(url):
        yield f"'{url}' holds a character that no address may hold"
    if parts.username or parts.password:
        yield f"'{url}' holds a name or a password"
    if (parts.hostname or "").endswith("doi.org") and not _DOI.fullmatch(parts.path.lstrip("/")):
        yield f"'{url}' leads to no DOI: it should end in 10.<number>/<name>"
    if any(mark in parts.query for mark in ("utm_", "fbclid", "gclid")):
        yield f"'{url}' says where a reader came from; take that part away"


def asked(url: str, seconds: float = 20) -> Answer:
    """Ask one address, without its content."""
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:
            return Answer("there", str(response.status))
    except urllib.error.HTTPError as error:
        return Answer("ask" if error.code in REFUSES_PROGRAMS else "gone", str(error.code))
    except (OSError, http.client.HTTPException) as error:
        return Answer("ask", str(error))


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sources", nargs="*", help="ids of sources; without any: all")
    parser.add_argument("--form", action="store_true", help="look at the writing only")
    given = parser.parse_args()
    known = load().sources
    if strange := [id_ for id_ in given.sources if id_ not in known]:
        parser.error(f"no such source: {', '.join(strange)}. `rugkompas sources` lists them.")
    wrong = 0
    for source in (known[id_] for id_ in given.sources or known):
        if not source.url:
            continue
        for fault in faults(source):
            wrong += 1
            print(f"{source.id}: {fault}")
        if not given.form:
            answer = asked(source.url)
            wrong += answer.kind == "gone"
            if answer.kind != "there":
                print(f"{source.id}: {answer.kind}, {answer.told}: {source.url}")
            time.sleep(1)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
