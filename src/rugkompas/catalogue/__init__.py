"""Reads ``knowledge/`` into frozen objects and refuses what does not fit together."""

from rugkompas.catalogue.load import Knowledge, KnowledgeError, load

__all__ = ["Knowledge", "KnowledgeError", "load"]
