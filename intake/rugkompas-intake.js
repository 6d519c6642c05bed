// <rugkompas-intake api="https://…/api/v1/" lang="nl">, or bundle="bundle.json": questions about low
// back pain, a page at a time, and a short result. Nothing is stored, and nothing is sent but to `api`.

import { Trouble } from "./api.js";
import { Interview } from "./interview.js";
import { look } from "./look.js";
import { calls, give, make } from "./make.js";
import { questionPage, setupBox, signsOf, startPage, troubleBox } from "./pages.js";
import { isUrgent, resultPage } from "./result.js";
import { Sources } from "./sources.js";
import held from "./words.js";

/** @typedef {import("./api.js").Page} Page */
/** @typedef {import("./api.js").Asks} Asks */

const FINAL = ["old", "unfit"];

/**
 * Fires, composed and bubbling:
 * - `rugkompas-result`: detail is the assessment, as `POST /assess` gives it (of a bundle: its triage);
 * - `rugkompas-emergency`, before it, when calling comes first (`emergency` and `same_day`):
 *   detail is `{urgency, contact}`.
 */
export class RugkompasIntake extends HTMLElement {
  static observedAttributes = ["api", "bundle", "lang"];

  #interview = new Interview();
  #sources = new Sources(this);
  /** @type {Asks | null} what is asked; null = not set up. It never changes during an interview. */
  #asks = null;
  /** @type {Page | null} the page that is shown now; null = start or result */
  #page = null;
  /** @type {"" | "waiting" | "start" | "page" | "result"} */
  #at = "";
  /** Keeps what stands in the fields of the page. */
  #keep = () => {};
  #stop = new AbortController();
  #status = make("p", { class: "status", part: "status", hidden: true });
  #signs = make("div");
  #trouble = make("div");
  #view = make("div", { part: "view" });
  #live = make("p", { class: "unseen", role: "status" });
  #frame = make(
    "div",
    { class: "frame", role: "region", part: "frame" },
    ...[this.#status, this.#signs, this.#trouble, this.#view, this.#live],
  );
  /** @type {((problems: import("./api.js").Problem[]) => void) | null} */
  #refused = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [look];
    root.append(this.#frame);
  }

  connectedCallback() {
    // A site may move the element about; what was answered stays.
    if (["", "waiting"].includes(this.#at)) this.#start(false);
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.#at || before === now) return;
    if (name !== "lang" || ["waiting", "start"].includes(this.#at)) this.#start(false);
    else {
      // The same page in another language: its words come from what is asked.
      this.#keep();
      this.#go(() => (this.#at === "page" ? this.#next() : this.#finish()));
    }
  }

  get #language() {
    const told = this.closest("[lang]")?.getAttribute("lang")?.slice(0, 2).toLowerCase() ?? "";
    return told in held.words ? /** @type {"nl" | "en"} */ (told) : "nl";
  }

  get #words() {
    return { ...held.words[this.#language], number: held.number };
  }

  /** @param {boolean} moved whether a person came here by a button */
  #start(moved) {
    this.#stop.abort();
    this.#asks = this.#sources.first;
    this.#interview = new Interview();
    this.#tell("");
    if (!this.#asks?.load) return this.#open(moved);
    this.#page = null;
    this.#show(make("div"), "waiting", false);
    this.#go(() => this.#loads(moved), moved);
  }

  /** @param {boolean} moved */
  async #loads(moved) {
    const loaded = await this.#asks?.load?.(this.#stop.signal);
    this.#tell(loaded?.status(this.#language) ?? "");
    this.#open(moved);
  }

  /** @param {boolean} moved */
  #open(moved) {
    this.#page = null;
    const asks = this.#asks;
    const begin = () => this.#go(() => this.#first());
    if (asks) this.#show(startPage(this.#words, asks.host, begin), "start", moved);
    else this.#asksNothing("setup", moved);
  }

  /** The first question. While nothing was answered yet, a bundle may stand in for an API that is away. */
  async #first() {
    try {
      await this.#next();
    } catch (error) {
      const away = error instanceof Trouble && error.kind === "unreachable";
      const bundle = this.#asks?.load || this.#interview.typed.size ? null : this.#sources.bundle;
      if (!away || !bundle?.load) throw error;
      await bundle.load(this.#stop.signal).catch(() => {
        throw error;
      });
      this.#asks = bundle;
      await this.#next();
    }
  }

