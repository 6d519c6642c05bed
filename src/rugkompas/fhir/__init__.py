"""FHIR R4 (4.0.1): our answers and results as resources, and resources as our answers.

Pure functions, dictionaries in and out; no server, no network.
"""
