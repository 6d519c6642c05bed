"""Invariants about whole forms: weak flags alone, self-care, boundaries, contradictions and
the optional question (triage dossier, section 10: 16, 17, 22, 24 and 27)."""

from __future__ import annotations

import z3

from rugkompas.catalogue.schema import Tier
from rugkompas.logic.codebook import TRI
from rugkompas.proof.prover import Prover
from rugkompas.proof.statements import Found, leads_to, never_lower, questions, words_of


def i16_weak_flags_alone(v: Prover) -> Found:
    """On an otherwise negative form, each weak flag alone gives at most planned."""
    for name, word in (
        ("night_pain", "on_turning"),
        ("night_pain", "wakes_early"),
        ("leg_pain", "both_above_knee"),
        *(
            (item, word)
            for item in ("bladder_change", "bowel_change", "saddle_change", "sexual_change")
            for word in ("old_stable_known", "old_unassessed")
        ),
        ("cancer", "basal_cell_only"),
        ("trauma", "minor"),
        ("trauma", "lifting_type"),
        ("first_ever_episode", "yes"),
        ("sexual_change", "prefer_not_to_say"),
        ("", ""),
    ):
        given = _calm(v, name)
        if name:
            given.append(v.everybody.holds(f"{name} = {word}"))
        # Severe pain beside a small injury is two findings; alone each is at most planned.
        if name == "trauma":
            given.append(v.everybody.holds("pain_nrs < 7"))
        urgent = v.everybody.at_least("within_days")
        yield v.refute(f"{name} {word}".strip() or "age and pain score", z3.Not(urgent), *given)


def _calm(v: Prover, but: str) -> list[z3.BoolRef]:
    """A complete form, all negative, of an adult of 18-69 with pain for under 21 days; the
    age, the pain score and the question ``but`` stay free."""
    calm = [
        v.everybody.holds("age_years >= 18 AND age_years < 70"),
        v.everybody.holds("pain_duration_days < 21"),
    ]
    for question in questions(v):
        name = question.id
        if name in (
            but,
            "age_years",
            "pain_duration_days",
            "pain_nrs",
            "sex",
            "pain_duration_class",
        ):
            continue
        if question.kind == "set":
            members = [*question.values, *(["unknown"] if question.unknown_alone else [])]
            calm += [z3.Int(f"{name}.{member}") == 1 for member in members]
        elif question.kind == "integer":
            calm.append(z3.Int(name) <= 0)
        elif question.kind in ("tri", "choice"):
            words = words_of(question)
            harmless = question.worse[0][0] if question.worse else words[0]
            calm.append(v.everybody.holds(f"{name} = {harmless}"))
    return calm


def i17_self_care_is_positive(v: Prover) -> Found:
    """Self-care is given exactly when no other row fires, and that requires a complete form
    of an adult under 70, certain about everything that counts, with a short duration."""
    everybody = v.everybody
    quiet = z3.Not(z3.Or(*everybody.rows.values()))
    yield v.refute("no row = self_care", z3.Not(everybody.at_least("planned")) == quiet)
    negative = []
    for item in everybody.clauses.emergency_items():
        words = [
            word
            for word in words_of(v.knowledge.questions[item])
            if word in ("no", "none", "old_stable_known", "lifting_type", "minor")
        ]
        negative.append(
            z3.Implies(everybody.clauses.applies(item), everybody.clauses.is_word(item, words))
        )
    required = {
        "adult under 70": everybody.holds("age_years >= 18 AND age_years < 70"),
        "emergency items negative": z3.And(*negative),
        "nothing unsure": z3.Not(everybody.holds("UNSURE")),
        "short": z3.Or(
            z3.Not(everybody.holds("DUR >= 21")),
            z3.And(
                z3.Not(everybody.holds("DUR >= 28")), everybody.holds("course_activity = improving")
            ),
        ),
    }
    for what, claim in required.items():
        yield v.refute(what, z3.Implies(quiet, claim))