  /**
   * Asks for the next page, with the answers of the one that is shown; a result when none is left.
   * @param {Map<string, unknown>} [answers]
   */
  async #next(answers) {
    const page = this.#page;
    const sent = this.#interview.request(page ?? undefined, answers);
    const { page: next, status } = await this.#known.next(this.#language, sent, this.#stop.signal);
    const found = next ? null : await this.#found(sent.answers);
    if (page && answers) this.#interview.add(page, answers);
    this.#tell(status);
    if (next) this.#ask(next);
    else if (found) this.#end(found, this.#interview.life);
  }

  get #known() {
    if (!this.#asks) throw new Trouble("strange");
    return this.#asks;
  }

  /** @param {object} answers */
  #found(answers) {
    return this.#known.result(this.#language, answers, this.#stop.signal);
  }

  /** Shows the result of what was answered, without the page that is shown now. */
  async #finish() {
    const found = await this.#found(this.#interview.request().answers);
    this.#end(found, false);
  }

  /** @param {Page} page */
  #ask(page) {
    this.#page = page;
    const { node, refused, keep } = questionPage(page, this.#interview.typed, this.#words, {
      send: (answers) => this.#go(() => this.#next(answers)),
      back: () => this.#back(),
      stop: () => this.#go(() => this.#finish()),
      leave: (step, typed) => this.#interview.typed.set(step, typed),
    });
    this.#show(node, "page", true);
    this.#refused = refused;
    this.#keep = keep;
    this.#live.textContent = page.progress;
  }

  #back() {
    this.#stop.abort();
    const before = this.#interview.back();
    if (before) this.#ask(before);
    else this.#open(true);
  }

  /**
   * @param {import("./api.js").Result} found
   * @param {boolean} whole nothing is left to ask, also not about what plays a role
   */
  #end(found, whole) {
    const life = () => {
      this.#interview.life = true;
      this.#go(() => this.#next());
    };
    const { file } = this.#known;
    const name = `${this.#words.file_answers}.json`;
    const save = file && (() => give(file(this.#interview.request().answers), "application/json", name));
    const page = resultPage(found, this.#words, {
      back: () => this.#back(),
      restart: () => this.#start(true),
      life: whole || file ? null : life,
      save: save ?? null,
    });
    this.#page = null;
    // When calling comes first, nothing stands before the call.
    this.#tell(isUrgent(found) ? "" : found.report.status);
    this.#show(page, "result", true);
    // Here the signs are part of the result.
    this.#signs.replaceChildren();
    const { report: _, ...assessment } = found;
    const { urgency, contact } = found.triage;
    if (isUrgent(found)) this.#fire("rugkompas-emergency", { urgency, contact });
    this.#fire("rugkompas-result", assessment);
  }

  /**
   * Does something that asks the API or the bundle. What goes wrong is said, and can be tried again.
   * @param {() => Promise<void>} step
   * @param {boolean} [moved] whether a person did it
   */
  async #go(step, moved = true) {
    if (this.#frame.ariaBusy === "true") return;
    const stop = (this.#stop = new AbortController());
    this.#frame.ariaBusy = "true";
    this.#live.textContent = this.#words.busy;
    try {
      await step();
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#live.textContent = "";
      // Whatever it is, nobody may be left without a word; a fault of ours goes to the console too.
      const trouble = error instanceof Trouble ? error : new Trouble("strange");
      if (trouble.problems.length && this.#refused) this.#refused(trouble.problems);
      else this.#fails(trouble, step, moved);
      if (trouble !== error) throw error;
    } finally {
      if (stop === this.#stop) this.#frame.ariaBusy = "false";
    }
  }

  /**
   * @param {Trouble} trouble
   * @param {() => Promise<void>} step
   * @param {boolean} moved
   */
  #fails(trouble, step, moved) {
    if (FINAL.includes(trouble.kind)) return this.#asksNothing(trouble.kind, moved);
    const box = troubleBox(trouble, this.#words, () => this.#go(step));
    this.#trouble.replaceChildren(box);
    if (moved) /** @type {HTMLElement} */ (box.querySelector("h3")).focus();
  }

  /**
   * Nothing can be asked here at all: the signs stand open, with a word why.
   * @param {"setup" | import("./api.js").TroubleKind} kind
   * @param {boolean} moved
   */
  #asksNothing(kind, moved) {
    this.#show(setupBox(this.#words, kind), "start", moved);
    this.#signs.replaceChildren(signsOf(this.#words, true));
  }

  /** @param {string} status what stands on every page while this is a demonstration */
  #tell(status) {
    this.#status.replaceChildren(...calls(status, held.number));
    this.#status.hidden = !status;
  }

  /**
   * @param {HTMLElement} page
   * @param {"waiting" | "start" | "page" | "result"} at
   * @param {boolean} moved the focus goes along, but not when the site around it just opened
   */
  #show(page, at, moved) {
    this.#at = at;
    this.#frame.lang = this.#language;
    this.#frame.ariaLabel = this.#words.name;
    this.#frame.ariaBusy = "false";
    this.#refused = null;
    this.#keep = () => {};
    this.#live.textContent = "";
    this.#trouble.replaceChildren();
    this.#signs.replaceChildren(signsOf(this.#words, false));
    this.#view.replaceChildren(page);
    if (moved) /** @type {HTMLElement | null} */ (page.querySelector("[tabindex='-1']:not([hidden])"))?.focus();
  }

  /**
   * @param {string} name
   * @param {object} detail
   */
  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

customElements.define("rugkompas-intake", RugkompasIntake);
