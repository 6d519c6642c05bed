"""The invariants about texts, results and the product, each run through instead of solved.

Results are looked at for one person per row of the table (found by the solver, so that every
row is really seen) and for made-up people from sparse to dense.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import msgspec

from rugkompas.assess import Assessment, assess
from rugkompas.assess.triage import ALWAYS_WATCH, RANK, highest
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS
from rugkompas.outputs.data import as_data
from rugkompas.people.made_up import people
from rugkompas.people.problems import BadAnswers
from rugkompas.proof.prover import Broken, Prover

PEOPLE = 1000
SEED = 20261125
URGENT = ("emergency", "same_day")
PHONE_FIRST = {"nl": r"^Bel\b", "en": r"^(Call|Phone|Ring)\b"}
EXERCISE = {
    "nl": r"\b(oefen\w*|wandel\w*|train\w*|sport(en|school)|rek(ken|oefening)\w*)\b",
    "en": r"\b(exercis\w*|go for a walk|train\w*|stretch\w*|gym)\b",
}


class Sample:
    """One person per row and many made-up people, assessed once."""

    def __init__(self, prover: Prover) -> None:
        self.knowledge: Knowledge = prover.knowledge
        self.day: dt.date = prover.day
        self.answers: list[dict[str, Any]] = [{}]
        for id_, truth in prover.everybody.rows.items():
            witness = prover.refute(id_, ~truth)
            if witness is None:
                raise RuntimeError(f"row {id_} can never fire")
            self.answers.append(_as_answers(witness, self.knowledge))
        self.answers += people(PEOPLE, SEED, self.knowledge)
        self.results = [self.assess(answers) for answers in self.answers]

    def assess(self, answers: dict[str, Any]) -> Assessment:
        """One person, on the day of the proof."""
        try:
            return assess(answers, on=self.day, knowledge=self.knowledge)
        except BadAnswers:
            # The solver also thinks of pain that lasts longer than life; the door refuses it.
            shorter = {**answers, "pain_duration_days": 0}
            return assess(shorter, on=self.day, knowledge=self.knowledge)


Found = Iterator[Broken | None]
Check = Callable[[Sample], Found]


def _as_answers(witness: Broken, knowledge: Knowledge) -> dict[str, Any]:
    """A person of the solver in the form in which people's answers come in."""
    answers: dict[str, Any] = {}
    for name, value in witness.answers.items():
        question, _, member = name.partition(".")
        if question not in knowledge.questions or name == "course_direction":
            continue
        if knowledge.questions[question].kind == "set":
            members = answers.setdefault(question, [])
            if value == "yes":
                members.append(member)
        elif member:
            answers.setdefault(question, {})[member] = value
        else:
            answers[question] = value
    for members in answers.values():
        if isinstance(members, list) and "unknown" in members:
            members[:] = ["unknown"]
    return answers


def i05_highest_wins(sample: Sample) -> Found:
    """Over every set of tiers: the highest is the outcome, and one less never raises it."""
    for size in range(1, len(TIERS) + 1):
        for chosen in combinations(TIERS, size):
            top = highest(chosen)
            fine = RANK[top] == max(RANK[tier] for tier in chosen)
            for left_out in chosen:
                rest = [tier for tier in chosen if tier != left_out]
                fine = fine and (not rest or RANK[highest(rest)] <= RANK[top])
            yield None if fine else Broken(f"{chosen} -> {top}", {})


def i07_order_independence(sample: Sample) -> Found:
    """Answers in another order give the same result, to the byte."""
    chance = random.Random(SEED)
    for answers, result in zip(sample.answers, sample.results, strict=True):
        turned = list(answers.items())
        chance.shuffle(turned)
        same = _bytes(sample.assess(dict(turned))) == _bytes(result)
        yield None if same else _broken("order", result)


