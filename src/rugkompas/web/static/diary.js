// Keeps the diary of this page in this browser, and only after the person asked for it.
// Nothing is sent anywhere; without this script every page works as it stands.
"use strict";
(() => {
  const PLACE = "rugkompas-diary";
  const one = (name) => document.querySelector(`[data-${name}]`);
  const form = document.getElementById("diary");
  const field = form.elements.diary;

  // What is kept: { version, packed }, or null. A browser can refuse every part of this.
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(PLACE));
    } catch {
      return null;
    }
  }
  function keep(value) {
    try {
      localStorage.setItem(PLACE, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
  function forget() {
    try {
      localStorage.removeItem(PLACE);
    } catch {
      // Where nothing can be kept, nothing is there.
    }
  }

  const save = one("save");
  if (save) {
    save.addEventListener("click", () => { one("done").hidden = false; });
  }

  if (one("erased")) forget();

  const stored = one("stored");
  if (stored && kept()) {
    stored.hidden = false;
    one("open").addEventListener("click", () => { field.value = kept().packed; });
    one("forget").addEventListener("click", () => { forget(); stored.hidden = true; });
  }

  const browser = one("browser");
  const mine = { version: form.dataset.version, packed: field.value };
  const known = (form.dataset.buildsOn || "").split(" ");
  if (!mine.packed) return;

  // What another tab kept is overwritten only by a diary that was made from it.
  function look() {
    const there = kept();
    const differs = Boolean(there) && !known.includes(there.version);
    if (there && !differs && there.version !== mine.version) {
      const fits = keep(mine);
      if (browser) one("full").hidden = fits;
    }
    if (!browser) return;
    browser.classList.remove("waits");
    one("tick").checked = Boolean(there);
    one("other").hidden = !differs;
  }

  if (browser) {
    one("tick").addEventListener("change", (event) => {
      if (event.target.checked) {
        one("full").hidden = keep(mine);
        event.target.checked = Boolean(kept());
      } else {
        forget();
      }
      look();
    });
    one("merge").addEventListener("click", () => {
      const other = document.createElement("input");
      other.type = "hidden";
      other.name = "other";
      other.value = kept() ? kept().packed : "";
      form.append(other);
    });
  }
  window.addEventListener("storage", (event) => {
    if (event.key === PLACE || event.key === null) look();
  });
  look();
})();
