"""The logical invariants of the triage dossier (section 10), each proven for everybody.

Every function takes the prover and yields what it could not prove; yielding nothing is the
proof. The number in the name is the number of the invariant.
"""

from __future__ import annotations

from itertools import pairwise

import z3

from rugkompas.catalogue.schema import Tier
from rugkompas.proof import forms
from rugkompas.proof.prover import Broken, Prover
from rugkompas.proof.statements import (
    Found,
    Invariant,
    leads_to,
    leads_to_contact,
    never_lower,
    questions,
    words_of,
)
from rugkompas.rules.applies import APPLIES
from rugkompas.rules.factors import INFERRED


def paper_is_code(v: Prover) -> Found:
    """0. The condition that a clinician reads is what the program does."""
    everybody, knowledge = v.everybody, v.knowledge
    for id_, truth in everybody.rows.items():
        condition = knowledge.red_flags[id_].condition
        yield v.refute(id_, truth == everybody.holds(condition))
    for id_, applies in APPLIES.items():
        paper = everybody.clauses.applies(id_)
        yield v.refute(f"applies: {id_}", applies(everybody.q, everybody.p) == paper)
    for id_, inferred in INFERRED.items():
        paper = everybody.holds(knowledge.factors[id_].inferred_from)
        yield v.refute(f"factor: {id_}", inferred(everybody.q, everybody.p) == paper)


def i01_ces_floor(v: Prover) -> Found:
    """One new sign of bladder, bowel or saddle is an emergency, whatever else is said."""
    for item in ("bladder_change", "bowel_change", "saddle_change"):
        yield leads_to(v, f"{item} = new_or_changed", "emergency")


def i02_unknown_is_never_no(v: Prover) -> Found:
    """Unknown on an emergency item holds at same_day; unknown never lowers; and where yes
    would lift the result above self-care, unknown does too."""
    everybody = v.everybody
    for question in questions(v):
        if "unknown" not in words_of(question):
            continue
        variable = v.knowledge.codebook[question.id]
        unknown = v.changed(**{question.id: variable.code("unknown")})
        if question.emergency:
            item = question.id
            gate = z3.And(everybody.clauses.applies(item), everybody.holds(f"{item} = unknown"))
            yield v.refute(item, z3.Implies(gate, everybody.at_least("same_day")))
        for harmless in ("no", "none"):
            if harmless in variable.words:
                calm = v.changed(**{question.id: variable.code(harmless)})
                yield v.refute(f"{question.id}: {harmless} -> unknown", never_lower(calm, unknown))
        if question.kind == "tri" and not question.emergency:
            yes = v.changed(**{question.id: variable.code("yes")})
            claim = z3.Implies(yes.at_least("planned"), unknown.at_least("planned"))
            yield v.refute(f"{question.id}: yes above self-care", claim)


def i03_missing_is_not_no(v: Prover) -> Found:
    """With the age or an applicable emergency item unanswered: same_day or higher."""
    clauses = v.everybody.clauses
    yield leads_to(v, "age_years missing", "same_day")
    for item in clauses.emergency_items():
        gate = z3.And(clauses.applies(item), clauses.missing(item))
        yield v.refute(item, z3.Implies(gate, v.everybody.at_least("same_day")))


def i04_monotone(v: Prover) -> Found:
    """A worse answer never lowers the urgency."""
    for question in questions(v):
        variable = v.knowledge.codebook.get(question.id)
        for chain in question.worse:
            assert variable is not None
            for better, worse in pairwise(chain):
                low = v.changed(**{question.id: variable.code(better)})
                high = v.changed(**{question.id: variable.code(worse)})
                yield v.refute(f"{question.id}: {better} -> {worse}", never_lower(low, high))
        if question.kind == "set":
            for member in [*question.values, *(["unknown"] if question.unknown_alone else [])]:
                name = f"{question.id}__{member}"
                low, high = v.changed(**{name: 1}), v.changed(**{name: 2})
                yield v.refute(f"{question.id}: + {member}", never_lower(low, high))
    for name in ("pain_nrs", "episodes_last_year"):
        variable = v.knowledge.codebook[name]
        more = v.another(variable)
        own = z3.Int(name)
        given = (own >= 0, more > own, more <= variable.high)
        claim = never_lower(v.everybody, v.changed(**{name: more}))
        yield v.refute(f"{name} upward", claim, *given)


