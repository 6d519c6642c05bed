"""The named terms of the triage table as they are signed, for translations to other engines."""

from __future__ import annotations

from rugkompas.catalogue import Knowledge

PROGRESS = "leg_weakness_progressive"


def definitions(knowledge: Knowledge) -> dict[str, str]:
    """Name -> condition or count, in the words of the dossier; also those it says in words."""
    named = {id_: term.definition for id_, term in knowledge.terms.items()}
    return named | _emergency_terms(knowledge)


def _emergency_terms(knowledge: Knowledge) -> dict[str, str]:
    """E_UNKNOWN and E_MISSING, which the dossier says in words, as conditions."""
    unknown, missing = [], ["age_years missing"]
    for question in knowledge.questions.values():
        if question.emergency:
            gate = f" AND ({question.applies})" if question.applies else ""
            missing.append(f"({question.id} missing{gate})")
            if question.id != PROGRESS:
                unknown.append(f"({question.id} = unknown{gate})")
    return {"E_UNKNOWN": " OR ".join(unknown), "E_MISSING": " OR ".join(missing)}
