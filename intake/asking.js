// Which question comes next: only what can still change the outcome, most urgent first. As
// rugkompas.assess.interview does it, with the rules of the bundle.

import { codesOf, reasons, truths } from "./rules.js";
import { category, contacts, fired, highest, rank } from "./triage.js";

/** @typedef {import("./book.js").Book} Book */
/** @typedef {import("./book.js").Row} Row */
/** @typedef {import("./rules.js").Given} Given */
/** @typedef {import("./rules.js").Because} Because */

/**
 * @param {Book} book
 * @param {Given} given
 * @param {string[]} passed asked, and not answered
 * @returns {{question: string, left: number} | null} left: how many questions about signs that cannot
 *   wait may still come, at most; null = nothing is left, or calling comes first
 */
export function nextQuestion(book, given, passed) {
  const found = soFar(book, given, passed);
  const asked = new Set([...given.keys(), ...passed]);
  /** @param {Set<string>} wanted */
  const left = (wanted) =>
    book.questions
      .map((/** @type {any} */ it) => it.id)
      .filter((/** @type {string} */ id) => wanted.has(id) && !asked.has(id) && mayApply(book, found, id));
  const rows = fired(book, (line) => found[line].value);
  if (highest(book, rows) === book.tiers.at(-1)) return null;
  const signs = left(withGates(book, found));
  const hanging = hangingEmergency(book, given, found);
  // A row that hangs on an answer goes before all, and before what only counts on an answer.
  const [question] = hanging.size ? left(hanging) : signs.length ? signs : left(thatCount(book, given, found, rows));
  return question === undefined ? null : { question, left: signs.length };
}

/**
 * The answers so far; what does not apply will not be asked, so it is not open any more.
 * @param {Book} book
 * @param {Given} given
 * @param {string[]} passed
 */
function soFar(book, given, passed) {
  const codes = codesOf(book, given);
  const closed = new Set(passed);
  for (;;) {
    const found = reasons(book, codes, (question) => !closed.has(question));
    const never = [...book.applies.keys()].filter((id) => !closed.has(id) && !mayApply(book, found, id));
    if (!never.length) return found;
    never.forEach((id) => closed.add(id));
  }
}

/** @param {Book} book @param {Because[]} found @param {string} id */
function mayApply({ applies }, found, id) {
  return !applies.has(id) || found[applies.get(id)].value !== false;
}

/** The emergency questions, and the ones that decide whether they apply. @param {Book} book @param {Because[]} found */
function withGates({ questions, applies }, found) {
  const wanted = new Set();
  for (const { id, emergency } of questions) {
    if (!emergency) continue;
    wanted.add(id);
    const gate = applies.has(id) ? found[applies.get(id)] : null;
    if (gate?.value === null) gate.answers.forEach((it) => wanted.add(it));
  }
  return wanted;
}

/**
 * The open questions of a row that is an emergency as long as they are not answered.
 * @param {Book} book
 * @param {Given} given
 * @param {Because[]} found
 */
function hangingEmergency(book, given, found) {
  const holds = truths(book, codesOf(book, given));
  const hanging = book.rows.filter(
    (/** @type {Row} */ it) =>
      it.line !== undefined && it.urgency === book.tiers.at(-1) && found[it.line].value === null && holds[it.line],
  );
  return new Set(hanging.flatMap((/** @type {any} */ it) => [...found[it.line].answers]));
}

/**
 * What the course wants to know, and what can still make a row fire that would change the outcome.
 * @param {Book} book
 * @param {Given} given
 * @param {Because[]} found
 * @param {Row[]} rows those that fired
 */
function thatCount(book, given, found, rows) {
  const wanted = new Set(book.course);
  for (const row of book.rows) {
    const open = row.line !== undefined && found[row.line].value === null;
    if (open && couldRaise(book, row, rows)) found[row.line].answers.forEach((it) => wanted.add(it));
  }
  if (given.get("first_ever_episode") === "yes") wanted.delete("pain_free_month_before");
  return wanted;
}

/** Firing would change the tier, the category or the first contact. @param {Book} book @param {Row} row @param {Row[]} rows */
function couldRaise(book, row, rows) {
  const tier = highest(book, rows);
  if (rank(book, row.urgency) > rank(book, tier)) return true;
  if (category(book, [row, ...rows]) !== category(book, rows)) return true;
  const [now] = contacts(book, rows);
  return row.urgency === tier && book.contacts.get(row.contact).rank < book.contacts.get(now).rank;
}
