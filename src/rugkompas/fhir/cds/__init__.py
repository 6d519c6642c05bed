"""CDS Hooks 2.0: what a record system asks at a moment of its work, and the cards that answer.

Pure functions, dictionaries in and out; no server, no network, and nothing is kept.
"""