def i06_no_cancelling(v: Prover) -> Found:
    """No benign finding lowers what an E, S or W row gives; a longer duration may switch W06
    off, never to below planned."""
    urgent: tuple[Tier, ...] = ("within_days", "same_day", "emergency")
    for name, word in (
        ("course_activity", "improving"),
        ("first_ever_episode", "no"),
        ("first_ever_episode", "yes"),
        ("can_walk_stand", "yes"),
        ("pain_unmanageable", "no"),
        ("claudication_relief_sitting", "yes"),
        ("back_extension_sport", "no"),
        ("night_pain", "none"),
        ("night_pain", "on_turning"),
        ("pain_duration_class", "comes_and_goes"),
    ):
        variable = v.knowledge.codebook[name]
        silent = v.changed(**{name: variable.not_asked})
        said = v.changed(**{name: variable.code(word)})
        yield v.refute(f"{name} = {word}", never_lower(silent, said, urgent))
    for name in ("pain_nrs", "episodes_last_year"):
        # A score that was left out counts as severe in E07 alone (invariant 4), so compare 0.
        zero = v.changed(**{name: 0})
        given = z3.Int(name) >= 0
        yield v.refute(f"{name} given", never_lower(zero, v.everybody, urgent), given)
    longer = v.another(v.knowledge.codebook["pain_duration_days"])
    own = z3.Int("pain_duration_days")
    claim = z3.Implies(
        v.everybody.at_least("within_days"),
        v.changed(pain_duration_days=longer).at_least("planned"),
    )
    yield v.refute("longer duration", claim, own >= 0, longer > own, longer <= 43800)
    read = {name.partition(".")[0] for name in _variables(v)}
    outside = read - {q.id for q in v.knowledge.questions.values() if q.triage}
    yield Broken(f"triage reads {sorted(outside)}", {}) if outside else None


def i08_weakness(v: Prover) -> Found:
    """Growing or both legs: now. Severe: today. Any: within days. Unknown: today."""
    yield leads_to(v, "leg_weakness_progressive = yes", "emergency")
    yield leads_to(v, "leg_weakness = both", "emergency")
    yield leads_to(v, "leg_weakness = severe_one", "same_day")
    yield leads_to(v, "WEAK", "within_days")
    yield leads_to(v, "leg_weakness = unknown", "same_day")
    yield leads_to(v, "PROGRESS_UNKNOWN", "same_day")


def i09_fever(v: Prover) -> Found:
    """Fever: today. Fever with a nerve sign: now."""
    yield leads_to(v, "fever_or_chills = yes", "same_day")
    yield leads_to(v, "fever_or_chills = yes AND NEURO", "emergency")


def i10_cancer(v: Prover) -> Found:
    """Cancer with a nerve sign: now. Cancer, or not known: within days. Basal cell: as none."""
    yield leads_to(v, "CANCER AND NEURO", "emergency")
    yield leads_to(v, "CANCER", "within_days")
    variable = v.knowledge.codebook["cancer"]
    basal = v.changed(cancer=variable.code("basal_cell_only"))
    none = v.changed(cancer=variable.code("none"))
    for id_, truth in basal.rows.items():
        yield v.refute(f"basal cell as none: {id_}", truth == none.rows[id_])


def i11_trauma(v: Prover) -> Found:
    """High energy: now. Significant or unknown: today, with a nerve sign now."""
    yield leads_to(v, "trauma = high_energy", "emergency")
    yield leads_to(v, "trauma in {significant, unknown}", "same_day")
    yield leads_to(v, "trauma in {significant, unknown} AND NEURO", "emergency")


def i12_aorta(v: Prover) -> Found:
    """A known aneurysm or collapse: now, and 112 among the contacts."""
    yield leads_to_contact(v, "known_aaa = yes OR collapse_or_pulsating_belly = yes", "call_112")


def i13_pregnancy_alarm(v: Prover) -> Found:
    """An alarm sign of pregnancy: now, with midwife or obstetrics among the contacts."""
    yield leads_to_contact(v, "pregnancy_alarm = yes", "obstetric_now")


def i14_child(v: Prover) -> Found:
    """The younger, the sooner; a minor is never left at self-care."""
    yield leads_to(v, "age_years < 5", "same_day")
    yield leads_to(v, "age_years < 10", "within_days")
    yield leads_to(v, "age_years < 18 AND NEURO", "emergency")
    yield leads_to(v, "age_years < 18", "planned")


def i15_steroids(v: Prover) -> Found:
    """Three months of corticosteroids: within days, at any age."""
    yield leads_to(v, "steroids_oral_3m = yes", "within_days")


def _variables(v: Prover) -> set[str]:
    """Names of the unknowns that any row reads."""
    names: set[str] = set()
    pending: list[z3.ExprRef] = list(v.everybody.rows.values())
    seen: set[int] = set()
    while pending:
        part = pending.pop()
        if part.get_id() in seen:
            continue
        seen.add(part.get_id())
        if z3.is_const(part) and part.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            names.add(part.decl().name())
        pending += part.children()
    return names


LOGICAL: dict[str, Invariant] = {
    "0": paper_is_code,
    "1": i01_ces_floor,
    "2": i02_unknown_is_never_no,
    "3": i03_missing_is_not_no,
    "4": i04_monotone,
    "6": i06_no_cancelling,
    "8": i08_weakness,
    "9": i09_fever,
    "10": i10_cancer,
    "11": i11_trauma,
    "12": i12_aorta,
    "13": i13_pregnancy_alarm,
    "14": i14_child,
    "15": i15_steroids,
    "16": forms.i16_weak_flags_alone,
    "17": forms.i17_self_care_is_positive,
    "22": forms.i22_boundary_honesty,
    "24": forms.i24_contradictions_escalate,
    "27": forms.i27_optional_question,
}
"""Number of the invariant -> its proof. The others are in ``checked``."""
