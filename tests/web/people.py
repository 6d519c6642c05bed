"""People that many tests of the site use."""

from __future__ import annotations

from typing import Any

from rugkompas.catalogue import load
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER

AUTHOR: dict[str, Any] = dict(read(FOLDER / "examples" / "author.yaml"))
"""The example person: nothing urgent, every page of the interview."""

CALM: dict[str, Any] = {
    **{"age_years": 40, "sex": "female", "pregnancy": "no", "trauma": "none"},
    **{
        question.id: "none" if "none" in question.values else "no"
        for question in load().questions.values()
        if question.emergency and question.id != "trauma"
    },
    **{"leg_pain": "none", "pain_duration_days": 10, "pain_nrs": 3, "sexual_change": "no"},
}
"""Every emergency question has its calm answer."""

DIARY = (
    *("/dagboek/", "/dagboek/open/", "/dagboek/begin/", "/dagboek/dag/", "/dagboek/dagen/"),
    *(
        "/dagboek/beloop/",
        "/dagboek/patroon/",
        "/dagboek/samen/",
        "/dagboek/proef/",
        "/dagboek/meenemen/",
    ),
    *("/dagboek/wis/", "/dagboek/bestand/", "/dagboek/tabel/", "/dagboek/gegevens/"),
    "/dagboek/momenten/",
)
"""The addresses of the diary."""

ADDRESSES = (
    *("/", "/over/", "/privacy/", "/gezond/", "/taal/", "/wissen/", "/vragen/", "/vragen/1/"),
    *("/controle/", "/controle/1/", "/nu/", "/uitslag/", "/keuzes/", "/keuzes/alles/", "/plan/"),
    *("/samenvatting/", "/uitslag.pdf", "/plan.pdf", "/samenvatting.pdf", "/plan.ics"),
    *("/antwoorden.json", "/laden/", "/titel/", "/verder/", "/verder/abc.def/"),
    *("/cijfers/", "/cijfers.csv", "/cijfers/1/", "/cijfers/1.csv", "/cijfers/artikel/"),
    "/cijfers/groep/",
    *("/uitleg/", "/uitleg/6/"),
    *("/antwoord/", "/antwoord/1/"),
    *DIARY,
)
"""Every address in urls.py; a test holds them together."""
