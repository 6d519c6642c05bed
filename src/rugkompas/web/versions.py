"""Whether a database is of a newer version of the site than this one."""

from __future__ import annotations

from collections.abc import Iterable


def ahead(applied: Iterable[tuple[str, str]]) -> list[str]:
    """Which of these migrations (part, name) came after this version, as ``part name``.

    Those of packages that are installed here do not count: a package takes old ones of its own
    away when it has joined them. Django must be set up.
    """
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    of_others = {it.label for it in apps.get_app_configs() if not it.name.startswith("rugkompas.")}
    unknown = set(applied) - set(MigrationLoader(None).disk_migrations)
    return sorted(f"{part} {name}" for part, name in unknown if part not in of_others)


def ahead_of_this() -> list[str]:
    """The same for the database of the site. Raises DatabaseError when it does not answer."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return ahead(MigrationRecorder(connection).applied_migrations())
