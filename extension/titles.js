"use strict";
// Finds titles in a page, asks the background about new ones, and puts labels next to them.
// Nothing is changed inside a title, and nothing of a page is kept once it is gone.
globalThis.rugkompas ??= {};
rugkompas.titles ??= (() => {
  const AGAIN = 3;
  /** Element -> { text, label, again }: so often a label is put back when a page drops it. */
  const seen = new Map();
  let spent = 0;

  /** Labels for all titles in the page that are new or changed. selector: which elements;
   * beside: ancestors that a label stands after, the first that is found. */
  async function mark(selector, beside) {
    const started = performance.now();
    forgetGone();
    const titles = [...document.querySelectorAll(selector)];
    const fresh = titles.filter((title) => isFresh(title, beside));
    spent += performance.now() - started;
    if (!fresh.length) return;
    const texts = fresh.map((title) => seen.get(title).text);
    const cards = await chrome.runtime.sendMessage({ titles: texts });
    const answered = performance.now();
    fresh.forEach((title, at) => {
      const entry = seen.get(title);
      if (!cards[at] || entry?.text !== texts[at] || !title.isConnected) return;
      entry.label = rugkompas.card.label(cards[at]);
      place(title, entry.label, beside);
    });
    spent += performance.now() - answered;
  }

  function forgetGone() {
    for (const [title, { label }] of seen) {
      if (title.isConnected) continue;
      label?.remove();
      seen.delete(title);
    }
  }

  function isFresh(title, beside) {
    const text = title.textContent;
    const entry = seen.get(title);
    if (entry?.text === text) {
      if (entry.label && !entry.label.isConnected && entry.again > 0) {
        entry.again -= 1;
        place(title, entry.label, beside);
      }
      return false;
    }
    entry?.label?.remove();
    seen.set(title, { text, label: null, again: AGAIN });
    return text.trim() !== "";
  }

  function place(title, label, beside) {
    const found = beside.map((it) => title.closest(it)).find(Boolean) ?? title;
    // Not inside a link: a click on the label would follow it.
    (found.closest("a") ?? found).after(label);
  }

  return { mark, spent: () => spent };
})();
