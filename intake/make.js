// Elements from words. Text is only ever put in as text, so what an API sends cannot be markup.

const MOST_KEPT_MS = 60_000;

/** @typedef {Node | string | false | null | undefined} Inside */

/**
 * An element. A name that begins with "on" listens; true and false are bare attributes.
 * @param {string} tag
 * @param {Record<string, unknown>} [given]
 * @param {...Inside} inside
 * @returns {HTMLElement}
 */
export function make(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), /** @type {any} */ (value));
    else if (value === true) made.setAttribute(name, "");
    else if (value || value === 0) made.setAttribute(name, String(value));
  }
  made.append(.../** @type {(Node | string)[]} */ (inside.filter(Boolean)));
  return made;
}

/**
 * A sentence with its values filled in.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A text in which the emergency number can be tapped.
 * @param {string} text
 * @param {string} number
 * @returns {(Node | string)[]}
 */
export function calls(text, number) {
  const parts = text.split(new RegExp(`(?<!\\d|-)(${number})(?!\\d|-)`));
  return parts.map((part) =>
    part === number ? make("a", { href: `tel:${number}`, class: "call" }, number) : part,
  );
}

/**
 * A paragraph for each text that says something.
 * @param {string[]} texts
 * @param {string} number
 * @param {string} [look]
 */
export function paragraphs(texts, number, look = "") {
  return texts.filter(Boolean).map((text) => make("p", { class: look }, ...calls(text, number)));
}

/**
 * A list, or nothing.
 * @param {string[]} points
 * @param {string} number
 */
export function list(points, number) {
  return points.length > 0 && make("ul", {}, ...points.map((it) => make("li", {}, ...calls(it, number))));
}

/**
 * Something that opens.
 * @param {string} title
 * @param {Record<string, unknown>} given
 * @param {...Inside} inside
 */
export function folded(title, given, ...inside) {
  const within = make("div", { class: "inside" }, ...inside);
  return make("details", given, make("summary", {}, make("span", {}, title)), within);
}

/**
 * Gives a person a file to keep.
 * @param {string} text
 * @param {string} type
 * @param {string} name
 */
export function give(text, type, name) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href, download: name }).click();
  // Not at once: the browser may still have to ask where to put it.
  setTimeout(() => URL.revokeObjectURL(href), MOST_KEPT_MS);
}
