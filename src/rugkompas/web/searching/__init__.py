"""The search of the site: the same one as of the command line, with an index in PostgreSQL when
the site has that."""

from rugkompas.web.searching.index import search

__all__ = ["search"]
