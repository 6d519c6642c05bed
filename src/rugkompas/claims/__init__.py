"""Holds titles and texts about back pain against what is known: a claim checker.

``check`` judges one title; ``rugkompas.claims.document`` reads a longer text. Patterns, weights
and words are knowledge; the same knowledge, exported, gives the same result in a browser.
"""

from rugkompas.claims.judge import Judge, Verdict, check, judge

__all__ = ["Judge", "Verdict", "check", "judge"]
