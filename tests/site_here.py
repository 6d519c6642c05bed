"""The site in the process of the tests: settings for this machine only, and a database of its own.

Django reads its settings once a process, so whichever tests come first start it for all.
"""

from __future__ import annotations

import os
import tempfile
import time

import django
from django.conf import settings

_FOLDER = tempfile.TemporaryDirectory(prefix="rugkompas-site-")


def start(database: str = "") -> None:
    """Read the settings, once, and leave the environment as it was for all other tests.

    database: its address; a file of this process when not given.
    """
    if settings.configured:
        return
    wanted = {
        "DJANGO_SETTINGS_MODULE": "rugkompas.web.settings",
        "DATABASE_URL": database or f"sqlite:///{_FOLDER.name}/site.sqlite3",
        "RUGKOMPAS_TRIAL": "1",
        # Thousands of requests come from one address here; tests of the limit set their own.
        "RUGKOMPAS_REQUESTS_A_MINUTE": "10000000",
    }
    others = {name for name in os.environ if name.startswith("RUGKOMPAS_")}
    before = {name: os.environ.pop(name, None) for name in {*wanted, *others, "TZ"}}
    os.environ.update(wanted)
    try:
        django.setup()
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        time.tzset()
