"""What a page says, without its markup: scripts are never run and never kept."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HIDDEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "canvas",
        "select",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_TITLES = ("title", "h1")
_HTML = re.compile(
    r"<(?:!doctype|html|head|body|div|p|h[1-6]|article|script|title|span|ul|a)\b", re.I
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_LOOKED_AT = 4000


def is_html(text: str) -> bool:
    """The text looks like a page or a part of one."""
    return bool(_HTML.search(text[:_LOOKED_AT]))


def readable(html: str) -> tuple[str, str]:
    """(title, text) of a page; the title is its first ``h1``, or its ``title``."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # Some broken declarations stop the parser; what was read until there counts.
        reader.parts.append("\n")
    text = _LINES.sub("\n", _BLANKS.sub(" ", "".join(reader.parts))).strip()
    titles = {name: " ".join("".join(said).split()) for name, said in reader.titles.items()}
    return titles.get("h1") or titles.get("title") or "", text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.titles: dict[str, list[str]] = {}
        self._hidden = 0
        self._title = ""

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _TITLES and tag not in self.titles:
            self._title = tag
            self.titles[tag] = []
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == self._title:
            self._title = ""
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._title:
            self.titles[self._title].append(data)
        if self._title != "title":
            self.parts.append(data)
