"""The people of the stories: what they would answer, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rugkompas.assess.pages import OFFER
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER

AUTHOR: dict[str, Any] = dict(read(FOLDER / "examples" / "author.yaml"))
"""A father who lifts his son of seven, disabled, at night; his back hurts since five months."""
OWN_WORDS = AUTHOR["rejects"]["mechanical_lifting_aid"]
CALM: dict[str, Any] = {name: it for name, it in AUTHOR.items() if name not in ("id", "rejects")}
"""The same man before he struck anything."""
_LIFE = ("factors", "changeable", "person_facts", "care_duty", "employment", "max_block_min")
TRIAGE: dict[str, Any] = {
    name: it for name, it in CALM.items() if name not in (*_LIFE, "second_person", "has_hoist")
}
"""He before he told what plays a role and what his life allows."""
COURSE: dict[str, Any] = {
    **TRIAGE,
    "first_ever_episode": "no",
    "episodes_last_year": 2,
    "pain_free_month_before": "yes",
    "pain_nrs": 6,
    "sexual_change": "no",
}
"""All that comes before the offer to go on."""
SAME_DAY: dict[str, Any] = {**CALM, "fever_or_chills": "yes", "seriously_ill": "no"}
EMERGENCY: dict[str, Any] = {**CALM, "chest_pain_or_breathless": "yes"}
GARDENER = "Zonnebloempitten rapen"
"""Nobody else has this activity."""
PLANTED: dict[str, Any] = {
    **CALM,
    "activities": [{"name": GARDENER, "start_0_10": 8, "now_0_10": 6}],
}


def steps(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by step of the interview, as ``assess.pages`` names them."""
    found: dict[str, Any] = {OFFER: "yes"}
    for name, answer in answers.items():
        if name == "ibp_items":
            found |= answer
        elif name in ("factors", "changeable"):
            found |= {f"{name}.{id_}": word for id_, word in answer.items()}
        elif name == "person_facts":
            found |= {f"{name}.{id_}": "yes" for id_ in answer}
        else:
            found[name] = answer
    return found
