"""The door for a WSGI server. ``rugkompas serve`` uses it too."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rugkompas.web.settings")
application = get_wsgi_application()

from rugkompas.web.shown import warm  # noqa: E402  (needs the settings)

warm()
