"""What may not stand in the repository, and how long a file may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (
    *("src", "tests", "docs", "scripts", "bench", "deploy", "extension", "intake", "client"),
    *("requirements", ".ci"),
)
ENDINGS = {
    ".py", ".md", ".yaml", ".toml", ".txt", ".html", ".css", ".js", ".json", ".csv", ".typ", "",
    ".service", ".timer", ".conf", ".example",
}  # fmt: skip
LONGEST = 400


def files() -> Iterator[Path]:
    """Every text file that people write."""
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and path.suffix in ENDINGS:
            yield path
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            hidden = any(
                part.startswith((".", "__")) for part in path.relative_to(ROOT / folder).parts[:-1]
            )
            if path.is_file() and path.suffix in ENDINGS and not hidden:
                yield path


def hits(pattern: str) -> list[str]:
    """Places (file:line) that match; this file itself is left out."""
    search = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if search.search(line)
    ]


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r"\b(TODO|FIXME|XXX|HACK)\b", "do it, or write it in docs/reference/limits.md"),
        (r"(?<![\w.~<])/(home|Users|root|work|tmp)/\w", "use a path inside the repository"),
        (r"(?i)\bpypi\b|files\.pythonhosted|--(extra-)?index-url", "name the package alone"),
        (r"<{7} |>{7} ", "solve the merge"),
    ],
)
def test_no_file_holds(pattern: str, instead: str) -> None:
    found = hits(pattern)

    assert not found, f"{instead}: {', '.join(found[:10])}"


def test_no_file_of_the_source_is_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "src").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }

    assert not long, f"more than {LONGEST} lines; split by what it is about: {long}"
