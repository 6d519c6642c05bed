"""What the environment says about the practice: its file, and who may show our pages."""

from __future__ import annotations

import re
from pathlib import Path

from environs import Env

from rugkompas.web.booking.hours import Practice
from rugkompas.web.booking.practice_file import PracticeFileError, practice_in

_ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")


def booking_from(env: Env, *, accounts: bool) -> tuple[Practice | None, list[str], list[str]]:
    """(the practice that takes appointments, the sites that may show us in a frame, what is
    wrong). accounts: people of the practice can sign in."""
    origins: list[str] = env.list("EMBED_ORIGINS", default=[])
    wrong = [
        f"RUGKOMPAS_EMBED_ORIGINS holds {it}, which is no site. Give https://www.praktijk.nl, "
        "without a path."
        for it in origins
        if not _ORIGIN.fullmatch(it)
    ]
    file = env.str("PRACTICE_FILE", default="").strip()
    if not file:
        return None, origins, wrong
    if not accounts:
        wrong.append(
            "RUGKOMPAS_PRACTICE_FILE is set and RUGKOMPAS_ACCOUNTS is not. Nobody could see the "
            "appointments. Set RUGKOMPAS_ACCOUNTS=1."
        )
    try:
        return practice_in(Path(file)), origins, wrong
    except PracticeFileError as error:
        return None, origins, [*wrong, f"RUGKOMPAS_PRACTICE_FILE: {error}"]
