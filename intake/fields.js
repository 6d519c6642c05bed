// One question of a page: how it is asked, what stands in it, and the answer that this makes.

import { calls, filled, make } from "./make.js";

/** @typedef {import("./api.js").Question} Question */
/** @typedef {Record<string, any>} Words */
/**
 * @typedef {object} Field
 * @property {Question} question
 * @property {HTMLElement} node
 * @property {() => string[]} typed what stands in it
 * @property {() => {answer?: unknown, error?: string}} read nothing of both = left empty
 * @property {(error: string) => void} says shows what is wrong, or takes it away
 * @property {() => void} focus
 */

const NONE = "none";
const UNKNOWN = "unknown";
const MOST_ACTIVITIES = 3;
const LONGEST_NAME = 60;
const SCALE = 10;

/**
 * @param {Question} question
 * @param {string} id unique in the shadow root
 * @param {string[]} before what stood in it
 * @param {{words: Words, number: string, heading: HTMLElement, alone: boolean}} shown heading: with
 *   the label; alone: the only question of its page, so that it says how to answer
 * @returns {Field}
 */
export function fieldOf(question, id, before, { words, number, heading, alone }) {
  const reader = READERS[question.kind];
  const boxes = reader.boxes(question, id, before, words);
  const inputs = boxes.flatMap((it) => [...it.querySelectorAll("input, select")]);
  const wrong = make("p", { class: "wrong", id: `${id}-wrong`, part: "error" });
  const help = question.help && make("p", { id: `${id}-help` }, ...calls(question.help, number));
  const grouped = !["number", "duration"].includes(question.kind);
  const hint = (alone || !grouped) && reader.hint(question, words);
  const hinted = hint && make("p", { class: "hint", id: `${id}-hint` }, hint);
  const why = question.why && whyOf(question.why, words);
  const above = [help, why, wrong, hinted];
  const node = grouped
    ? make("fieldset", {}, make("legend", {}, heading), ...above, ...boxes)
    : make("div", { class: "field" }, heading, ...above, ...boxes);
  node.setAttribute("part", "question");
  const described = grouped ? [node] : inputs.slice(0, 1);

  /** @param {string} error */
  const says = (error) => {
    wrong.textContent = error;
    wrong.hidden = !error;
    if (hinted) /** @type {HTMLElement} */ (hinted).hidden = Boolean(error);
    const ids = [help && `${id}-help`, error ? `${id}-wrong` : hint && `${id}-hint`].filter(Boolean);
    for (const it of described) it.setAttribute("aria-describedby", ids.join(" "));
    for (const it of inputs.filter((it) => it.matches("[type=text]"))) {
      it.setAttribute("aria-invalid", String(Boolean(error)));
    }
  };
  says("");
  const typed = () => reader.typed(/** @type {any[]} */ (inputs));
  return {
    question,
    node,
    typed,
    read: () => reader.read(question, typed(), words),
    says,
    focus: () => /** @type {HTMLElement} */ (inputs[0]).focus(),
  };
}

/**
 * @param {string} text
 * @param {Words} words
 */
