"""The door for a WSGI server. ``rugkompas serve`` uses it too."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rugkompas.web.settings")
_application = get_wsgi_application()

from rugkompas.web.pieces import measured  # noqa: E402  (needs the settings)
from rugkompas.web.shown import warm  # noqa: E402  (needs the settings)

application = measured(_application)

warm()
