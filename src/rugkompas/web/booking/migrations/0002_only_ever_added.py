"""The log of looks only grows: the database itself refuses to change or take away a line."""

from typing import Any

from django.db import migrations

REFUSED = "the log of looks is only ever added to"
SQLITE = [
    f"CREATE TRIGGER booking_look_{event} BEFORE {event} ON booking_look "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    for event in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION booking_look_refused() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; "
    "END $$",
    "CREATE TRIGGER booking_look_row BEFORE UPDATE OR DELETE ON booking_look "
    "FOR EACH ROW EXECUTE FUNCTION booking_look_refused()",
    "CREATE TRIGGER booking_look_all BEFORE TRUNCATE ON booking_look "
    "FOR EACH STATEMENT EXECUTE FUNCTION booking_look_refused()",
]
UNDO_SQLITE = [f"DROP TRIGGER booking_look_{event}" for event in ("UPDATE", "DELETE")]
UNDO_POSTGRESQL = ["DROP FUNCTION booking_look_refused() CASCADE"]


def _refuse(_apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE, POSTGRESQL)


def _allow(_apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, UNDO_SQLITE, UNDO_POSTGRESQL)


def _run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
    for line in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(line)


class Migration(migrations.Migration):
    dependencies = (("booking", "0001_initial"),)
    operations = (migrations.RunPython(_refuse, _allow),)
