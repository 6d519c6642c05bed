"""``$populate``: what a record surely says, filled in beforehand, each with where it came from.

Absence in a record says nothing: no answer is ever filled in as "no". The person sees every
answer and can change it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rugkompas.catalogue import Knowledge
from rugkompas.fhir import names
from rugkompas.fhir.checking import listed, resource_of
from rugkompas.fhir.elements import Element, extension, full, reference
from rugkompas.fhir.outcome import Issue, Refused
from rugkompas.fhir.response import response_from
from rugkompas.fhir.subject import is_of_another

SURE = ("final", "amended", "corrected")
PREGNANT_DAYS = 28
"""A pregnancy status older than this may not hold any more."""
_GENDER = ("female", "male", "other")
_OVER = ("inactive", "remission", "resolved")


@dataclass(frozen=True, slots=True)
class Filled:
    """One answer: question, key of its map (or ""), value, and the resource that says so."""

    question: str
    key: str
    value: Any
    source: Mapping[str, Any]


def populate(
    patient: Any,
    conditions: Sequence[Any] = (),
    observations: Sequence[Any] = (),
    *,
    knowledge: Knowledge,
    on: dt.date | None = None,
    authored: str = "",
) -> Element:
    """A response in progress with what is sure on a day. authored: the moment of filling in, as
    FHIR writes it. Raises Refused for a resource that is of another type, that is about somebody
    else, or that holds a modifier that we do not know."""
    day = on or dt.date.today()
    person = resource_of(patient, "Patient")
    found = list(_patient(person, day))
    for one in conditions:
        found += _condition(_of(person, one, "Condition"))
    for one in observations:
        found += _observation(_of(person, one, "Observation"), day)
    answers: dict[str, Any] = {}
    sources: dict[str, Mapping[str, Any]] = {}
    for one in found:
        link = f"{one.question}.{one.key}" if one.key else one.question
        before = answers.get(one.question)
        if one.key:
            answers.setdefault(one.question, {})[one.key] = one.value
        elif before is not None and not _is_worse(one, before):
            continue
        else:
            answers[one.question] = one.value
        sources[link] = one.source
    made = response_from(
        answers,
        knowledge,
        status="in-progress",
        subject=_reference(person) or None,
        authored=authored,
    )
    _mark(made.get("item", []), sources)
    return made


def _of(person: Element, value: Any, type_: str) -> Element:
    found = resource_of(value, type_)
    if is_of_another(found, _id(person)):
        raise Refused([Issue("fhir_other_patient", f"{type_}.subject.reference")])
    return found


def _id(patient: Mapping[str, Any]) -> str:
    id_ = patient.get("id")
    return id_ if isinstance(id_, str) else ""


def _is_worse(one: Filled, before: Any) -> bool:
    """Of two answers to one question the more serious counts: nothing lowers the urgency."""
    if one.question == "pain_nrs":
        return bool(one.value > before)
    return one.question == "cancer" and before == "past"


def _mark(items: list[Element], sources: Mapping[str, Mapping[str, Any]]) -> None:
    """Each answer names where it came from."""
    for item in items:
        source = sources.get(item["linkId"])
        for answer in item.get("answer", ()) if source else ():
            assert source is not None
            from_ = extension(names.POPULATED_FROM, valueReference=_reference(source))
            answer["extension"] = [from_]
        _mark(item.get("item", []), sources)


def _reference(resource: Mapping[str, Any]) -> Element:
    id_ = resource.get("id")
    kind = resource["resourceType"]
    return reference(f"{kind}/{id_}") if isinstance(id_, str) and id_ else full(type=kind)


def _patient(patient: Mapping[str, Any], day: dt.date) -> Iterator[Filled]:
    born = _day(patient.get("birthDate"))
    if born is not None and born <= day and not is_dead(patient):
        years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        if years <= 120:
            yield Filled("age_years", "", years, patient)
    if patient.get("gender") in _GENDER:
        yield Filled("sex", "", patient["gender"], patient)


def is_dead(patient: Mapping[str, Any]) -> bool:
    """Whether a record says that somebody has died."""
    return bool(patient.get("deceasedBoolean") or patient.get("deceasedDateTime"))


def _condition(condition: Mapping[str, Any]) -> Iterator[Filled]:
    """Only what is confirmed, by exactly the codes that we know."""
    if not has_status(condition.get("verificationStatus"), "confirmed"):
        return
    code = condition.get("code")
    over = has_status(condition.get("clinicalStatus"), *_OVER)
    active = has_status(condition.get("clinicalStatus"), "active", "recurrence", "relapse")
    if _coded(code, names.CANCER):
        if active:
            yield Filled("cancer", "", "current_or_metastatic", condition)
        elif over:
            yield Filled("cancer", "", "past", condition)
    if _coded(code, names.ANEURYSM) and active:
        yield Filled("known_aaa", "", "yes", condition)
    if _coded(code, names.OSTEOPOROSIS) and active:
        yield Filled("bone_risk", "", "yes", condition)
        yield Filled("person_facts", "osteoporosis", "yes", condition)


def _observation(observation: Mapping[str, Any], day: dt.date) -> Iterator[Filled]:
    if observation.get("status") not in SURE:
        return
    when = _day(str(observation.get("effectiveDateTime", ""))[:10])
    if when is None or when > day:
        return
    code = observation.get("code")
    if _coded(code, names.PAIN) and when == day:
        value = _score(observation)
        if value is not None:
            yield Filled("pain_nrs", "", value, observation)
    pregnant = _coded(observation.get("valueCodeableConcept"), names.PREGNANT)
    if _coded(code, names.PREGNANCY) and pregnant and (day - when).days <= PREGNANT_DAYS:
        yield Filled("pregnancy", "", "pregnant", observation)


def _score(observation: Mapping[str, Any]) -> int | None:
    """A whole number from 0 to 10; a scale of another length is not ours."""
    value = observation.get("valueInteger")
    quantity = observation.get("valueQuantity")
    if isinstance(quantity, Mapping):
        if quantity.get("comparator") or quantity.get("code") not in (None, "1", "{score}"):
            return None
        value = quantity.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10:
        return None
    return int(value) if value == int(value) else None


def _coded(concept: Any, code: names.Foreign) -> bool:
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    return any(
        isinstance(one, Mapping)
        and one.get("system") == code.system
        and one.get("code") == code.code
        for one in (codings if isinstance(codings, list) else ())
    )


def has_status(concept: Any, *codes: str) -> bool:
    """A status is one of these codes of FHIR."""
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    return any(
        isinstance(one, Mapping)
        and str(one.get("system", "")).startswith("http://terminology.hl7.org/CodeSystem/condition")
        and one.get("code") in codes
        for one in (codings if isinstance(codings, list) else ())
    )


def _day(text: Any) -> dt.date | None:
    """A whole date; a year or a month alone is not sure."""
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None


def sorted_out(resource: Mapping[str, Any]) -> tuple[Any, list[Any], list[Any]]:
    """The patient, the conditions and the observations in a Bundle or in Parameters (also under
    ``context``, as SDC has it), or a patient alone.

    Other resources in it are left out. Raises Refused when there is not exactly one patient, and
    at what is about somebody else.
    """
    root = resource.get("resourceType")
    if root not in _HOLDERS:
        return resource, [], []
    issues: list[Issue] = []
    found: dict[str, list[tuple[str, Any]]] = {"Patient": [], "Condition": [], "Observation": []}
    for path, one in _inside(resource, str(root), issues):
        kind = one.get("resourceType")
        if isinstance(kind, str) and kind in found:
            found[kind].append((path, one))
    if len(found["Patient"]) != 1:
        issues.append(Issue("fhir_one_patient", f"{root}.{_HOLDERS[str(root)]}"))
    if issues:
        raise Refused(issues)
    ((_, patient),) = found["Patient"]
    others = [
        Issue("fhir_other_patient", f"{path}.subject.reference")
        for path, one in (*found["Condition"], *found["Observation"])
        if is_of_another(one, _id(patient))
    ]
    if others:
        raise Refused(others)
    conditions, observations = found["Condition"], found["Observation"]
    return patient, [one for _, one in conditions], [one for _, one in observations]


_HOLDERS = {"Bundle": "entry", "Parameters": "parameter"}
"""What holds other resources -> where."""


def _inside(
    resource: Mapping[str, Any], path: str, issues: list[Issue]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(path, resource) of everything in a Bundle or Parameters, also in each other."""
    name = _HOLDERS.get(str(resource.get("resourceType")))
    if name is None:
        yield path, resource
        return
    for place, entry in enumerate(listed(resource.get(name), f"{path}.{name}", issues)):
        here = f"{path}.{name}[{place}]"
        parts = listed(entry.get("part"), f"{here}.part", issues) if name == "parameter" else []
        for at, one in ((here, entry), *((f"{here}.part[{i}]", it) for i, it in enumerate(parts))):
            inner = one.get("resource")
            if isinstance(inner, Mapping):
                yield from _inside(inner, f"{at}.resource", issues)
