"""Small pure functions: what counts, for whom, from which answer on.

No clock, no chance, no files, no words for people. Numbers come from parameters, answers
come through the verbs of ``rugkompas.logic``; the same function runs on every carrier.
"""
