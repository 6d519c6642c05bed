// How fast and to whom: all rows that fire, the highest wins, every reason is kept. As
// rugkompas.assess.triage does it, with the rules of the bundle.

import { codesOf, reasons, truths } from "./rules.js";

/** @typedef {import("./book.js").Book} Book */
/** @typedef {import("./book.js").Row} Row */
/** @typedef {import("./rules.js").Given} Given */
/** @typedef {{if: string, becomes: string | number, urgency: string}} Watch */

/** @param {Book} book @param {string} tier */
export function rank(book, tier) {
  return book.tiers.indexOf(tier);
}

/** @param {Book} book @param {(line: number) => boolean | null} holds @returns {Row[]} */
export function fired({ rows }, holds) {
  const own = rows.filter((/** @type {Row} */ it) => it.line !== undefined && holds(it.line));
  return own.length ? own : rows.filter((/** @type {Row} */ it) => it.line === undefined);
}

/** @param {Book} book @param {Row[]} rows */
export function highest(book, rows) {
  return book.tiers[Math.max(...rows.map((it) => rank(book, it.urgency)))];
}

/** The highest contribution of all rows. @param {Book} book @param {Row[]} rows @returns {string} */
export function category({ categories }, rows) {
  const weights = [...categories.keys()];
  return categories.get(weights[Math.max(...rows.map((it) => weights.indexOf(it.category)))]);
}

/** Most urgent first, each once. @param {Book} book @param {Row[]} rows @returns {string[]} */
export function contacts(book, rows) {
  const tier = highest(book, rows);
  const named = new Set(rows.filter((it) => it.urgency === tier).map((it) => it.contact));
  return [...named].sort((a, b) => book.contacts.get(a).rank - book.contacts.get(b).rank);
}

/**
 * @param {Book} book
 * @param {Given} given
 * @returns {{triage: Record<string, any>, net: Watch[], rows: Row[]}} triage without the words of
 *   the contact; rows: those that fired, the most urgent first
 */
export function triage(book, given) {
  const codes = codesOf(book, given);
  const found = reasons(book, codes);
  const own = fired(book, (line) => found[line].value);
  const tier = highest(book, own);
  const holding = (/** @type {Map<string, number>} */ places) =>
    [...places].filter(([, line]) => found[line].value).map(([id]) => id);
  const missing = holding(book.missing);
  const rows = [...own].sort((a, b) => rank(book, b.urgency) - rank(book, a.urgency));
  const all = contacts(book, own);
  const { rank: _, ...contact } = book.contacts.get(all[0]);
  /** @param {Row} row */
  const because = ({ id, line }) =>
    id === book.incomplete ? missing : line === undefined ? [] : [...found[line].answers].sort();
  return {
    triage: {
      urgency: tier,
      complete: !own.some((it) => it.id === book.incomplete),
      missing,
      category: category(book, own),
      rules: rows.map((row) => {
        const { id, urgency, suspects, sources, basis, mark } = row;
        return { id, urgency, suspects, because: because(row), sources, basis, mark };
      }),
      contact: { id: all[0], all, ...contact },
      clarify: holding(book.clarify),
    },
    net: safetyNet(book, codes, (id) => !book.applies.has(id) || found[book.applies.get(id)].value === true, tier),
    rows,
  };
}

/**
 * The answers that would raise the urgency if they came, most urgent first, a moment only once.
 * @param {Book} book
 * @param {import("./rules.js").Codes} codes
 * @param {(question: string) => boolean} concerns
 * @param {string} tier
 * @returns {Watch[]}
 */
function safetyNet(book, codes, concerns, tier) {
  /** @type {Watch[]} */
  const net = [];
  for (const [question, becomes, variable, code] of imagined(book, codes, concerns)) {
    if (question === "pain_duration_days" && net.some((it) => it.if === question)) continue;
    const holds = truths(book, new Map(codes).set(variable, code));
    const urgency = highest(book, fired(book, (line) => holds[line]));
    if (rank(book, urgency) > rank(book, tier)) net.push({ if: question, becomes, urgency });
  }
  const standing = new Set(net.map((it) => it.if));
  for (const question of book.always_watch) {
    if (!standing.has(question)) net.push({ if: question, becomes: "new_or_changed", urgency: book.tiers.at(-1) });
  }
  const order = (/** @type {Watch} */ it) => book.order.get(it.if);
  return net.sort((a, b) => rank(book, b.urgency) - rank(book, a.urgency) || order(a) - order(b));
}

/**
 * The changes that make sense for this person: other than now, and asked of them.
 * @param {Book} book
 * @param {import("./rules.js").Codes} codes
 * @param {(question: string) => boolean} concerns
 * @returns {[string, string | number, string, number][]}
 */
function imagined({ changes, pain_severe: severe, milestones }, codes, concerns) {
  const found = changes.filter(
    (/** @type {any} */ [question, , variable, code]) => concerns(question) && codes.get(variable) !== code,
  );
  const [pain, days] = [codes.get("pain_nrs") ?? 0, codes.get("pain_duration_days") ?? Infinity];
  const later = milestones.filter((/** @type {number} */ it) => days < it);
  const numbers = [
    ...(pain < severe ? [["pain_nrs", severe]] : []),
    ...later.map((/** @type {number} */ it) => ["pain_duration_days", it]),
  ];
  return [...found, ...numbers.map(([name, number]) => [name, number, name, number])];
}
