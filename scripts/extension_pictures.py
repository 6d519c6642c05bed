"""Pictures of the extension on the made-up pages of results, for the docs.

python scripts/extension_pictures.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from extension.running import button, extended, playing

TARGET = Path(__file__).parents[1] / "docs" / "pictures"
PICTURES = {
    # name: language, page, width, height, colours, which label is opened
    "extension-labels": ("nl", "google", 760, 700, "light", None),
    "extension-panel": ("nl", "google", 760, 700, "light", 1),
    "extension-dark": ("en", "youtube", 900, 640, "dark", 0),
    "extension-phone": ("nl", "tiktok", 390, 844, "light", 0),
}


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with playing() as playwright:
        for name, (language, site, width, height, scheme, opened) in PICTURES.items():
            size = {"width": width, "height": height}
            with extended(playwright, language, viewport=size, color_scheme=scheme) as browser:
                page = browser.open(site)
                if opened is not None:
                    button(page.locator("rugkompas-label").nth(opened)).click()
                    page.get_by_role("dialog").wait_for()
                page.mouse.move(1, 1)
                page.screenshot(path=TARGET / f"{name}.png")


if __name__ == "__main__":
    main()
