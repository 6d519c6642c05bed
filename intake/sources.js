// What the element asks: the API of its attribute, or else the bundled file.

import { addressOf, apiAt } from "./api.js";
import { bundleAt } from "./bundled.js";

/** @typedef {import("./api.js").Asks} Asks */

export class Sources {
  #element;
  /** @type {{at: string, asks: Asks} | null} */
  #held = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** Null when neither is set up. */
  get first() {
    const api = addressOf(this.#element.getAttribute("api"));
    return api ? apiAt(api) : this.bundle;
  }

  /** Once it is read, it needs no network any more. */
  get bundle() {
    const address = addressOf(this.#element.getAttribute("bundle"));
    if (this.#held?.at !== address?.href) this.#held = address && { at: address.href, asks: bundleAt(address) };
    return this.#held?.asks ?? null;
  }
}
