// The written rules, run for one person. The same in a few lines as rugkompas.logic: a comparison
// with an answer that was not given is false, or open while it may still be asked.

/** @typedef {import("./book.js").Book} Book */
/** @typedef {Map<string, any>} Given question -> answer */
/** @typedef {Map<string, number>} Codes variable -> code */
/** @typedef {{value: boolean | null, answers: Set<string>}} Because null = an answer can still decide it */

const YES = 2;
const NO = 1;
const DAYS_IN_4_YEARS = 1461;

/**
 * Answers as small whole numbers: a word is its place from 1, a number itself.
 * @param {Book} book
 * @param {Given} given
 * @returns {Codes}
 */
export function codesOf({ variables }, given) {
  const codes = new Map();
  for (const [name, { question, member, words }] of variables) {
    const answer = given.get(question);
    if (answer === undefined) continue;
    if (member) codes.set(name, answer.includes(member) ? YES : NO);
    else codes.set(name, words.length ? words.indexOf(answer) + 1 : answer);
  }
  return codes;
}

/** @typedef {(name: string) => number} Code the code of a variable */

/** @type {Record<string, (code: Code, line: any[]) => boolean>} */
const HOLDS = {
  one_of: (code, [, name, codes]) => codes.includes(code(name)),
  at_least: (code, [, name, number]) => code(name) >= number,
  below: (code, [, name, number]) => code(name) >= 0 && code(name) < number,
  years_less_days_below: (code, line) => code(line[1]) >= 0 && daysHold(code, line),
};

/** @type {(code: Code, line: any[]) => boolean} */
function daysHold(code, [, years, days, number]) {
  return code(days) >= 0 && code(years) * DAYS_IN_4_YEARS - code(days) * 4 < number * DAYS_IN_4_YEARS;
}

/**
 * The truth of each line.
 * @param {Book} book
 * @param {Codes} codes
 * @returns {boolean[]}
 */
export function truths({ lines, variables }, codes) {
  const code = codeIn(variables, codes);
  /** @type {boolean[]} */
  const found = [];
  for (const line of lines) {
    const [verb, one, other] = line;
    if (verb === "and") found.push(found[one] && found[other]);
    else if (verb === "or") found.push(found[one] || found[other]);
    else if (verb === "not") found.push(!found[one]);
    else found.push(HOLDS[verb](code, line));
  }
  return found;
}

/**
 * The truth of each line, and the questions on which it rests.
 * @param {Book} book
 * @param {Codes} codes
 * @param {(question: string) => boolean} [isOpen] whether an answer may still come
 * @returns {Because[]}
 */
export function reasons({ lines, variables }, codes, isOpen = () => false) {
  const code = codeIn(variables, codes);
  /** @type {(name: string, holds: boolean) => Because} */
  const compared = (name, holds) => {
    const { question, notAsked, askedBy } = variables.get(name);
    return { value: code(name) === notAsked && isOpen(question) ? null : holds, answers: askedBy };
  };
  /** @type {Because[]} */
  const found = [];
  for (const line of lines) {
    const [verb, one, other] = line;
    if (verb === "and") found.push(decided(false, found[one], found[other]));
    else if (verb === "or") found.push(decided(true, found[one], found[other]));
    else if (verb === "not") found.push(turned(found[one]));
    else if (verb !== "years_less_days_below") found.push(compared(one, HOLDS[verb](code, line)));
    else found.push(decided(false, compared(one, code(one) >= 0), compared(other, daysHold(code, line))));
  }
  return found;
}

/** @param {Map<string, any>} variables @param {Codes} codes */
function codeIn(variables, codes) {
  return (/** @type {string} */ name) => codes.get(name) ?? variables.get(name).notAsked;
}

/**
 * Of two truths one with the value `by` is enough; then only it is a reason. Without such a one,
 * an open one leaves the whole open.
 * @param {boolean} by
 * @param {Because} one
 * @param {Because} other
 * @returns {Because}
 */
function decided(by, one, other) {
  if (one.value === other.value) return { value: one.value, answers: both(one.answers, other.answers) };
  if (one.value === by) return one;
  if (other.value === by) return other;
  return one.value === null ? one : other;
}

/** @param {Because} it @returns {Because} */
function turned({ value, answers }) {
  return { value: value === null ? null : !value, answers };
}

/** @param {Set<string>} one @param {Set<string>} other */
function both(one, other) {
  return one === other ? one : new Set([...one, ...other]);
}
