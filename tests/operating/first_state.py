"""Makes a database as the first release had it: each part of the site at its first migration.

Run in a process of its own, with the settings of a site in the environment.
"""

from __future__ import annotations

from rugkompas.web.serving import set_up


def main() -> None:
    """Migrate to the first migration of each part that is ours."""
    set_up()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    ours = {it.label for it in apps.get_app_configs() if it.name.startswith("rugkompas.")}
    graph = MigrationLoader(None).graph
    for label in sorted(ours):
        for app, name in graph.root_nodes(label):
            call_command("migrate", app, name, verbosity=0)
    connection.close()


if __name__ == "__main__":
    main()
