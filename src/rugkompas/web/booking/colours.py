"""How well a colour can be read on another, as WCAG 2.2 computes it (success criterion 1.4.3)."""

from __future__ import annotations

LEAST = 4.5
"""Contrast for text of usual size, level AA."""


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white). Colours as ``#174743``."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
