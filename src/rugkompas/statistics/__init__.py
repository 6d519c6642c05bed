"""What one person's own days show: patterns and personal experiments, with their uncertainty.

Functions take plain columns (one row per day), never files, and know no words for people.
They need numpy, which the extras ``tables`` and ``web`` bring.
"""
