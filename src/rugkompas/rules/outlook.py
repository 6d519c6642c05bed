"""A rough group for the chance of a longer course, after the Dutch guideline (KNGF 2021).

Such groups predict poorly for one person (course dossier, section 6c, last paragraph);
whoever shows the group also shows that.
"""

from __future__ import annotations

from typing import Literal

from rugkompas.catalogue.parameters import Parameters

RiskGroup = Literal["low", "medium", "high", "unknown"]


def by_start_back(total: int, psychosocial: int, p: Parameters) -> RiskGroup:
    """The STarT Back rule: the total first, then the psychosocial subscore."""
    if total < p.start_back_high_total:
        return "low"
    return "high" if psychosocial >= p.start_back_high_psychosocial else "medium"


def by_factors(present: int, answered: int, p: Parameters) -> RiskGroup:
    """By the number of the guideline's factors that are present, when enough were answered.

    Enough factors present settle the group even when few were answered.
    """
    if present >= p.risk_factors_high:
        return "high"
    if answered < p.risk_factors_answered:
        return "unknown"
    return "medium" if present >= p.risk_factors_medium else "low"
