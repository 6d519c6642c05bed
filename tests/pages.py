"""A page as a test reads it: its tags, its words, and text without its line breaks."""

from __future__ import annotations

import re
from html.parser import HTMLParser


def squeezed(text: str) -> str:
    """Without spaces, frames and hyphens: line breaks and column rules do not count."""
    return re.sub(r"[\s\u2500-\u257f\u00ad\u2010-]+", "", text)


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._skip = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._skip += tag in ("style", "title", "desc")

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("style", "title", "desc")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)
