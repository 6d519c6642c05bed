"""The triage table, the numbers in it, and what a clinician should check first."""

from __future__ import annotations

import msgspec

from made.factors import _figure
from made.markdown import cited, code, table
from made.questions import questions_in_order
from made.sources import _all_citations
from rugkompas.assess.triage import mark
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import TIERS, RedFlag


def rules(knowledge: Knowledge) -> str:
    """Every row of the triage table, most urgent first, and the terms that they share."""
    parts = [
        "# The triage table\n",
        "Every row that can fire. The highest tier among the rows that fire is the outcome; all\n"
        "reasons stay. `condition` is the text that a clinician signs; `rugkompas verify` proves\n"
        "that the code says the same. Words in capitals are [terms](#terms).\n",
    ]
    for tier in reversed(TIERS):
        parts.append(f"## {tier}\n")
        parts += [_row(flag, knowledge) for flag in _of_tier(tier, knowledge)]
    parts.append("## Terms\n")
    parts.append(
        table(
            ("term", "means"),
            ((f"`{t.id}`", code(t.definition)) for t in knowledge.terms.values()),
        )
    )
    parts.append(
        "\nFour terms have their meaning in the proof itself (`proof/clauses.py`): `DUR` and\n"
        "`START_AGE` (true wherever the answer leaves it possible), `E_UNKNOWN` and `E_MISSING`\n"
        "(an emergency question that applies is unknown, or not answered).\n"
    )
    return "\n".join(parts)


def _of_tier(tier: str, knowledge: Knowledge) -> list[RedFlag]:
    return [flag for flag in knowledge.red_flags.values() if flag.tier == tier]


def _row(flag: RedFlag, knowledge: Knowledge) -> str:
    suspects = [f"{s} ({knowledge.words['en'].conditions[s].name})" for s in flag.suspects]
    facts = {
        "condition": code(flag.condition),
        "can point to": ", ".join(suspects) or "no condition in particular",
        "category": flag.category,
        "contact": f"`{flag.contact}`",
        "basis": f"{flag.basis}, mark: {mark(flag)}",
        "sources": cited(flag.citations) or "none",
        "section of the dossier": flag.section,
        "note": " ".join(flag.note.split()),
        "nl": knowledge.words["nl"].red_flags[flag.id].reason,
        "en": knowledge.words["en"].red_flags[flag.id].reason,
    }
    lines = [f"- {name}: {value}" for name, value in facts.items() if value]
    return "\n".join([f"### {flag.id}\n", *lines, ""])


def parameters(knowledge: Knowledge) -> str:
    """Every number that a rule reads, with all its dated values."""
    rows = [
        (
            f"`{parameter.id}`",
            f"{value.value:g}",
            parameter.unit,
            parameter.meaning,
            f"{value.from_} to {value.until or 'now'}",
            value.mark,
            cited(value.citations),
        )
        for parameter in knowledge.parameters.values()
        for value in parameter.values
    ]
    head = ("id", "value", "unit", "meaning", "holds", "mark", "sources")
    return (
        "# Parameters\n\nThe numbers that rules read. An old value keeps its dates, so an old "
        "assessment can be repeated.\n\n" + table(head, rows)
    )


def choices(knowledge: Knowledge) -> str:
    """What a clinician looks at first: no source settles it, or it was only recalled."""
    flags = [flag for tier in reversed(TIERS) for flag in _of_tier(tier, knowledge)]
    rows = [
        (f"[{f.id}](rules.md#{f.id.lower()})", f.tier, mark(f), f.basis, code(f.condition))
        for f in flags
        if mark(f) in ("choice", "recalled")
    ]
    numbers = [
        (f"`{parameter.id}`", f"{value.value:g} {parameter.unit}", value.mark, parameter.meaning)
        for parameter in knowledge.parameters.values()
        for value in parameter.values
        if value.mark in ("choice", "recalled")
    ]
    courses = [
        (f"`{course.id}`", course.mark, knowledge.words["en"].courses[course.id].name)
        for course in knowledge.courses.values()
        if course.mark in ("choice", "recalled")
    ]
    recalled = [
        (where, f"[{citation.source}](sources.md#{citation.source})")
        for where, citation in dict.fromkeys(
            (w, msgspec.structs.replace(c, place="")) for w, c in _all_citations(knowledge)
        )
        if citation.mark == "recalled"
    ]
    asked = [q.id for q in questions_in_order(knowledge) if q.triage and q.mark == "choice"]
    figures = [
        (f"`{factor.id}`", f"{f.about}: {_figure(f)}", f.compared, cited([f.citation]))
        for factor in knowledge.factors.values()
        for f in factor.figures
        if f.citation.mark == "recalled"
    ]
    return "\n".join(
        (
            "# What to check first\n",
            "No guideline or study settles a `choice`; it is a cautious decision of this project.\n"
            "A `recalled` figure was published, but written down from memory. Both wait for a\n"
            "clinician. Everything else was read in its source or that source's abstract.\n",
            f"## Rows of the triage table ({len(rows)} of {len(flags)})\n",
            table(("row", "tier", "mark", "basis", "condition"), rows),
            f"## Numbers ({len(numbers)})\n",
            table(("parameter", "value", "mark", "meaning"), numbers),
            f"## Course classes ({len(courses)} of {len(knowledge.courses)})\n",
            table(("class", "mark", "in words"), courses),
            f"## Figures of factors that were recalled ({len(figures)})\n",
            table(("factor", "figure", "compared", "source"), figures),
            f"## Citations that were recalled ({len(recalled)})\n",
            table(("on", "source"), recalled),
            f"## Wording and values of triage questions ({len(asked)})\n",
            "That these things are asked follows from the rows. How they are asked, which answers\n"
            "are offered and of whom it is asked is a choice for: "
            + ", ".join(f"`{id_}`" for id_ in asked)
            + ".\n",
        )
    )
