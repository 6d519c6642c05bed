"""Commands and sites run as they do in their own tests; the scripts of the documentation too."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT / name) for name in ("tests/cli", "tests/web", "tests/cds", "scripts")]
