"""Writes the page that the proxy shows while the site does not run, with the settings of the site.

deploy/as-site python deploy/down.py > /srv/rugkompas/down.html
"""

from __future__ import annotations

import sys

from rugkompas.web.serving import set_up


def main() -> None:
    """One page in every language of the site, whole by itself."""
    set_up()
    from rugkompas.web.shown import down

    sys.stdout.buffer.write(down().encode())


if __name__ == "__main__":
    main()
