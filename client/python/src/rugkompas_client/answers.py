"""What is sent: the answers of one person, and a diary.

Made by scripts/client.py from the description of the API; do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, Required, TypedDict

from rugkompas_client.words import FactorId, OptionId, PersonFactId, Tri


class Activity(TypedDict, total=False):
    name: Required[str]
    start_0_10: float | None
    now_0_10: float | None


class IbpItems(TypedDict, total=False):
    ibp_onset_before_40: Tri | None
    """Did your back pain start before you were 40?"""
    ibp_insidious: Tri | None
    """Did the pain come on slowly?"""
    ibp_improves_with_exercise: Tri | None
    """Does the pain get less when you move?"""
    ibp_no_improvement_with_rest: Tri | None
    """Does the pain stay just as bad when you rest?"""
    ibp_night_pain_better_on_rising: Tri | None
    """Do you have pain at night that gets less when you get up?"""
    onset_age_years: int | None
    """How old were you when your back pain first started? 0 to 120."""


class Answers(TypedDict, total=False):
    id: Any
    """Names the record; it stands in the result as text."""
    age_years: int | None
    """How old are you? 0 to 120."""
    sex: Literal["female", "male", "other"] | None
    """Are you a woman, a man or other?"""
    pregnancy: Literal["no", "pregnant", "possible", "postpartum_6m", "unknown"] | None
    """Are you pregnant, or have you recently given birth?"""
    pregnancy_alarm: Tri | None
    """Pregnant: bleeding, losing fluid, contractions, severe belly pain, fainting or a baby moving
    less?"""
    seriously_ill: Tri | None
    """Do you feel seriously ill now?"""
    collapse_or_pulsating_belly: Tri | None
    """Did you faint with this pain, or is there a pulsing lump in your belly?"""
    chest_pain_or_breathless: Tri | None
    """Do you have new chest pain, or are you newly short of breath?"""
    cold_pale_leg: Tri | None
    """Has one leg recently become clearly colder, paler or bluer than before?"""
    child_alarm: Tri | None
    """Under 18: do you limp, are you pale, or awake at night?"""
    onset_sudden_not_movement: Tri | None
    """Did the pain start suddenly and very severely, and not from a movement?"""
    fever_or_chills: Tri | None
    """Did you have a fever or cold shivers in the last week?"""
    trauma: Literal["none", "lifting_type", "minor", "significant", "high_energy", "unknown"] | None
    """Did something happen when the pain started, or just before?"""
    bladder_change: (
        Literal["no", "new_or_changed", "old_stable_known", "old_unassessed", "unknown"] | None
    )
    """Do you have trouble peeing, or trouble feeling or holding your pee?"""
    bowel_change: (
        Literal["no", "new_or_changed", "old_stable_known", "old_unassessed", "unknown"] | None
    )
    """Do you have trouble feeling or holding your stool (poo)?"""
    saddle_change: (
        Literal["no", "new_or_changed", "old_stable_known", "old_unassessed", "unknown"] | None
    )
    """Does the skin between your legs feel numb or different?"""
    leg_weakness: Literal["none", "mild_one", "severe_one", "both", "unknown"] | None
    """Do you have less strength in a leg?"""
    leg_weakness_progressive: Tri | None
    """Did your leg keep getting weaker over the last hours or days?"""
    gait_unsteady_new: Tri | None
    """Have you recently become unsteady on your feet, or do you stumble more?"""
    known_aaa: Tri | None
    """Did a doctor ever say that the large artery in your belly is too wide?"""
    leg_pain: (
        Literal[
            "none",
            "one_above_knee",
            "one_below_knee",
            "both_above_knee",
            "both_below_knee",
            "unknown",
        ]
        | None
    )
    """Do you also have pain in one leg or in both legs?"""
    leg_pain_bilateral_new_2w: Tri | None
    """Did you get pain in both legs in the last 2 weeks?"""
    leg_sensory: Literal["none", "one", "both", "unknown"] | None
    """Does a leg feel numb or does it tingle?"""
    claudication_relief_sitting: Tri | None
    """Do your legs trouble you when you walk, and does sitting stop it?"""
    trunk_band: Tri | None
    """Do you feel a band of pain or numbness around your chest or belly?"""
    cancer: Literal["none", "basal_cell_only", "past", "current_or_metastatic", "unknown"] | None
    """Do you have cancer, or have you ever had cancer?"""
    night_sweats_or_malaise: Tri | None
    """Do you sweat a lot at night, or do you feel ill?"""
    weight_loss_unintended: Tri | None
    """Did you lose weight in 6 months without wanting to?"""
    blister_strip: Tri | None
    """Do you have a strip of skin with blisters or a burning feeling?"""
    immune_or_infection_risk: (
        list[
            Literal[
                "immunosuppressed",
                "diabetes_poorly_controlled",
                "dialysis_or_line",
                "injecting_drugs",
                "recent_serious_infection",
                "heart_valve_prosthesis",
                "tb_risk",
                "unknown",
            ]
        ]
        | Literal["unknown"]
        | None
    )
    """Do you have a greater chance of an infection because of one of these things?"""
    spine_procedure_3m: Tri | None
    """Did you have an operation or injection in your back in the last 3 months?"""
    anticoagulant: Tri | None
    """Do you use blood thinners?"""
    bone_risk: Tri | None
    """Do you have thin bones, or did a small fall break a bone?"""
    steroids_oral_3m: Tri | None
    """Have you used prednisone or a similar medicine for 3 months or longer?"""
    height_loss_or_new_stoop: Tri | None
    """Are you clearly shorter, or is your back more bent than before?"""
    flank_colic: Tri | None
    """Does pain come in waves in your side, and can you not lie still?"""
    single_kidney_or_no_urine: Tri | None
    """Do you have only one kidney that works, or has your pee stopped coming?"""
    urinary_burning_or_blood: Tri | None
    """Does it burn when you pee, or do you see blood in your pee?"""
    pain_duration_days: int | None
    """For how many days have you had this pain? 0 to 43800."""
    pain_duration_class: (
        Literal["lt_3_weeks", "3_to_6_weeks", "6_to_12_weeks", "gt_12_weeks", "comes_and_goes"]
        | None
    )
    """About how long have you had this pain?"""
    course_activity: Literal["improving", "unchanged", "worsening", "unknown"] | None
    """Can you do more or less now than when the pain started?"""
    first_ever_episode: Tri | None
    """Is this the first time in your life that you have back pain?"""
    episodes_last_year: int | None
    """How often did you have back pain earlier in the last 12 months? 0 to 366."""
    pain_free_month_before: Tri | None
    """Did you have at least 1 month without back pain before this pain?"""
    pain_nrs: int | None
    """How bad is your pain, from 0 to 10? 0 to 10."""
    can_walk_stand: Literal["yes", "with_difficulty", "no"] | None
    """Can you stand and walk now?"""
    pain_unmanageable: Tri | None
    """Is the pain unbearable, even with painkillers?"""
    night_pain: Literal["none", "on_turning", "wakes_early", "constant", "unknown"] | None
    """Does the pain wake you at night?"""
    pain_constant_any_position: Tri | None
    """Is the pain always there, in every position?"""
    back_extension_sport: Tri | None
    """Do you do sport, and does your back hurt when you bend backwards?"""
    ibp_items: IbpItems | None
    """How did your back pain start, and what makes it less?"""
    spa_features: (
        list[
            Literal[
                "uveitis", "psoriasis", "ibd", "family", "nsaid_response", "heel_or_joint_swelling"
            ]
        ]
        | None
    )
    """Does one of these things fit you?"""
    activities: list[Activity] | None
    """What would you like to be able to do again?"""
    factors: dict[FactorId, Tri | None] | None
    changeable: dict[FactorId, Tri | None] | None
    max_block_min: int | None
    """How many minutes in a row do you have for yourself at most? 0 to 1440."""
    minutes_a_week: int | None
    """How many minutes a week do you have for your back? 0 to 10080."""
    rejects: dict[OptionId, str | None] | list[OptionId] | None
    cannot: dict[OptionId, str | None] | list[OptionId] | None
    likes: list[OptionId] | None
    dislikes: list[OptionId] | None
    asks_about: list[OptionId] | None
    person_facts: dict[PersonFactId, Tri | None] | list[PersonFactId] | None
    rejects_kinds: (
        list[Literal["groups", "being_touched", "gym", "water", "apps", "homework", "spiritual"]]
        | None
    )
    """Is there anything that you really do not want?"""
    tried: dict[OptionId, Literal["helped", "no_change", "worse"] | None] | None
    """What have you already tried against the pain?"""
    medicines: (
        list[
            Literal[
                "nsaid",
                "paracetamol",
                "opioid",
                "muscle_relaxant",
                "antidepressant",
                "gabapentinoid",
            ]
        ]
        | None
    )
    """Which medicines do you use for pain now?"""
    pain_free_now: Tri | None
    work: (
        Literal[
            "none", "sitting", "standing", "light_physical", "heavy_physical", "driving", "mixed"
        ]
        | None
    )
    """What do you do most at work?"""
    employment: Literal["employee", "self_employed", "none", "student", "retired"] | None
    """Do you have work?"""
    night_shifts: Tri | None
    """Do you also work at night?"""
    care_duty: Literal["none", "child", "adult"] | None
    """Do you care for someone who needs a lot of help?"""
    has_hoist: Tri | None
    """Do you have a hoist at home?"""
    second_person: Literal["yes", "sometimes", "no"] | None
    """Is there someone at home who can help you with lifting or caring?"""
    other_conditions: list[str] | None
    nprs: int | None
    """0 to 10."""
    rmdq: int | None
    """0 to 24."""
    odi: float | None
    """0 to 100."""
    qbpds: int | None
    """0 to 100."""
    psk: float | None
    """0 to 10."""
    start_back_total: int | None
    """0 to 9."""
    picks: list[OptionId] | None
    plan_when: dict[OptionId, str | None] | None
    look_again: int | None
    """1 to 26."""
    start_back_psychosocial: int | None
    """0 to 5."""
    omspq_sf: int | None
    """0 to 100."""
    tsk_11: int | None
    """11 to 44."""
    sexual_change: (
        Literal[
            "no",
            "new_or_changed",
            "old_stable_known",
            "old_unassessed",
            "unknown",
            "prefer_not_to_say",
        ]
        | None
    )
    """Do you feel less during sex, or have trouble with erections or orgasm?"""
    tsk_17: int | None
    """17 to 68."""
    pcs: int | None
    """0 to 52."""
    pseq: int | None
    """0 to 60."""
    promis_pf: float | None
    """0 to 100."""
    promis_pi: float | None
    """0 to 100."""
    eq5d_index: float | None
    """-1 to 1."""
    gpe: int | None
    """1 to 7."""
    pain_duration_days_min: int | None
    """0 to 43800."""
    pain_duration_days_max: int | None
    """0 to 43800."""
    previous_episodes: int | None
    """0 to 10000."""
    previous_episodes_class: Literal["none", "1_to_3", "gt_3"] | None
    """How often did you have a time of back pain before?"""
    pain_days_last_year: int | None
    """0 to 366."""
    pain_days_last_year_class: Literal["le_30", "gt_30"] | None
    """On how many days of the last year did you have back pain?"""
    leg_pain_nrs: int | None
    """How bad is the pain in your leg, from 0 to 10? 0 to 10."""
    leg_pain_intensity_class: Literal["none", "mild", "moderate_or_worse"] | None
    pain_spread_to_leg_2w: Tri | None
    pain_elsewhere_2w: Tri | None
    """Did you also have pain in your neck or shoulders in the last 2 weeks?"""
    rmdq_percent: float | None
    """0 to 100."""
    start_back_class: Literal["low", "medium", "high"] | None
    recovery_expectation_0_10: int | None
    """Do you think you will have recovered in 3 months? 0 to 10."""
    recovery_expectation_class: Literal["likely", "unsure_or_unlikely"] | None
    pain_control_0_10: int | None
    """Can you do something yourself that makes the pain less? 0 to 10."""
    treatment_essential_0_10: int | None
    """0 to 10."""
    activity_unsafe_belief: Tri | None
    fabq_pa: int | None
    """0 to 24."""
    worrying_thoughts_2w: Tri | None
    less_enjoyment_2w: Tri | None
    low_mood_2w: Literal["never", "sometimes", "often"] | None
    lost_interest_2w: Literal["never", "sometimes", "often"] | None
    low_energy_2w: Literal["never", "sometimes", "often"] | None
    sleep_trouble_2w: Literal["never", "sometimes", "often"] | None
    sleep_worse_by_back: Tri | None
    """Do you sleep worse because of your back?"""
    isolated_0_10: int | None
    """0 to 10."""
    isolated_class: Literal["not_at_all", "at_least_a_little"] | None
    general_health_0_100: int | None
    """How healthy do you feel today, from 0 to 100? 0 to 100."""
    comorbidities: (
        list[
            Literal[
                "heart_or_circulation",
                "asthma_or_allergy",
                "psychological",
                "musculoskeletal_other",
                "other",
            ]
        ]
        | None
    )
    smoking_status: Literal["current", "former", "never"] | None
    bmi: float | None
    """8 to 100."""
    work_load: Literal["sitting", "sitting_walking", "light", "heavy"] | None
    """How heavy is your work for your body?"""
    work_too_heavy: Tri | None
    compensation_claim: Tri | None
    work_status: (
        Literal[
            "self_employed",
            "full_time",
            "part_time",
            "student",
            "unemployed",
            "retired",
            "work_disabled",
            "other",
        ]
        | None
    )
    sick_leave_days_last_month: int | None
    """0 to 31."""
    sick_leave_days_last_month_class: Literal["none", "1_to_5", "6_or_more"] | None
    """On how many days of the last month could you not work because of your back?"""
    education: (
        Literal[
            "none_after_school",
            "vocational",
            "higher_lt_3_years",
            "higher_3_4_years",
            "higher_gt_4_years",
        ]
        | None
    )
    ibp_onset_before_40: Tri | None
    """Did your back pain start before you were 40?"""
    ibp_insidious: Tri | None
    """Did the pain come on slowly?"""
    ibp_improves_with_exercise: Tri | None
    """Does the pain get less when you move?"""
    ibp_no_improvement_with_rest: Tri | None
    """Does the pain stay just as bad when you rest?"""
    ibp_night_pain_better_on_rising: Tri | None
    """Do you have pain at night that gets less when you get up?"""
    onset_age_years: int | None
    """How old were you when your back pain first started? 0 to 120."""


class Diary(TypedDict, total=False):
    """A diary as ``rugkompas diary export`` writes it in JSON."""

    kind: Required[Literal["rugkompas_diary"]]
    format: Required[Literal[1]]
    records: Required[list[dict[str, Any]]]