CUT_OFFS: dict[str, dict[int, set[str]]] = {
    "age_years": {
        5: {"S10"},
        10: {"W09", "P08", "P10"},
        12: {"S12", "S19"},
        16: {"S12", "S19"},
        18: {"E13", "S10", "P08", "P10", "P11", "S12", "S19"},
        40: {"S12", "S19"},
        50: {"S11", "W04", "W07", "P02", "P10"},
        55: {"P09", "P10"},
        56: {"S12", "S19"},
        60: {"E07", "W04"},
        70: {"S11", "W04", "P07"},
    },
    "pain_duration_days": {
        21: {"P04", "P09", "P10"},
        28: {"P04", "W07", "P08"},
        84: {"P05", "W06"},
        90: {"P03"},
        1827: {"P03"},
    },
    "pain_nrs": {7: {"E07", "S05", "W04", "W07", "W10", "P10"}},
}
"""Invariant 22: the number reached by one step up -> the rows that may change there. P03 also
moves with the age at which pain began, so it is left out of the steps of age and days."""


def i22_boundary_honesty(v: Prover) -> Found:
    """One year, day or point more changes only the rows named for the cut-off crossed."""
    for name, cut_offs in CUT_OFFS.items():
        own = z3.Int(name)
        high = v.knowledge.codebook[name].high
        more = v.changed(**{name: own + 1})
        by_start_age = {"P03"} if name != "pain_nrs" else set()
        for id_, truth in v.everybody.rows.items():
            named = [n for n, rows in cut_offs.items() if id_ in rows]
            if id_ in by_start_age:
                continue
            elsewhere = z3.And(own >= 0, own < high, *(own + 1 != n for n in named))
            yield v.refute(f"{id_} at {name}", truth == more.rows[id_], elsewhere)


_CONTRADICTIONS: tuple[tuple[str, str, Tier], ...] = (
    ("sex = male", "pregnancy_alarm = yes", "emergency"),
    ("sex = male", "pregnancy = pregnant", "planned"),
    ("leg_pain = none", "leg_pain_bilateral_new_2w = yes", "same_day"),
    ("leg_pain = none", "leg_weakness = both", "emergency"),
    ("leg_weakness = none", "leg_weakness_progressive = yes", "emergency"),
    ("age_years >= 18", "child_alarm = yes", "same_day"),
    ("age_years < 40", "known_aaa = yes", "emergency"),
    ("flank_colic = no", "single_kidney_or_no_urine = yes", "same_day"),
)


def i24_contradictions_escalate(v: Prover) -> Found:
    """A positive answer counts, also where its question did not apply."""
    for calm, alarming, tier in _CONTRADICTIONS:
        yield leads_to(v, f"{calm} AND {alarming}", tier)
    for item in v.everybody.clauses.emergency_items():
        variable = v.knowledge.codebook[item]
        if variable.words != TRI:
            continue
        yes = v.changed(**{item: variable.code("yes")})
        no = v.changed(**{item: variable.code("no")})
        gate = z3.Not(v.everybody.clauses.applies(item))
        yield v.refute(f"{item} where it does not apply", never_lower(no, yes), gate)


def i27_optional_question(v: Prover) -> Found:
    """Declining the question on sex has no price; "unknown" counts beside a leg sign only."""
    variable = v.knowledge.codebook["sexual_change"]
    no = v.changed(sexual_change=variable.code("no"))
    for what, code in (
        ("left out", variable.not_asked),
        ("prefer_not_to_say", variable.code("prefer_not_to_say")),
    ):
        declined = v.changed(sexual_change=code)
        for id_, truth in declined.rows.items():
            yield v.refute(f"{what}: {id_}", truth == no.rows[id_])
    unknown = v.changed(sexual_change=variable.code("unknown"))
    no_leg_sign = z3.Not(v.everybody.holds("LEG_SIGN"))
    for id_, truth in unknown.rows.items():
        yield v.refute(f"unknown without a leg sign: {id_}", truth == no.rows[id_], no_leg_sign)
