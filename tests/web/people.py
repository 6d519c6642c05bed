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

NOBODY = "00000000-0000-4000-8000-000000000000"
"""An appointment that is not there."""
DIARY = (
    *("/dagboek/", "/dagboek/open/", "/dagboek/begin/", "/dagboek/dag/", "/dagboek/dagen/"),
    *(
        "/dagboek/beloop/",
        "/dagboek/patroon/",
        "/dagboek/samen/",
        "/dagboek/proef/",
        "/dagboek/blad/",
        "/dagboek/meenemen/",
    ),
    *("/dagboek/wis/", "/dagboek/bestand/", "/dagboek/tabel/", "/dagboek/gegevens/"),
    "/dagboek/momenten/",
)
"""The addresses of the diary."""

ADDRESSES = (
    *("/", "/over/", "/privacy/", "/gezond/", "/taal/", "/wissen/", "/vragen/", "/vragen/1/"),
    *("/controle/", "/controle/1/", "/nu/", "/uitslag/", "/vooruit/", "/vooruit/vragen/"),
    *("/keuzes/", "/keuzes/alles/", "/plan/"),
    *("/samenvatting/", "/uitslag.pdf", "/plan.pdf", "/samenvatting.pdf", "/plan.ics"),
    *("/samenvatting.txt", "/samenvatting.json", "/afspraak/", "/afspraak/tijd/"),
    *("/afspraak/gegevens/", "/afspraak/controle/", "/afspraak/verstuurd/", "/praktijk/"),
    *("/afspraak/mijn/abc.def/", "/afspraak/mijn/abc.def/verzetten/"),
    *("/afspraak/mijn/abc.def/afspraak.ics", "/praktijk/agenda/abc.def.ics"),
    *("/praktijk/uitnodiging/abc.def/", f"/praktijk/{NOBODY}/", f"/praktijk/{NOBODY}/overdracht/"),
    *("/inbed/titel/", "/inbed/afspraak/", "/kleuren.css"),
    *("/antwoorden.json", "/laden/", "/titel/", "/verder/", "/verder/abc.def/"),
    *("/cijfers/", "/cijfers.csv", "/cijfers/1/", "/cijfers/1.csv", "/cijfers/artikel/"),
    "/cijfers/groep/",
    *("/uitleg/", "/uitleg/6/"),
    *("/antwoord/", "/antwoord/1/"),
    *("/smart/", "/smart/launch", "/smart/naar/1/", "/smart/terug/", "/smart/gegevens/"),
    *DIARY,
)
"""Every address in urls.py but those of accounts; a test holds them together."""

ACCOUNT_ADDRESSES = (
    *("/account/", "/account/nieuw/", "/account/code/", "/account/inloggen/"),
    *("/account/inloggen/stap/", "/account/inloggen/sleutel/", "/account/uitloggen/"),
    *("/account/dicht/", "/account/opnieuw/", "/account/opnieuw/code/"),
    *("/account/opnieuw/sleutel/", "/account/email/", "/account/wachtwoord/"),
    *("/account/wachtwoord/vergeten/", "/account/wachtwoord/code/"),
    *("/account/wachtwoord/kiezen/", "/account/wachtwoord/klaar/", "/account/stap/"),
    *("/account/stap/app/", "/account/stap/app/uit/", "/account/stap/reserve/"),
    *("/account/stap/reserve/nieuw/", "/account/stap/sleutels/"),
    *("/account/stap/sleutels/nieuw/", "/account/stap/sleutels/1/weg/"),
    *("/account/toestemming/", "/account/gegevens/", "/account/gegevens.json"),
    *("/account/dagboek.json", "/account/dagboek.csv", "/account/herinnering/"),
    *("/account/dagboek/", "/account/herinnering/uit/abc.def/", "/account/wissen/"),
)
"""Every address of accounts/urls.py."""
