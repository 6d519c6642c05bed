"""The script in the browser gives what Python gives, to the last digit."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from extension.running import EXTENSION, chromium_path
from rugkompas.catalogue import Knowledge
from rugkompas.claims.export import vector
from rugkompas.claims.judge import SCALE, Judge

CLAIMS = Path(__file__).parents[1] / "claims"
TITLES = sorted((CLAIMS / "data").glob("titles_*.csv"))
SHARED = CLAIMS / "vectors.json"
ODD = (
    "", " ", "a", "rug", "?", "!!!", "\n\t\r", "...", "12345",
    "De b\u0065\u0301ste oefening voor je rug", "D\u00e9 oplossing voor rugpijn",
    "DE\u0301 OPLOSSING voor rugpijn", "Z\u00f3 verdwijnt rugpijn direct",
    "\U0001f525\U0001f525 De beste oefening voor rugklachten \U0001f525",
    "Verlos je rug \U0001f468\u200d\U0001f469\u200d\U0001f467 voorgoed van pijn",
    "\U0001d413\U0001d421\U0001d41e best exercise for back pain",
    "\uff34\uff28\uff25 best stretch for BACK pain \uff01",
    "De be\u00adste oefe\u200bning voor rug\u2060klachten",
    "\u202ethe best exercise for back pain\u202c", "\u05d4\u05d2\u05d1 best exercise back pain",
    "\u0623\u0641\u0636\u0644 \u062a\u0645\u0631\u064a\u0646 \u0644\u0644\u0638\u0647\u0631",
    "\ud83d lone best exercise for back pain \ude00", "\ude00\ud83d", "\ud800",
    "\u0301\u0302 best exercise for back pain \u0303", "e\u0301\u0328\u0302 rug",
    "The &amp; best &quot;exercise&quot; for back pain", "<b>The best exercise</b> for back pain",
    "<script>alert(1)</script> De beste oefening voor rugpijn",
    "De\u00a0beste\u2003oefening\u2028voor rugklachten",
    "\u201cThe one trick\u201d that cures back pain \u2013 for good \u2014 forever",
    "It\u2019s the number one cause of back pain", "It`s the cause of back pain",
    "\ufb01x your back pain for good \u2122", "\u0130STANBUL back pain cure", "\u1e9e rug \u00df",
    "\u03a3\u0391\u03a3 back pain", "\u01c4 back pain", "\u212b \u2126 back pain fix",
    "rug - de beste oefening", "rug -de beste oefening", "- - - rug", " - ",
    "x" * 19_990 + " best exercise for back pain", "\U0001f525" * 20_001 + " rug",
    "rug " * 6000, "Is dit de beste oefening voor rugpijn", "Niet de beste oefening voor je rug",
    "\x00\x07De beste oefening\x1b voor rugpijn\x7f", "\ufeffDe beste oefening voor rugpijn",
    "\uac00\u1100\u1161 back pain", "\u0958 back pain", "1\u0338= back", "\u2160\u2161 \u00bd rug",
)  # fmt: skip

BLOCKS = ((0x20, 0x380), (0x2000, 0x2300), (0xFB00, 0xFB50), (0xFE00, 0xFF60))
"""Latin and Greek letters, accents, punctuation, signs like letters, wide and joined forms."""


@pytest.fixture(scope="module")
def page(playwright_of_extension: Playwright) -> Iterator[Page]:
    """An empty page with the rules and the checker, as the background has them."""
    browser = playwright_of_extension.chromium.launch(
        executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
    )
    page = browser.new_page()
    for name in ("rules.js", "checker.js"):
        page.add_script_tag(path=EXTENSION / name)
    page.evaluate("globalThis.judge = rugkompas.createJudge(rugkompasRules); 0")
    yield page
    browser.close()


def from_browser(page: Page, asked: list[tuple[str, str | None]]) -> list[dict[str, Any]]:
    """Results of the script. As ASCII JSON, which also carries halves of a pair."""
    page.add_script_tag(content=f"globalThis.asked = {json.dumps(asked)}")
    found = page.evaluate("JSON.stringify(asked.map(([title, told]) => judge(title, told)))")
    return json.loads(found)


def differences(
    page: Page, asked: list[tuple[str, str | None]], expected: list[dict[str, Any]]
) -> list[tuple[str, Any, Any]]:
    """Titles whose result differs in anything."""
    found = from_browser(page, asked)
    bare = [
        {key: value for key, value in result.items() if key not in ("title", "lang")}
        for result in expected
    ]
    return [
        (title, ours, theirs)
        for (title, _), ours, theirs in zip(asked, bare, found, strict=True)
        if ours != theirs
    ]


@pytest.mark.parametrize("path", TITLES, ids=lambda path: path.stem)
def test_titles_get_the_same_result_read_as_dutch_as_english_and_untold(
    page: Page, path: Path, knowledge: Knowledge
) -> None:
    judge = Judge(knowledge)
    with path.open(encoding="utf-8", newline="") as file:
        asked = [
            (row["title"], told) for row in csv.DictReader(file) for told in (None, "nl", "en")
        ]
    expected = [vector(title, told, judge) for title, told in asked]

    assert differences(page, asked, expected) == []
    assert {result["oversimplified"] for result in expected} >= {"yes", "no"}


def test_odd_titles_get_the_same_result(page: Page, knowledge: Knowledge) -> None:
    judge = Judge(knowledge)
    asked = [(title, told) for title in ODD for told in (None, "nl", "en")]
    expected = [vector(title, told, judge) for title, told in asked]

    assert differences(page, asked, expected) == []
    assert {result["state"] for result in expected} == {"judged", "too_little", "not_about_backs"}


def test_titles_with_strange_signs_in_them_get_the_same_result(
    page: Page, knowledge: Knowledge
) -> None:
    judge = Judge(knowledge)
    base = "De beste oefening voor rugklachten - the one cure for back pain"
    signs = [chr(code) for block in BLOCKS for code in range(*block)]
    asked = [
        (base[: at % len(base)] + sign + base[at % len(base) :], None)
        for at, sign in enumerate(signs)
    ]
    expected = [vector(title, told, judge) for title, told in asked]

    assert differences(page, asked, expected) == []


def test_the_shared_vectors_hold(page: Page) -> None:
    vectors = json.loads(SHARED.read_text("utf-8"))
    asked = [(it["title"], it["lang"]) for it in vectors]

    assert differences(page, asked, vectors) == []


def test_every_sum_of_weights_gives_the_same_probability(page: Page, knowledge: Knowledge) -> None:
    """Both languages compute the exponential on their own; four decimals must not differ."""
    judge = Judge(knowledge)
    most = sum(map(abs, judge.weights.values())) + abs(judge.bias)
    here = []
    for total in range(-most, most + 1):
        judge.bias = total
        here.append(judge.probability(frozenset({f"none_{total}"})))

    there = page.evaluate(
        """([most, { scale }]) => Array.from({ length: 2 * most + 1 }, (_, at) =>
          rugkompas.probability([], { bias: at - most, weights: {}, scale }))""",
        [most, {"scale": SCALE}],
    )

    assert there == here
