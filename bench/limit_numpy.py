"""The triage table by hand in NumPy, as fast as one knows how and with no regard for a reader.

It is the limit beside which our rules are held: codes and thresholds stand in it as bare
numbers, each row is written for the machine, and nobody could sign it. ``rows_and_tier`` gives
what ``one_core.ours`` gives, and ``one_core.check`` compares all of it.

The tricks: a bit per person; of an answer of words its binary digits are packed instead of a
comparison for each word; numbers seen without their sign, so that "not asked" (-1) is larger
than all; buffers used again; counts as "at least 1, 2, 3, 4" that grow item by item.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint8]

TRIS_SURE = (
    *("seriously_ill", "gait_unsteady_new", "fever_or_chills", "collapse_or_pulsating_belly"),
    *("chest_pain_or_breathless", "cold_pale_leg", "onset_sudden_not_movement"),
)
TRIS_UNSURE = (
    *("night_sweats_or_malaise", "weight_loss_unintended", "steroids_oral_3m", "trunk_band"),
    *("height_loss_or_new_stoop", "spine_procedure_3m", "urinary_burning_or_blood"),
    *("blister_strip", "pain_unmanageable"),
)
RISKS = (
    *("immunosuppressed", "diabetes_poorly_controlled", "dialysis_or_line", "injecting_drugs"),
    *("recent_serious_infection", "heart_valve_prosthesis", "tb_risk"),
)
IBP = (
    *("ibp_onset_before_40", "ibp_insidious", "ibp_improves_with_exercise"),
    *("ibp_no_improvement_with_rest", "ibp_night_pain_better_on_rising"),
)


def rows_and_tier(c: Mapping[str, NDArray[Any]], n: int) -> tuple[dict[str, Bits], Bits]:
    """Per row a bit for each of n people, and the rank of the tier for each."""
    byte, flag, pack = np.empty(n, np.uint8), np.empty(n, np.bool_), np.packbits

    def is_(name: str, code: int) -> Bits:
        return pack(np.equal(c[name], code, out=flag))

    def digits(name: str, count: int) -> list[Bits]:
        return [pack(np.bitwise_and(c[name], 1 << d, out=byte)) for d in range(count)]

    age, days = c["age_years"].view(np.uint32), c["pain_duration_days"].view(np.uint32)

    def under(number: int) -> Bits:
        return pack(np.less(age, number, out=flag))

    y: dict[str, Bits] = {}
    nobody = np.zeros((n + 7) // 8, np.uint8)
    asked, e_unknown = ~nobody, nobody.copy()
    for name in TRIS_SURE:
        lo, hi = digits(name, 2)
        y[name], asked = hi & ~lo, asked & (lo | hi)
        e_unknown |= hi & lo
    unsure = is_("immune_or_infection_risk.unknown", 2)
    for name in TRIS_UNSURE:
        lo, hi = digits(name, 2)
        y[name] = hi & ~lo
        unsure |= hi & lo
    ces, unassessed = nobody.copy(), nobody.copy()
    for name in ("bladder_change", "bowel_change", "saddle_change"):
        lo, hi, top = digits(name, 3)
        ces |= hi & ~lo
        unassessed |= top & ~lo
        e_unknown |= top & lo
        asked &= lo | hi | top
    lo, hi, top = digits("sexual_change", 3)
    sex_new, sex_unknown = hi & ~lo & ~top, top & lo & ~hi
    unassessed |= top & ~lo & ~hi
    lo, hi, top = digits("leg_weakness", 3)
    w_none, w_mild, w_severe = lo & ~hi & ~top, hi & ~lo, hi & lo
    w_both, w_unknown = top & ~lo, top & lo
    e_unknown |= w_unknown
    asked &= lo | hi | top
    lo, hi = digits("leg_weakness_progressive", 2)
    grows, grows_unknown = hi & ~lo, hi & lo & ~w_none
    asked &= lo | hi | w_none
    weak = any_of(w_mild, w_severe, w_both, grows)
    lo, hi, top = digits("leg_pain", 3)
    p_below, p_both_below, p_unknown = hi & lo, top & lo, top & hi
    p_any = hi | top
    p_gate = top & (lo | hi) | ~(lo | hi | top)
    unsure |= p_unknown
    lo, hi = digits("leg_pain_bilateral_new_2w", 2)
    bilateral = hi & ~lo
    e_unknown |= hi & lo & p_gate
    asked &= lo | hi | ~p_gate
    lo, hi, top = digits("leg_sensory", 3)
    s_one, s_both = hi & ~lo, hi & lo
    unsure |= top
    lo, hi, top = digits("cancer", 3)
    cancer_now, cancer = top & ~lo, hi & lo | top
    lo, hi, top = digits("trauma", 3)
    t_lift, t_minor, t_big = hi & ~lo & ~top, hi & lo, top & ~lo & ~hi
    t_high, t_unknown = top & lo, top & hi
    e_unknown |= t_unknown
    asked &= lo | hi | top
    lo, hi, top = digits("pregnancy", 3)
    pregnant, postpartum = hi & ~lo, top & ~lo
    maybe = hi | top & lo
    no_pregnancy_asked = ~(lo | hi | top)
    lo, hi = digits("pregnancy_alarm", 2)
    fertile = ~is_("sex", 2) & ~(under(12) | pack((age >= 56) & (age < 999)))
    gate = maybe | no_pregnancy_asked & fertile
    pregnancy_alarm = hi & ~lo
    e_unknown |= hi & lo & gate
    asked &= lo | hi | ~gate
    lo, hi = digits("known_aaa", 2)
    aaa, old_enough = hi & ~lo, ~under(40)
    e_unknown |= hi & lo & old_enough
    asked &= lo | hi | ~old_enough
    lo, hi = digits("flank_colic", 2)
    colic, colic_gate = hi & ~lo, hi | ~lo
    unsure |= hi & lo
    lo, hi = digits("single_kidney_or_no_urine", 2)
    kidney = hi & ~lo
    e_unknown |= hi & lo & colic_gate
    asked &= lo | hi | ~colic_gate
    age_known = under(999)
    child = under(18)
    maybe_child = child | ~age_known
    lo, hi = digits("child_alarm", 2)
    child_alarm = hi & ~lo
    e_unknown |= hi & lo & maybe_child
    asked &= (lo | hi | ~maybe_child) & age_known
    young, u50, u55, u60, u70 = under(10), under(50), under(55), under(60), under(70)
    from50, from60, from70 = age_known & ~u50, age_known & ~u60, age_known & ~u70
    nrs = c["pain_nrs"]
    severe, no_nrs = pack(np.greater(nrs, 6, out=flag)), pack(np.less(nrs, 0, out=flag))
    lo, hi = digits("pain_constant_any_position", 2)
    still, still_unknown = hi & ~lo, hi & lo
    lo, hi, top = digits("night_pain", 3)
    night, night_unknown = top & ~lo, top & lo
    constant = still | night
    telling = child | from50 & severe
    unsure |= night_unknown & (telling | still | still_unknown)
    unsure |= still_unknown & (telling | night | night_unknown)
    lo, hi, top = digits("course_activity", 3)
    worse, not_better = hi & lo, hi | top | ~lo
    no_days = pack(np.greater(days, 999_999, out=flag))
    lo, hi, top = digits("pain_duration_class", 3)
    long = no_days & (top | ~(lo | hi))

    def lasts(number: int) -> Bits:
        return pack(np.greater(days, number - 1, out=flag)) & ~no_days

    open_21 = no_days & (hi | top | ~lo)
    d21, d28, d84, d90 = (
        lasts(21) | open_21,
        lasts(28) | open_21,
        lasts(84) | long,
        lasts(90) | long,
    )
    d_short = pack(np.less(days, 84, out=flag)) | no_days & (lo | hi | ~top)
    onset = c["onset_age_years"].view(np.uint32)
    start = pack(c["age_years"] * 1461 - c["pain_duration_days"] * 4 < 45 * 1461)
    weeks = hi | top & ~lo
    by_class = no_days & (under(45) | weeks & under(46))
    early = pack(np.greater(onset, 999, out=flag)) & (start & age_known & ~no_days | by_class)
    early |= pack(np.less(onset, 45, out=flag))
    y1 = y2 = y3 = y4 = m1 = m2 = m3 = m4 = nobody
    for name in IBP:
        lo, hi = digits(name, 2)
        yes = hi & ~lo
        y4, y3, y2, y1 = y4 | y3 & yes, y3 | y2 & yes, y2 | y1 & yes, y1 | yes
        m4, m3, m2, m1 = m4 | m3 & hi, m3 | m2 & hi, m2 | m1 & hi, m1 | hi
    ibp = y4 | y3 & m4
    features = {f: is_(f"spa_features.{f}", 2) for f in ("nsaid_response", "family")}
    a1, a2 = ibp, nobody
    for more in (*features.values(), pack(np.greater(c["pain_duration_days"], 1826, out=flag))):
        a2, a1 = a2 | a1 & more, a1 | more
    spa = any_of(
        *(is_(f"spa_features.{f}", 2) for f in ("uveitis", "psoriasis", "ibd")),
        is_("spa_features.heel_or_joint_swelling", 2),
    )
    lo, hi = digits("bone_risk", 2)
    bone, small = hi & ~lo, t_lift | t_minor
    unsure |= hi & lo & (small | severe)
    lo, hi = digits("first_ever_episode", 2)
    late = age_known & ~u55 & d21
    unsure |= hi & lo & late
    late_first = hi & ~lo & late
    lo, hi = digits("claudication_relief_sitting", 2)
    relief = hi & ~lo & from50
    unsure |= hi & lo & from50
    lo, hi = digits("back_extension_sport", 2)
    teenager = child & ~young
    sport = hi & ~lo
    unsure |= hi & lo & teenager
    procedure, weight = y["spine_procedure_3m"], y["weight_loss_unintended"]
    infection = any_of(procedure, *(is_(f"immune_or_infection_risk.{r}", 2) for r in RISKS))
    cannot_walk = is_("can_walk_stand", 3)
    sudden, fever, band = y["onset_sudden_not_movement"], y["fever_or_chills"], y["trunk_band"]
    sweats, urine = y["night_sweats_or_malaise"], y["urinary_burning_or_blood"]
    stoop, steroids = y["height_loss_or_new_stoop"], y["steroids_oral_3m"]
    neuro = ces | weak | y["gait_unsteady_new"] | s_both
    leg_sign = p_below | p_both_below | p_unknown | s_both | weak | w_unknown
    e = {
        "E01": ces,
        "E02": sex_new & leg_sign,
        "E03": w_both | grows | y["gait_unsteady_new"] | band & s_both,
        "E04": cancer & (neuro | bilateral) | cancer_now & (p_both_below | band),
        "E05": fever & neuro,
        "E06": y["seriously_ill"],
        "E07": aaa | y["collapse_or_pulsating_belly"] | from60 & sudden & (severe | no_nrs),
        "E08": y["cold_pale_leg"] | y["chest_pain_or_breathless"] | sudden & weak,
        "E09": t_high | (t_big | t_unknown) & neuro | t_big & s_one,
        "E10": is_("anticoagulant", 2) & sudden & neuro,
        "E11": pregnancy_alarm,
        "E12": colic & (fever | kidney | maybe),
        "E13": child & neuro,
    }
    s = {
        "S01": fever,
        "S02": w_severe,
        "S03": bilateral,
        "S04": t_big,
        "S05": cancer_now & (worse | severe | constant | p_any),
        "S06": procedure & worse,
        "S07": infection & (weight | sweats),
        "S08": colic | kidney,
        "S09": sudden,
        "S10": under(5) | child_alarm | child & (constant | weight),
        "S11": cannot_walk & (from70 | bone | steroids | from50 & t_minor),
        "S12": e_unknown | sex_new | sex_unknown & leg_sign,
        "S13": y["pain_unmanageable"],
        "S14": maybe & urine,
        "S15": s_both,
        "S16": cannot_walk,
        "S17": grows_unknown,
        "S18": urine & weight,
        "S19": ~asked,
    }
    w = {
        "W01": cancer,
        "W02": weight | sweats,
        "W03": steroids,
        "W04": stoop
        | bone & (small | severe)
        | severe & (from50 & t_minor | from60 & t_lift)
        | from70 & (t_minor | severe),
        "W05": w_mild,
        "W06": infection & (d_short | worse),
        "W07": d28 & (from50 & (worse | constant) | worse & constant)
        | from50 & constant & severe
        | still & night,
        "W08": y["blister_strip"],
        "W09": young,
        "W10": (pregnant | postpartum) & severe & (worse | stoop | cannot_walk),
        "W11": band,
        "W12": urine,
    }
    p = {
        "P01": p_below | p_both_below | s_one,
        "P02": relief,
        "P03": d90 & early & (ibp | a2 | spa),
        "P04": d21 & not_better | d28,
        "P05": d84,
        "P06": maybe | postpartum,
        "P07": from70,
        "P08": teenager & (d28 | sport),
        "P09": pack(np.greater(c["episodes_last_year"], 2, out=flag)) | unassessed | late_first,
        "P10": unsure,
        "P11": child,
    }
    e_any, s_any, w_any, p_any_row = (any_of(*rows.values()) for rows in (e, s, w, p))
    s_any, w_any = s_any & ~e_any, w_any & ~(s_any | e_any)
    p_any_row &= ~(e_any | s_any | w_any)
    tier = np.unpackbits(s_any | p_any_row, count=n)
    tier += np.unpackbits(s_any | w_any, count=n) << 1
    tier += np.unpackbits(e_any, count=n) << 2
    return e | s | w | p, tier


def any_of(first: Bits, second: Bits, *rest: Bits) -> Bits:
    """At least one of them, in one buffer."""
    found = first | second
    for other in rest:
        np.bitwise_or(found, other, out=found)
    return found
