"""What the browser extension adds to a page of results with 100 titles, in Chromium.

    python bench/extension_bench.py [--runs 15]

Two measures of the thread of the page: what the scripts of the extension count themselves, and
the difference in scripts, styles and layout with and without the extension. Titles are judged in
the background, in another process; how long that takes is given beside it.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from extension.running import ADDRESSES, Extended, chromium_path, extended

ROOT = Path(__file__).parents[1]
TITLES = 100
WORK = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
RESULT = (
    '<div class="g"><a href="#"><div>voorbeeld.example</div><h3>{title}</h3></a>'
    "<div>Een regel die onder de titel staat, zoals op een pagina met resultaten.</div></div>"
)
Run = dict[str, float]


def html() -> str:
    """A page with real titles: half about backs, half about something else."""
    with (ROOT / "tests/claims/data/titles_dev.csv").open(encoding="utf-8", newline="") as file:
        about_backs = [row["title"] for row in csv.DictReader(file)][: TITLES // 2]
    others = [f"Recept {number}: soep met linzen, ui en wortel" for number in range(TITLES // 2)]
    titles = [title for pair in zip(about_backs, others, strict=True) for title in pair]
    results = "".join(RESULT.format(title=escape(title)) for title in titles)
    return f'<!doctype html><meta charset="utf-8"><div id="search">{results}</div>'


def opened(page: Page) -> Run:
    """One load of the page, in milliseconds."""
    session = page.context.new_cdp_session(page)
    worlds: list[dict[str, object]] = []
    session.on("Runtime.executionContextCreated", lambda event: worlds.append(event["context"]))
    session.send("Runtime.enable")
    session.send("Performance.enable")
    before = _metrics(session)
    page.goto(ADDRESSES["google"])
    # Long enough for labels to come and be drawn; the clock below does not count it.
    page.wait_for_function("performance.now() > 700")
    page.evaluate("document.body.offsetHeight")
    after = _metrics(session)
    run = {
        "load": page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"),
        "work": sum(after[name] - before[name] for name in WORK) * 1e3,
        "labels": page.locator("rugkompas-label").count(),
    }
    own = [it["id"] for it in worlds if str(it["origin"]).startswith("chrome-extension:")]
    if own:
        asked = {"expression": "rugkompas.titles.spent()", "contextId": own[-1]}
        run["own"] = session.send("Runtime.evaluate", asked)["result"]["value"]
    return run


def _metrics(session: object) -> Run:
    found = session.send("Performance.getMetrics")["metrics"]  # type: ignore[attr-defined]
    return {it["name"]: it["value"] for it in found}


@contextmanager
def plain(playwright: Playwright) -> Iterator[Page]:
    """The same browser without the extension."""
    args = ["--headless=new", "--no-sandbox", "--disable-gpu"]
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=args)
    context = browser.new_context()
    context.route(
        "**/*",
        lambda route: route.fulfill(body=html(), content_type="text/html; charset=utf-8"),
    )
    yield context.new_page()
    browser.close()


def judged(browser: Extended) -> float:
    """Milliseconds for 100 titles in the background, rules read and patterns compiled anew."""
    with (ROOT / "tests/claims/data/titles_dev.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)][:TITLES]
    return browser.worker.evaluate(
        """(titles) => {
          const start = performance.now();
          const judge = rugkompas.createJudge(structuredClone(rugkompasRules));
          titles.forEach((title) => judge(title));
          return performance.now() - start;
        }""",
        titles,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with sync_playwright() as playwright:
        with plain(playwright) as page:
            without = [opened(page) for _ in range(runs)]
        with extended(playwright, "nl") as browser:
            browser.served[ADDRESSES["google"]] = html()
            page = browser.context.new_page()
            with_it = [opened(page) for _ in range(runs)]
            background = [judged(browser) for _ in range(runs)]
    own = _median(with_it, "own")
    load = _median(without, "load")
    difference = _median(with_it, "work") - _median(without, "work")
    print(f"a page with {TITLES} titles, {_median(with_it, 'labels'):.0f} labels, {runs} runs")
    print(f"scripts of the extension in the page   {own:7.2f} ms (median)")
    print(f"scripts, styles and layout, difference {difference:7.2f} ms")
    print(f"load of the page without it            {load:7.2f} ms")
    print(f"ratio to the load                      {own / load:7.3f}")
    print(f"100 titles in the background, cold     {statistics.median(background):7.2f} ms")


def _median(runs: list[Run], name: str) -> float:
    return statistics.median(run[name] for run in runs)


if __name__ == "__main__":
    main()
