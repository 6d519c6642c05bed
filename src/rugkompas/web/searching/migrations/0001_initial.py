"""The index of answers in PostgreSQL. A site on SQLite keeps it in memory and needs no table."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_MAKE = (
    "CREATE TABLE searching_held (knowledge text NOT NULL, language text NOT NULL, "
    "id text NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (knowledge, language, id))",
    "CREATE INDEX searching_held_terms ON searching_held USING gin (terms)",
)


def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The table with its index, on PostgreSQL."""
    if editor.connection.vendor == "postgresql":
        for statement in _MAKE:
            editor.execute(statement)


def drop(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Away with it: all of it can be made again from the knowledge."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TABLE searching_held")


class Migration(migrations.Migration):
    """No model: the table is only ever asked which answers hold a term."""

    initial = True
    operations = (migrations.RunPython(make, drop),)
