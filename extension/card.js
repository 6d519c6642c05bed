"use strict";
// The label next to a title and the panel that explains it. All text is set as text: what a page
// calls its titles is never read as markup. A shadow root keeps the styles of both apart.
globalThis.rugkompas ??= {};
rugkompas.card ??= (() => {
  const WIDTH = 384;
  const MARGIN = 12;
  const GAP = 6;

  /** The label of one title; its panel is made when it is first opened. */
  function label(card) {
    const [host, root] = shadow("rugkompas-label", card.language);
    const button = element("button", { type: "button", class: card.kind, popovertarget: "panel" });
    button.setAttribute("aria-haspopup", "dialog");
    button.append(
      element("span", { class: "dot" }),
      card.label,
      element("span", { class: "hidden" }, ` ${card.open}`),
    );
    const panel = panelFor(host, () => titleParts(card), card);
    root.append(button, panel);
    return host;
  }

  /** A panel about a whole page or selection, at once. */
  function show(summary) {
    document.querySelector("rugkompas-panel")?.remove();
    const [host, root] = shadow("rugkompas-panel", summary.language);
    const panel = panelFor(host, () => summaryParts(summary), summary);
    root.append(panel);
    document.body.append(host);
    panel.addEventListener("toggle", ({ newState }) => newState === "closed" && host.remove());
    panel.showPopover();
  }

  function shadow(name, language) {
    const host = element(name, { lang: language });
    const root = host.attachShadow({ mode: "open" });
    rugkompas.style(root);
    // What is pressed in here is not meant for the shortcuts and cards of the page.
    for (const type of ["click", "keydown", "keyup", "keypress", "mousedown", "pointerdown"]) {
      host.addEventListener(type, (event) => event.stopPropagation());
    }
    return [host, root];
  }

  function panelFor(host, parts, { headline, close }) {
    const panel = element("div", {
      id: "panel",
      role: "dialog",
      popover: "auto",
      "aria-labelledby": "headline",
    });
    const top = element("header", {});
    top.append(
      element("h2", { id: "headline", tabindex: "-1" }, headline),
      closing(panel, close),
    );
    // Browsers lose sight of the focus inside a shadow root, so it is given back here.
    let before = null;
    panel.addEventListener("beforetoggle", ({ newState }) => {
      if (newState !== "open") {
        if (panel.matches(":focus-within")) before.focus();
        return;
      }
      before = host.shadowRoot.activeElement ?? document.activeElement;
      if (!panel.firstChild) panel.append(top, ...parts());
      put(panel, host);
    });
    panel.addEventListener("toggle", ({ newState }) => {
      if (newState !== "open") return;
      panel.querySelector("h2").focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
    });
    return panel;
  }

  /** Under the label, so that the title stays in view; it moves along when the page scrolls. */
  function put(panel, host) {
    const room = document.documentElement.clientWidth;
    const width = Math.min(WIDTH, room - 2 * MARGIN);
    const rightmost = room - width - MARGIN;
    const at = host.getBoundingClientRect();
    const place =
      host.localName === "rugkompas-panel"
        ? { position: "fixed", left: rightmost, top: MARGIN }
        : {
            position: "absolute",
            left: scrollX + Math.max(MARGIN, Math.min(at.left, rightmost)),
            top: scrollY + at.bottom + GAP,
          };
    panel.style.position = place.position;
    for (const [name, pixels] of Object.entries({ width, left: place.left, top: place.top })) {
      panel.style[name] = `${pixels}px`;
    }
  }

  function closing(panel, text) {
    const button = element("button", { type: "button", class: "close" }, text);
    button.addEventListener("click", () => panel.hidePopover());
    return button;
  }

  function titleParts(card) {
    return [...bodyParts(card), ...ending(card)];
  }

  function summaryParts(summary) {
    const bodies = summary.bodies.map((body) => {
      const section = element("section", {});
      section.append(...bodyParts(body));
      return section;
    });
    const more = summary.more ? [element("p", {}, summary.more)] : [];
    const lead = element("p", {}, summary.lead);
    return [lead, ...bodies, ...more, ...ending(summary)];
  }

  function bodyParts({ title, reasons, evidence, chance, note }) {
    const quoted = element("blockquote", { lang: title.language, dir: "auto" });
    for (const [text, counts] of title.pieces) {
      quoted.append(counts ? element("mark", {}, text) : text);
    }
    const list = element("ul", {});
    for (const { name, words, why } of reasons) {
      const item = element("li", {});
      item.append(element("h3", {}, name));
      const exact = element("p", { class: "words", lang: title.language, dir: "auto" });
      exact.append(...words.map((text) => element("q", {}, text)));
      item.append(exact, ...why.map((text) => element("p", {}, text)));
      list.append(item);
    }
    const known = evidence && element("div", { class: "evidence" });
    known?.append(
      element("h3", {}, evidence.title),
      element("p", { class: "about" }, evidence.about),
      element("p", {}, evidence.found),
    );
    const chances = element("p", { class: "small" }, `${chance} ${note}`);
    return [quoted, list, known, chances].filter(Boolean);
  }

  function ending({ link, about }) {
    const made = [element("p", { class: "small" }, about)];
    if (link) {
      const there = { href: link.address, target: "_blank", rel: "noopener noreferrer" };
      made.unshift(element("a", there, link.text));
    }
    return made;
  }

  function element(name, attributes, text = "") {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  }

  return { label, show };
})();
