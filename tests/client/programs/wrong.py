"""Mistakes that mypy finds before anybody is asked anything, each with the line that it is on."""

from __future__ import annotations

from rugkompas_client import Answers, Invalid, Rugkompas

api = Rugkompas("https://rug.example", language="de")  # wrong: language
told: Answers = {"age_years": "38"}  # wrong: type
told = {"age_yeers": 38}  # wrong: name
told = {"bladder_change": "maybe"}  # wrong: word
told = {"factors": {"low_moood": "yes"}}  # wrong: factor
told = {"factors": {"low_mood": True}}  # wrong: answer
told = {"likes": ["joga"]}  # wrong: option
told = {"activities": [{"start_0_10": 3}]}  # wrong: no name
result = api.assess(told)
result.triage.urgency = "planned"  # wrong: frozen
used = [
    result.urgency,  # wrong: field
    result.triage.urgency == "urgent",  # wrong: never
    result.course.recheck_on.upper(),  # wrong: a date
    result.outlook.risk_factors.append("x"),  # wrong: a tuple
    api.next(told).page.title,  # wrong: can be None
]
api.check(5)  # wrong: text
api.assess(told, "en")  # wrong: by name alone
try:
    api.facts()
except Invalid as error:
    used.append(error.retry_after)  # wrong: of TooMany
