"""Invented people who reach every tier, and readers of what the outputs made of them."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pypdf

from pages import Page, squeezed
from rugkompas import assess, load_knowledge
from rugkompas.assess import Assessment
from rugkompas.catalogue.files import read
from rugkompas.catalogue.load import FOLDER
from rugkompas.outputs.parts import Report
from rugkompas.outputs.pdf import pdf
from rugkompas.outputs.report import report

DAY = dt.date(2026, 11, 25)
LANGUAGES = ("nl", "en")

CLEAR: dict[str, Any] = {
    "age_years": 38,
    "sex": "male",
    "pain_duration_days": 5,
    "course_activity": "improving",
    "pain_nrs": 4,
    "can_walk_stand": "yes",
    "first_ever_episode": "no",
    "episodes_last_year": 1,
    "leg_pain": "none",
    "leg_sensory": "none",
    "leg_weakness": "none",
    "trauma": "none",
    "cancer": "none",
    "night_pain": "none",
    "immune_or_infection_risk": [],
} | dict.fromkeys(
    re.findall(
        r"\w+",
        "onset_sudden_not_movement gait_unsteady_new bladder_change bowel_change saddle_change "
        "sexual_change fever_or_chills seriously_ill night_sweats_or_malaise known_aaa "
        "weight_loss_unintended pain_constant_any_position steroids_oral_3m trunk_band "
        "height_loss_or_new_stoop spine_procedure_3m collapse_or_pulsating_belly "
        "chest_pain_or_breathless cold_pale_leg flank_colic urinary_burning_or_blood "
        "anticoagulant blister_strip pain_unmanageable",
    ),
    "no",
)
FACTORS = {
    "factors": {
        "care_load": "yes",
        "heavy_lifting": "yes",
        "interrupted_sleep": "yes",
        "stress": "yes",
        "low_mood": "yes",
        "movement_fear": "no",
        "smoking": "unknown",
    },
    "changeable": {"heavy_lifting": "no", "stress": "yes"},
}

PEOPLE: dict[str, dict[str, Any]] = {
    "self_care": CLEAR,
    "planned": CLEAR | FACTORS | {"pain_duration_days": 150, "course_activity": "unchanged"},
    "within_days": CLEAR | FACTORS | {"cancer": "past", "pain_duration_days": 60},
    "same_day": CLEAR | FACTORS | {"fever_or_chills": "yes", "night_pain": "unknown"},
    "emergency": CLEAR | FACTORS | {"bladder_change": "new_or_changed"},
    "ambulance": CLEAR | {"collapse_or_pulsating_belly": "yes", "sexual_change": "unknown"},
    "nothing_answered": {},
    "child": CLEAR | {"age_years": 15, "child_alarm": "no"},
    "comes_and_goes": {k: v for k, v in CLEAR.items() if k != "pain_duration_days"}
    | {"pain_duration_class": "comes_and_goes"},
}
ASKED = [id_ for id_, factor in load_knowledge().factors.items() if factor.asked]
MANY = ASKED[:25]
DRAWN: dict[str, dict[str, Any]] = {
    "author": dict(read(FOLDER / "examples" / "author.yaml")),
    "25 factors": PEOPLE["planned"]
    | {
        "factors": dict.fromkeys(MANY, "yes"),
        "changeable": {id_: ("yes", "no", "unknown")[at % 3] for at, id_ in enumerate(MANY)},
    },
    "nothing present": PEOPLE["planned"]
    | {"factors": dict.fromkeys(ASKED, "no"), "changeable": {}, "first_ever_episode": "yes"}
    | {"episodes_last_year": None},
    "everything unknown": PEOPLE["planned"]
    | {"factors": dict.fromkeys(ASKED, "unknown"), "changeable": {}},
}
"""People for the drawing of what plays a role."""
EVERYONE = [(name, language) for name in PEOPLE for language in LANGUAGES]


def assessed(name: str, **more: Any) -> Assessment:
    return assess(PEOPLE[name] | more, on=DAY)


def made(name: str, language: str = "nl", **more: Any) -> Report:
    return report(assessed(name, **more), language)


def page_text(page: str) -> str:
    return Page(page).text


def pdf_text(it: Report) -> str:
    """The running text, squeezed: a sentence that goes on at the next page stays whole."""
    pages = pypdf.PdfReader(io.BytesIO(pdf(it))).pages
    place = re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(squeezed(it.page_of)))
    status, made_on = (re.escape(squeezed(words)) for words in (it.status_short, it.made_on))
    around = re.compile(f"^{status}(?:{made_on})?|{place}$")
    return "".join(around.sub("", squeezed(page.extract_text())) for page in pages)
