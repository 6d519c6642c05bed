"""Rugkompas: a person's own answers about low back pain become an honest, sourced assessment.

    from rugkompas import assess
    assess({"age_years": 38, ...}).triage.urgency

This door is all that is promised: ``assess`` for one person, ``assess_table`` for a table,
``prognosis`` for the chance of still being limited later, ``Diary`` for a diary in a file and
``follow_up`` for its course, ``patterns`` for what goes with its better and worse days,
``BadAnswers`` for answers that cannot be used, ``load_knowledge`` for the facts.
"""

from typing import TYPE_CHECKING, Any

from rugkompas.assess import Assessment, assess
from rugkompas.assess.follow_up import FollowUp, follow_up
from rugkompas.assess.patterns import OwnPatterns, patterns
from rugkompas.assess.prognosis import Prognosis, prognosis
from rugkompas.catalogue import load as load_knowledge
from rugkompas.people.diary import Diary
from rugkompas.people.problems import BadAnswers

if TYPE_CHECKING:
    from rugkompas.assess.engines import assess_table

__version__ = "0.1.0"
__all__ = [
    "Assessment",
    "BadAnswers",
    "Diary",
    "FollowUp",
    "OwnPatterns",
    "Prognosis",
    "__version__",
    "assess",
    "assess_table",
    "follow_up",
    "load_knowledge",
    "patterns",
    "prognosis",
]


def __getattr__(name: str) -> Any:
    """``assess_table`` needs the extra ``tables``; without it the rest works."""
    if name == "assess_table":
        from rugkompas.assess.engines import assess_table

        return assess_table
    raise AttributeError(f"module 'rugkompas' has no attribute '{name}'")
