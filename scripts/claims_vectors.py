"""Writes titles with their results, for holding another program against this one.

python scripts/claims_vectors.py           write tests/claims/vectors.json
python scripts/claims_vectors.py --check   write nothing; exit 1 when it is out of date
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from rugkompas.catalogue import load
from rugkompas.claims.export import vector
from rugkompas.claims.judge import Judge

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "claims" / "data"
VECTORS = ROOT / "tests" / "claims" / "vectors.json"
EVERY = 3
"""One of so many titles written by the project; of real ones all."""
ODD = (
    "",
    " ",
    "a",
    "!!!",
    "Fix   your\tback\u00a0pain   NOW!!!",
    "\U0001f525 Cure sciatica in 7 days \U0001f525",
    "\U0001d401\U0001d41e\U0001d42c\U0001d42d exercises for back pain",
    "De\u0301 oplossing voor jouw rugpijn",
    "H\u00e9t middel tegen spit\u2026",
    "\u201cCure\u201d back pain",
    "Back\u00adpain cu\u200bre: get rid of back pain",
    "\u202eCure back pain",
    "\u05db\u05d0\u05d1 \u05d2\u05d1: cure back pain",
    "\u0622\u0644\u0627\u0645 \u0627\u0644\u0638\u0647\u0631",
    "\u8170\u75db\u3092\u6cbb\u3059",
    "Rugpijn? \ufb01x je rug in 5 minuten",
    "<script>alert(1)</script> cure back pain",
    "\u0130nstant back pain relief",
    "Back pain: cure / genezen / oplossing voor rugpijn",
    "The real culprit!",
    "De ware oorzaak!",
    "Cure\u2014don't mask\u2014back pain",
    "\ufeffRugpijn, weg ermee!",
    "e\u0301\u0302\u0303 back pain \u0301 cure",
    "\ufffd broken half back pain cure",
)


def titles() -> list[tuple[str, str | None]]:
    """(title, language or None to detect)."""
    made: list[tuple[str, str | None]] = [(title, None) for title in ODD]
    for name in ("titles_dev", "titles_found", "titles_own", "titles_rounds"):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for place, row in enumerate(rows):
            if not row["id"].startswith("w") or place % EVERY == 0:
                # Told and detected language in turn, so that both ways are held.
                made.append((row["title"], row["lang"] if place % 2 else None))
    return made


def main() -> int:
    """Write or check."""
    judge = Judge(load())
    lines = [json.dumps(vector(title, lang, judge), ensure_ascii=False) for title, lang in titles()]
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    if "--check" in sys.argv[1:]:
        if VECTORS.exists() and VECTORS.read_text("utf-8") == text:
            return 0
        print("out of date: tests/claims/vectors.json; run python scripts/claims_vectors.py")
        return 1
    VECTORS.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
