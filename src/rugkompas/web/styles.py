"""The folders with what a browser loads beside a page."""

from pathlib import Path

import rugkompas

_PACKAGE = Path(rugkompas.__file__).parent
STYLES = (_PACKAGE / "web" / "static", _PACKAGE / "outputs" / "style")
