"""Every question that can be asked."""

from __future__ import annotations

from made.markdown import code, table
from rugkompas.catalogue import Knowledge
from rugkompas.catalogue.schema import Question


def questions(knowledge: Knowledge) -> str:
    """Every question: what may be answered, when it applies, and its words."""
    parts = [
        "# Questions\n",
        "The ids and values that answers use. **E** marks an emergency question: while it applies\n"
        "and is not answered, the result stays at `same_day` or higher. An id that is left out\n"
        "was not asked; that is never `no`.\n",
    ]
    topics = dict.fromkeys(q.topic for q in questions_in_order(knowledge))
    for topic in topics:
        rows = [
            (
                f"`{q.id}`{' **E**' if q.emergency else ''}",
                _values(q),
                code(q.applies) or "everyone",
                _label(q, knowledge, "nl"),
                _label(q, knowledge, "en"),
            )
            for q in questions_in_order(knowledge)
            if q.topic == topic
        ]
        parts.append(f"## {topic}\n")
        parts.append(table(("id", "answers", "asked of", "nl", "en"), rows))
    return "\n".join(parts)


def questions_in_order(knowledge: Knowledge) -> list[Question]:
    return sorted(knowledge.questions.values(), key=lambda q: (q.order, q.id))


def _label(question: Question, knowledge: Knowledge, language: str) -> str:
    words = knowledge.words[language].questions.get(question.id)
    return words.label if words else "(not asked in the interview)"


def _values(question: Question) -> str:
    if question.kind == "tri":
        return "yes, no, unknown"
    if question.kind in ("integer", "number"):
        return f"{question.kind} {question.low:g} to {question.high:g} {question.unit}".rstrip()
    if question.kind == "group":
        return "object: " + ", ".join(question.members)
    listed = ", ".join(question.values)
    if question.keys_from:
        return f"object, ids of {question.keys_from}: {listed or 'own words'}"
    unknown = "; or unknown by itself" if question.unknown_alone else ""
    return {"set": f"list: {listed}{unknown}", "choice": listed}.get(question.kind, question.kind)
