"use strict";
// On request, on any page: its headings, or the text that was selected.
rugkompas.checkOnce ??= (() => {
  const HEADINGS = "h1, h2, h3, h4, [role='heading']";
  const MOST = 400;

  async function checkOnce(selected) {
    const titles = (selected ? sentences(selected) : headings()).slice(0, MOST);
    const summary = await chrome.runtime.sendMessage({ titles, whole: true });
    rugkompas.card.show(summary);
    if (!selected) await rugkompas.titles.mark(HEADINGS, []);
  }

  function headings() {
    const texts = [...document.querySelectorAll(HEADINGS)].map((it) => it.textContent.trim());
    const repeats = texts.some((text) => text && document.title.includes(text));
    return [...new Set(repeats ? texts : [document.title, ...texts])].filter(Boolean);
  }

  function sentences(text) {
    const parts = new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text);
    return [...parts].map(({ segment }) => segment.trim()).filter(Boolean);
  }

  return checkOnce;
})();
