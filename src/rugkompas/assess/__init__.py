"""Runs the steps in order (triage, course, factors, outlook) for one person or a table."""

from rugkompas.assess.assessment import Assessment, assess

__all__ = ["Assessment", "assess"]
