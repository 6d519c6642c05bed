"""So that Django finds the table of the index."""

from __future__ import annotations

from django.apps import AppConfig


class SearchingConfig(AppConfig):
    """The search, as a part of the site with a table of its own."""

    name = "rugkompas.web.searching"
    label = "searching"
