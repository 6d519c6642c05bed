"use strict";
// How label and panel look. In a script, because a file would have to be open to every page.
globalThis.rugkompas ??= {};
rugkompas.style ??= (() => {
  const CSS = `
    :host {
      all: initial;
      --paper: #fbf9f4; --ink: #2f2c26; --quiet: #5f5a4f; --line: #d8d2c3;
      --tint: #f3ecd9; --dot: #a67c1e; --accent: #1f5f5b;
      display: block; font: 14px/1.5 system-ui, sans-serif; color: var(--ink);
      color-scheme: light;
    }
    @media (prefers-color-scheme: dark) {
      :host {
        --paper: #262521; --ink: #eae6db; --quiet: #b5afa1; --line: #4a473f;
        --tint: #3a3526; --dot: #d9b35a; --accent: #8fd0c9;
        color-scheme: dark;
      }
    }
    * { box-sizing: border-box; }
    button {
      font: inherit; cursor: pointer; color: var(--ink);
      border: 1px solid var(--line); border-radius: 999px;
    }
    button.yes, button.unsure {
      display: inline-flex; align-items: center; gap: 6px; margin: 4px 0;
      min-height: 24px; padding: 1px 10px 1px 8px; font-size: 12px; line-height: 1.4;
    }
    button.yes { background: var(--tint); }
    button.unsure { background: var(--paper); color: var(--quiet); }
    .dot { width: 7px; height: 7px; border-radius: 50%; border: 1.5px solid var(--dot); }
    .yes .dot { background: var(--dot); }
    button:hover { border-color: var(--dot); }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .hidden {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    }
    [role="dialog"] {
      inset: auto; margin: 0; padding: 16px 18px; max-height: min(72vh, 560px); overflow: auto;
      overscroll-behavior: contain; background: var(--paper); color: var(--ink);
      border: 1px solid var(--line); border-radius: 12px;
      box-shadow: 0 6px 24px rgb(0 0 0 / 14%);
    }
    h2 { flex: 1; font-size: 16px; line-height: 1.35; margin: 0; outline: none; }
    h3 { font-size: 14px; margin: 0; }
    p { margin: 2px 0 0; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { padding: 10px 0 0; }
    blockquote {
      margin: 0; padding: 2px 0 2px 10px; border-inline-start: 3px solid var(--line);
      color: var(--quiet); overflow-wrap: anywhere;
    }
    mark { background: var(--tint); color: var(--ink); padding: 0 2px; border-radius: 3px; }
    .words { color: var(--quiet); overflow-wrap: anywhere; }
    q + q { margin-inline-start: 8px; }
    .evidence { margin-top: 12px; padding-top: 10px; border-top: 1px solid var(--line); }
    section { margin-top: 14px; padding-top: 12px; border-top: 1px solid var(--line); }
    .small { font-size: 12px; color: var(--quiet); margin-top: 10px; }
    a { display: inline-block; margin-top: 12px; color: var(--accent); }
    header { display: flex; align-items: flex-start; gap: 12px; margin-bottom: 10px; }
    .close { flex: none; padding: 2px 12px; font-size: 13px; }
    .close { background: transparent; color: var(--quiet); }
    .about { font-style: italic; }
    @media (forced-colors: active) { .dot { border-color: currentColor; } }
  `;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);

  /** Gives a shadow root its looks. */
  return (root) => {
    try {
      root.adoptedStyleSheets = [sheet];
    } catch {
      // Firefox does not take a shared sheet from an extension.
      const style = document.createElement("style");
      style.textContent = CSS;
      root.append(style);
    }
  };
})();
