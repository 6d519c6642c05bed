"""The way to a physiotherapist: what to know, and an intake with a practice.

Without a settings file of a practice there is nothing to book. Why it works as it does stands
in docs/decisions/0027-the-way-to-a-practice.md.
"""
