"""Writes the page that the proxy shows while the site does not run, with the settings of the site.

deploy/as-site python deploy/down.py > /srv/rugkompas/down.html
"""

from __future__ import annotations

import sys

from rugkompas.web.serving import set_up


def main() -> None:
    """The page for 503, in the first language of the site."""
    set_up()
    from django.test import RequestFactory

    from rugkompas.web.views.errors import error_page

    sys.stdout.buffer.write(error_page(RequestFactory().get("/"), 503).content)


if __name__ == "__main__":
    main()