function whyOf(text, words) {
  const summary = make("summary", {}, make("span", {}, words.why_ask));
  return make("details", { class: "why" }, summary, make("div", { class: "inside" }, make("p", {}, text)));
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {string} id
 * @param {{value: string, text: string}[]} choices
 * @param {string[]} before
 * @param {string} [look]
 */
function chosen(type, id, choices, before, look = "") {
  const rows = choices.map(({ value, text }, place) => {
    const own = `${id}-${place}`;
    const input = /** @type {HTMLInputElement} */ (make("input", { type, name: id, id: own, value }));
    input.checked = before.includes(value);
    const apart = [NONE, UNKNOWN].includes(value) && place > 0 ? " apart" : "";
    const label = make("label", { for: own }, text);
    return make("div", { class: `choice${apart}`, part: "choice" }, input, label);
  });
  return [make("div", { class: `choices ${look}` }, ...rows)];
}

/**
 * @param {string} id
 * @param {string} value
 * @param {Record<string, unknown>} [more]
 */
function box(id, value, more = {}) {
  const given = { type: "text", id, autocomplete: "off", part: "input", ...more };
  const input = /** @type {HTMLInputElement} */ (make("input", given));
  input.value = value;
  return input;
}

const SHORT = { inputmode: "numeric", class: "short", maxlength: 7 };
const checked = (/** @type {HTMLInputElement[]} */ inputs) =>
  inputs.filter((it) => it.checked).map((it) => it.value);
const values = (/** @type {HTMLInputElement[]} */ inputs) => inputs.map((it) => it.value.trim());

/** @param {Question} question @returns {{value: string, text: string}[]} */
function allOf(question) {
  const unknown = question.choices.filter((it) => it.value === UNKNOWN);
  const others = question.choices.filter((it) => it.value !== UNKNOWN);
  return question.nothing ? [...others, { value: NONE, text: question.nothing }, ...unknown] : question.choices;
}

/** @param {string} text @param {number} low @param {number} high */
function wholeIn(text, low, high) {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  return number >= low && number <= high ? number : null;
}

/**
 * @typedef {object} Reader
 * @property {(q: Question, id: string, before: string[], words: Words) => HTMLElement[]} boxes
 * @property {(inputs: any[]) => string[]} typed
 * @property {(q: Question, words: Words) => string} hint
 * @property {(q: Question, typed: string[], words: Words) => {answer?: unknown, error?: string}} read
 */

/** @type {Record<string, Reader>} */
const READERS = {
  one: {
    boxes: (q, id, before) => chosen("radio", id, q.choices, before),
    typed: checked,
    hint: (_, words) => words.choose_one,
    read: (_, typed) => (typed.length ? { answer: typed[0] } : {}),
  },
  scale: {
    boxes: (q, id, before) => {
      const numbers = Array.from({ length: q.high - q.low + 1 }, (_, at) => String(q.low + at));
      return chosen("radio", id, numbers.map((it) => ({ value: it, text: it })), before, "scale");
    },
    typed: checked,
    hint: (_, words) => words.choose_one,
    read: (_, typed) => (typed.length ? { answer: Number(typed[0]) } : {}),
  },
  several: {
    boxes: (q, id, before) => chosen("checkbox", id, allOf(q), before),
    typed: checked,
    hint: (_, words) => words.choose_several,
    read: (q, typed, words) => {
      const alone = typed.includes(UNKNOWN) || (q.nothing && typed.includes(NONE));
      if (alone && typed.length > 1) return { error: words.choose_alone };
      if (!typed.length) return {};
      return { answer: q.nothing && typed[0] === NONE ? [] : typed };
    },
  },
  number: {
    boxes: (_, id, before) => [make("p", { class: "typed" }, box(id, before[0] ?? "", SHORT))],
    typed: values,
    hint: (q, words) => filled(words.number_hint, { low: q.low, high: q.high }),
    read: (q, [typed], words) => {
      if (!typed) return {};
      const answer = wholeIn(typed, q.low, q.high);
      return answer === null ? { error: filled(words.number_hint, { low: q.low, high: q.high }) } : { answer };
    },
  },
  duration: {
    boxes: (q, id, before, words) => {
      const units = Object.keys(q.days_in).map((unit) =>
        make("option", { value: unit, selected: unit === before[1] }, words[`unit_${unit}`] ?? unit),
      );
      const select = make("select", { id: `${id}-unit`, part: "input" }, ...units);
      const label = make("label", { for: `${id}-unit`, class: "unseen" }, words.duration_unit);
      return [make("p", { class: "typed" }, box(id, before[0] ?? "", SHORT), label, select)];
    },
    typed: values,
    hint: (_, words) => words.duration_hint,
    read: (q, [typed, unit], words) => {
      if (!typed) return {};
      const most = Math.floor(q.high / q.days_in[unit]);
      const count = wholeIn(typed, q.low, most);
      return count === null ? { error: words.duration_hint } : { answer: count * q.days_in[unit] };
    },
  },
  activities: {
    boxes: (_, id, before, words) => [
      ...Array.from({ length: MOST_ACTIVITIES }, (_, row) => activity(`${id}-${row}`, row, before, words)),
      make("p", { class: "hint" }, ...calls(words.crisis, words.number)),
    ],
    typed: values,
    hint: (_, words) => words.activities_hint,
    read: (_, typed, words) => {
      const rows = Array.from({ length: MOST_ACTIVITIES }, (_, row) => typed.slice(3 * row, 3 * row + 3));
      const answer = rows
        .filter((row) => row.some(Boolean))
        .map(([name, start, now]) => ({
          name,
          start_0_10: wholeIn(start, 0, SCALE),
          now_0_10: wholeIn(now, 0, SCALE),
        }));
      const bad = answer.some((it) => !it.name || it.start_0_10 === null || it.now_0_10 === null);
      if (bad) return { error: words.activities_hint };
      return answer.length ? { answer } : {};
    },
  },
};

/**
 * @param {string} id
 * @param {number} row
 * @param {string[]} before
 * @param {Words} words
 */
function activity(id, row, before, words) {
  const named = filled(words.activity_name, { number: row + 1 });
  const parts = [named, words.activity_start, words.activity_now].map((text, place) => {
    const own = `${id}-${place}`;
    const more = place ? { ...SHORT, maxlength: 2 } : { maxlength: LONGEST_NAME };
    const value = before[3 * row + place] ?? "";
    return make("p", {}, make("label", { for: own }, text), box(own, value, more));
  });
  return make("div", { class: "activity", role: "group", "aria-label": named }, ...parts);
}