def i18_every_result_is_whole(sample: Sample) -> Found:
    """Reasons with a source, a contact, the safety net with its signs, and a date."""
    for result in sample.results:
        triage = result.triage
        watched = {watch.question for watch in triage.safety_net}
        fine = (
            bool(triage.rules)
            and all(row.sources for row in triage.rules)
            and bool(triage.contacts)
            and watched.issuperset(ALWAYS_WATCH)
            and result.course.recheck_on > result.day
        )
        yield None if fine else _broken("not whole", result)


def i19_emergency_texts(sample: Sample) -> Found:
    """Emergency contacts begin with a phone call; no urgent text names an exercise."""
    knowledge = sample.knowledge
    for language, words in knowledge.words.items():
        for flag in knowledge.red_flags.values():
            if flag.tier not in URGENT:
                continue
            contact, row = words.contacts[flag.contact], words.red_flags[flag.id]
            if not re.search(PHONE_FIRST[language], contact.do):
                yield Broken(f"{language}: {flag.contact} does not begin with a phone call", {})
            tier = words.tiers[flag.tier]
            said = " ".join((contact.do, contact.more, row.reason, row.say, tier.title, tier.text))
            hit = re.search(EXERCISE[language], said, re.IGNORECASE)
            yield Broken(f"{language}: {flag.id} names '{hit[0]}'", {}) if hit else None


def i20_no_certainty(sample: Sample) -> Found:
    """No sentence states a disease as a fact, reassures falsely or speaks of damage."""
    for language, words in sample.knowledge.words.items():
        patterns = {re.compile(p): why for p, why in words.forbidden.items()}
        for place, sentence in _sentences(msgspec.to_builtins(words)):
            if place.startswith("forbidden"):
                continue
            for pattern, why in patterns.items():
                if pattern.search(sentence.lower()):
                    yield Broken(f"{language}: {place} ({why})", {})
            yield None


def i21_determinism(sample: Sample) -> Found:
    """The same answers give the same bytes, and the version stands on them."""
    for answers, result in zip(sample.answers, sample.results, strict=True):
        data = as_data(result, "nl")
        same = _bytes(sample.assess(answers)) == _bytes(result)
        stamped = data["knowledge"] == sample.knowledge.version
        yield None if same and stamped else _broken("differs", result)


def i23_language_parity(sample: Sample) -> Found:
    """Both languages show the same urgency, rows and contacts."""
    for result in sample.results:
        dutch, english = (as_data(result, language) for language in ("nl", "en"))
        for data in (dutch, english):
            del data["language"]
            for words in ("do", "more"):
                del data["triage"]["contact"][words]
        yield None if dutch == english else _broken("languages differ", result)


def i25_re_entry(sample: Sample) -> Found:
    """A result does not depend on who was assessed before."""
    for earlier, answers, result in zip(
        sample.answers, sample.answers[1:], sample.results[1:], strict=False
    ):
        sample.assess(earlier)
        same = _bytes(sample.assess(answers)) == _bytes(result)
        yield None if same else _broken("depends on an earlier result", result)


def i26_out_of_scope(sample: Sample) -> Found:
    """Every language says what to do when the complaint is not low back pain."""
    for language, words in sample.knowledge.words.items():
        said = words.report.get("out_of_scope", "")
        doctor = {"nl": "huisarts", "en": "GP"}[language]
        yield None if doctor in said else Broken(f"{language}: report.out_of_scope", {})


def _bytes(result: Assessment) -> bytes:
    return msgspec.json.encode(as_data(result, "nl"), order="deterministic")


def _broken(what: str, result: Assessment) -> Broken:
    return Broken(what, {id_: str(answer) for id_, answer in result.person.given.items()})


def _sentences(words: Any, at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(words, str):
        yield at, words
    elif isinstance(words, dict):
        for key, value in words.items():
            yield from _sentences(value, f"{at}.{key}" if at else str(key))


CHECKED: dict[str, Check] = {
    "5": i05_highest_wins,
    "7": i07_order_independence,
    "18": i18_every_result_is_whole,
    "19": i19_emergency_texts,
    "20": i20_no_certainty,
    "21": i21_determinism,
    "23": i23_language_parity,
    "25": i25_re_entry,
    "26": i26_out_of_scope,
}
"""Number of the invariant -> its check."""
