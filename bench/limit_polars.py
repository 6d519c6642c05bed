"""The triage table by hand in Polars: one fused selection over the coded columns.

Like ``limit_numpy``, it is a limit and no example: bare codes and thresholds, written for the
engine, which computes a part that occurs twice only once. Ranges of codes stand for lists of
words where a word's place allows it.
"""

from __future__ import annotations

import polars as pl

from limit_numpy import IBP, RISKS, TRIS_SURE, TRIS_UNSURE

RANK = pl.UInt8


def rows_and_tier(codes: pl.DataFrame) -> pl.DataFrame:
    """A true/false column per row, and ``tier``: the rank of the tier."""
    return codes.lazy().select(**ROWS).with_columns(tier=TIER).collect()


def _is(name: str, code: int) -> pl.Expr:
    return pl.col(name) == code


def _yes(name: str) -> pl.Expr:
    return pl.col(name) == 2


def _unknown(name: str) -> pl.Expr:
    return pl.col(name) == 3


def _any(*truths: pl.Expr) -> pl.Expr:
    found = truths[0]
    for truth in truths[1:]:
        found = found | truth
    return found


def _rows() -> dict[str, pl.Expr]:
    age, days, nrs = pl.col("age_years"), pl.col("pain_duration_days"), pl.col("pain_nrs")
    leg, trauma, kind = pl.col("leg_pain"), pl.col("trauma"), pl.col("pain_duration_class")
    age_known, child = age >= 0, (age >= 0) & (age < 18)
    maybe_child = age < 18
    teenager = (age >= 10) & (age < 18)
    severe = nrs >= 7
    ces = _any(*(_is(f"{part}_change", 2) for part in ("bladder", "bowel", "saddle")))
    strength = pl.col("leg_weakness")
    weak = ((strength >= 2) & (strength <= 4)) | _yes("leg_weakness_progressive")
    numb, unsteady = _is("leg_sensory", 3), _yes("gait_unsteady_new")
    neuro = ces | weak | unsteady | numb
    leg_sign = (leg == 3) | (leg >= 5) | numb | weak | (strength == 5)
    sudden, fever = _yes("onset_sudden_not_movement"), _yes("fever_or_chills")
    band, bilateral = _yes("trunk_band"), _yes("leg_pain_bilateral_new_2w")
    cancer, cancer_now = pl.col("cancer") >= 3, pl.col("cancer") == 4
    worse, still = _is("course_activity", 3), _yes("pain_constant_any_position")
    night = _is("night_pain", 4)
    constant = still | night
    weight, sweats = _yes("weight_loss_unintended"), _yes("night_sweats_or_malaise")
    urine, stoop = _yes("urinary_burning_or_blood"), _yes("height_loss_or_new_stoop")
    steroids, procedure = _yes("steroids_oral_3m"), _yes("spine_procedure_3m")
    bone, small = _yes("bone_risk"), (trauma == 2) | (trauma == 3)
    cannot_walk = _is("can_walk_stand", 3)
    pregnancy = pl.col("pregnancy")
    maybe = (pregnancy == 2) | (pregnancy == 3) | (pregnancy == 5)
    infection = _any(procedure, *(_yes(f"immune_or_infection_risk.{risk}") for risk in RISKS))
    no_days = days < 0
    open_21, long = no_days & (kind != 1), no_days & ((kind >= 4) | (kind == 0))
    d21, d28 = (days >= 21) | open_21, (days >= 28) | open_21
    d84, d90 = (days >= 84) | long, (days >= 90) | long
    short = ((days >= 0) & (days < 84)) | (no_days & (kind != 4))
    onset = pl.col("onset_age_years")
    by_days = (age * 1461 - days * 4 < 45 * 1461) & age_known & ~no_days
    weeks = (kind >= 2) & (kind <= 4)
    by_class = no_days & age_known & ((age < 45) | (weeks & (age < 46)))
    early = ((onset < 0) & (by_days | by_class)) | ((onset >= 0) & (onset < 45))
    yes = pl.sum_horizontal((pl.col(item) == 2).cast(RANK) for item in IBP)
    possible = pl.sum_horizontal((pl.col(item) >= 2).cast(RANK) for item in IBP)
    ibp = (yes >= 4) | ((yes >= 3) & (possible >= 4))
    features = {name: _yes(f"spa_features.{name}") for name in ("nsaid_response", "family")}
    spa = [ibp, *features.values(), days > 1826]
    cafaspa = pl.sum_horizontal(part.cast(RANK) for part in spa) >= 2
    one_feature = _any(
        *(_yes(f"spa_features.{name}") for name in ("uveitis", "psoriasis", "ibd")),
        _yes("spa_features.heel_or_joint_swelling"),
    )
    not_leg = (leg == 0) | (leg >= 5)
    fertile = ~_is("sex", 2) & ((age < 0) | ((age >= 12) & (age < 56)))
    may_alarm = maybe | ((pregnancy == 0) & fertile)
    aaa_asked, colic_open = (age < 0) | (age >= 40), pl.col("flank_colic") != 1
    gates = {
        "leg_pain_bilateral_new_2w": not_leg,
        "pregnancy_alarm": may_alarm,
        "known_aaa": aaa_asked,
        "single_kidney_or_no_urine": colic_open,
        "child_alarm": maybe_child,
    }
    parts = ("bladder_change", "bowel_change", "saddle_change")
    e_unknown = _any(
        *(_unknown(item) for item in TRIS_SURE),
        *(_unknown(item) & gate for item, gate in gates.items()),
        *(_is(part, 5) for part in parts),
        strength == 5,
        trauma == 6,
    )
    e_missing = _any(
        ~age_known,
        *(_is(item, 0) for item in (*TRIS_SURE, *parts, "leg_weakness", "trauma")),
        *(_is(item, 0) & gate for item, gate in gates.items()),
        _is("leg_weakness_progressive", 0) & (strength != 1),
    )
    late = (age >= 55) & d21
    telling = child | ((age >= 50) & severe)
    unsure = _any(
        leg == 6,
        _is("leg_sensory", 4),
        *(_unknown(item) for item in (*TRIS_UNSURE, "flank_colic")),
        _yes("immune_or_infection_risk.unknown"),
        _unknown("claudication_relief_sitting") & (age >= 50),
        _unknown("back_extension_sport") & teenager,
        _unknown("bone_risk") & (small | severe),
        _is("night_pain", 5) & (telling | (pl.col("pain_constant_any_position") >= 2)),
        _unknown("pain_constant_any_position") & (telling | (pl.col("night_pain") >= 4)),
        _unknown("first_ever_episode") & late,
    )
    colic, kidney = _yes("flank_colic"), _yes("single_kidney_or_no_urine")
    sexual = pl.col("sexual_change")
    return {
        "E01": ces,
        "E02": (sexual == 2) & leg_sign,
        "E03": (strength == 4) | _yes("leg_weakness_progressive") | unsteady | (band & numb),
        "E04": (cancer & (neuro | bilateral)) | (cancer_now & ((leg == 5) | band)),
        "E05": fever & neuro,
        "E06": _yes("seriously_ill"),
        "E07": _yes("known_aaa")
        | _yes("collapse_or_pulsating_belly")
        | ((age >= 60) & sudden & (severe | (nrs < 0))),
        "E08": _yes("cold_pale_leg") | _yes("chest_pain_or_breathless") | (sudden & weak),
        "E09": (trauma == 5)
        | (((trauma == 4) | (trauma == 6)) & neuro)
        | ((trauma == 4) & _is("leg_sensory", 2)),
        "E10": _yes("anticoagulant") & sudden & neuro,
        "E11": _yes("pregnancy_alarm"),
        "E12": colic & (fever | kidney | maybe),
        "E13": child & neuro,
        "S01": fever,
        "S02": strength == 3,
        "S03": bilateral,
        "S04": trauma == 4,
        "S05": cancer_now & (worse | severe | constant | (leg >= 2)),
        "S06": procedure & worse,
        "S07": infection & (weight | sweats),
        "S08": colic | kidney,
        "S09": sudden,
        "S10": (age_known & (age < 5)) | _yes("child_alarm") | (child & (constant | weight)),
        "S11": cannot_walk & ((age >= 70) | bone | steroids | ((age >= 50) & (trauma == 3))),
        "S12": e_unknown | (sexual == 2) | ((sexual == 5) & leg_sign),
        "S13": _yes("pain_unmanageable"),
        "S14": maybe & urine,
        "S15": numb,
        "S16": cannot_walk,
        "S17": _unknown("leg_weakness_progressive") & (strength != 1),
        "S18": urine & weight,
        "S19": e_missing,
        "W01": cancer,
        "W02": weight | sweats,
        "W03": steroids,
        "W04": stoop
        | (bone & (small | severe))
        | (severe & (((age >= 50) & (trauma == 3)) | ((age >= 60) & (trauma == 2))))
        | ((age >= 70) & ((trauma == 3) | severe)),
        "W05": strength == 2,
        "W06": infection & (short | worse),
        "W07": (d28 & (((age >= 50) & (worse | constant)) | (worse & constant)))
        | ((age >= 50) & constant & severe)
        | (still & night),
        "W08": _yes("blister_strip"),
        "W09": age_known & (age < 10),
        "W10": ((pregnancy == 2) | (pregnancy == 4)) & severe & (worse | stoop | cannot_walk),
        "W11": band,
        "W12": urine,
        "P01": (leg == 3) | (leg == 5) | _is("leg_sensory", 2),
        "P02": _yes("claudication_relief_sitting") & (age >= 50),
        "P03": d90 & early & (ibp | cafaspa | one_feature),
        "P04": (d21 & ~_is("course_activity", 1)) | d28,
        "P05": d84,
        "P06": pregnancy >= 2,
        "P07": age >= 70,
        "P08": teenager & (d28 | _yes("back_extension_sport")),
        "P09": (pl.col("episodes_last_year") >= 3)
        | _any(*(_is(part, 4) for part in parts), sexual == 4)
        | (_yes("first_ever_episode") & late),
        "P10": unsure,
        "P11": child,
    }


def _tier() -> pl.Expr:
    """The rank, as the sum of what holds: each tier lifts those below it by one."""
    reached, rank = None, None
    for tier in "ESWP":
        here = _any(*(pl.col(row) for row in ROWS if row.startswith(tier)))
        reached = here if reached is None else reached | here
        rank = reached.cast(RANK) if rank is None else rank + reached.cast(RANK)
    assert rank is not None
    return rank


ROWS = _rows()
TIER = _tier()
