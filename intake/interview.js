// What was asked and answered so far. It lives in memory only: closing the page is wiping.

/** @typedef {import("./api.js").Page} Page */
/** @typedef {unknown} Answer null = passed over */

export class Interview {
  constructor() {
    /** @type {{page: Page, answers: Map<string, Answer>}[]} */
    this.trail = [];
    /**
     * What stands in each field, also of a page that was left by going back.
     * @type {Map<string, string[]>}
     */
    this.typed = new Map();
    /** Also what plays a role and what life allows. */
    this.life = false;
  }

  /**
   * What the API wants to know for the next page, with the answers of this one.
   * @param {Page} [page]
   * @param {Map<string, Answer>} [answers]
   */
  request(page, answers) {
    const all = new Map(this.trail.flatMap((it) => [...it.answers]));
    if (page && answers) for (const [step, answer] of answers) all.set(step, answer);
    const passed = [...all].filter(([, answer]) => answer === null).map(([step]) => step);
    return { answers: asSent(all), passed, life: this.life };
  }

  /**
   * @param {Page} page
   * @param {Map<string, Answer>} answers
   */
  add(page, answers) {
    this.trail.push({ page, answers });
  }

  /**
   * Takes the last page back; what stood in its fields stays. What came after it is asked anew,
   * because another answer can make other questions come.
   * @returns {Page | undefined}
   */
  back() {
    return this.trail.pop()?.page;
  }
}

/**
 * Answers as the API takes them: "factors.low_mood" is a part of "factors".
 * @param {Map<string, Answer>} all
 */
function asSent(all) {
  // Without a prototype no name of a question can mean something else.
  const sent = Object.create(null);
  for (const [step, answer] of all) {
    if (answer === null) continue;
    const [name, part] = step.split(".", 2);
    if (part === undefined) sent[name] = answer;
    else (sent[name] ??= Object.create(null))[part] = answer;
  }
  return sent;
}
