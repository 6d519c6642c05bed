"""What plays a role, gathered for one drawing of the three domains."""

from __future__ import annotations

from collections.abc import Sequence

from rugkompas.assess.factors import FactorState
from rugkompas.outputs.frame import Frame
from rugkompas.outputs.parts import Group, Picture, Run

DOMAINS = ("physical", "environmental", "psychosocial")
CHANGEABLE = ("yes", "unknown", "no")
"""The order within a group: what the person says can change comes first."""


def picture(f: Frame) -> Picture:
    """Every factor once: by name when it is present, else counted as not known or absent."""
    voice = f.voice
    groups = tuple(
        _group(f, domain, [state for state in f.a.factors if state.domain == domain])
        for domain in DOMAINS
    )
    return Picture(
        title=voice("picture_title"),
        description=" ".join(map(_described, groups)),
        caption=voice("picture_caption"),
        groups=groups,
    )


def _group(f: Frame, domain: str, states: Sequence[FactorState]) -> Group:
    voice = f.voice
    unknown = sum(state.state == "unknown" for state in states)
    absent = sum(state.state == "absent" for state in states)
    runs = tuple(
        Run(answer, voice(f"picture_{answer}"), labels)
        for answer in CHANGEABLE
        if (
            labels := tuple(
                f.words.factors[state.id].label
                for state in states
                if state.state == "present" and state.changeable == answer
            )
        )
    )
    return Group(
        id=domain,
        name=voice(f"domain_{domain}"),
        none="" if runs else voice("picture_none"),
        runs=runs,
        unknown=unknown,
        unknown_words=voice("picture_not_known", count=unknown),
        absent=absent,
        absent_words=voice("picture_absent", count=absent),
    )


def _described(group: Group) -> str:
    """The group in words, for who does not see the drawing."""
    parts = [f"{run.words}: {'; '.join(run.labels)}" for run in group.runs] or [group.none]
    parts += [group.unknown_words] if group.unknown else []
    parts += [group.absent_words] if group.absent else []
    return f"{group.name}. " + " ".join(f"{part.rstrip('.')}." for part in parts)
