"""A page as a test reads it: its tags, its words, and text without its line breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


def squeezed(text: str) -> str:
    """Without spaces, frames and hyphens: line breaks and column rules do not count."""
    return re.sub(r"[\s\u2500-\u257f\u00ad\u2010-]+", "", text)


INLINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
UNREAD = {"style", "svg", "code", "script"}
SPOKEN = ("aria-label", "alt", "title", "placeholder")


@dataclass(slots=True)
class Block:
    """One piece of running text. inside: the tags, ids and classes around it. read: it stands
    on the page; what only a screen reader says does not."""

    lang: str
    inside: frozenset[str]
    parts: list[str] = field(default_factory=list)
    read: bool = True

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


class Blocks(HTMLParser):
    """What people see or hear of a page, block by block, each with its language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open: list[Block] = []
        self._found: list[Block] = []
        self.feed(page)

    @property
    def blocks(self) -> list[Block]:
        return [block for block in self._found if block.text]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        before = self._open[-1] if self._open else Block("", frozenset())
        names = {tag, told.get("id", ""), *told.get("class", "").split()}
        here = Block(told.get("lang", before.lang), before.inside | names)
        spoken = [told[name] for name in SPOKEN if told.get(name)]
        self._found += [Block(here.lang, here.inside, [text], read=False) for text in spoken]
        if tag not in INLINE or here.lang != before.lang or spoken:
            self._found.append(Block(here.lang, here.inside))
        if tag not in VOID:
            self._open.append(here)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        ended = self._open.pop()
        now = self._open[-1] if self._open else Block("", frozenset())
        if tag not in INLINE or ended.lang != now.lang:
            self._found.append(Block(now.lang, now.inside))
        elif tag in ("b", "span"):
            # They can stand on a line of their own.
            self._found[-1].parts.append(" ")

    def handle_data(self, data: str) -> None:
        if self._open and not UNREAD & self._open[-1].inside:
            self._found[-1].parts.append(data)


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
