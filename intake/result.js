// The short result. When calling comes first, the call stands first and alone.

import { calls, folded, list, make, paragraphs } from "./make.js";
import { button, headingOf } from "./pages.js";

/** @typedef {import("./api.js").Result} Result */
/** @typedef {Record<string, any>} Words */

const URGENT = ["emergency", "same_day"];
const PHONE = /^\+?[0-9][0-9 ()-]{1,18}$/;

/** @param {Result} result */
export function isUrgent(result) {
  return URGENT.includes(result.triage.urgency);
}

/**
 * @param {Result} result
 * @param {Words} words
 * @param {{back: () => void, restart: () => void, life: (() => void) | null, save: (() => void) | null}} does
 *   life: null when nothing is left to ask; save: null when the answers are with an API
 */
export function resultPage(result, words, does) {
  const { answer, sections, sources, about, status, made_on: madeOn } = result.report;
  const number = words.number;
  const [net, rest] = [true, false].map((isNet) =>
    sections
      .filter((/** @type {any} */ it) => (it.id === "net") === isNet)
      .map((/** @type {any} */ it) => sectionOf(it, number, isNet)),
  );
  const urgent = isUrgent(result);
  return make(
    "div",
    { class: `result ${urgent ? result.triage.urgency : "calm"}`, part: "result" },
    answerOf(answer, result.triage.contact, words, urgent),
    urgent && status && make("p", { class: "status", part: "status" }, ...calls(status, number)),
    urgent && mistakeOf(words, does.back),
    ...net,
    !urgent && does.life && lifeOf(words, does.life),
    ...rest,
    does.save && saveOf(words, does.save),
    folded(
      sources.title,
      { part: "sources" },
      ...paragraphs(sources.paragraphs ?? [], number),
      sourceList(sources.lines),
    ),
    folded(about.title, { part: "about" }, ...paragraphs([madeOn, ...about.paragraphs], number)),
    make(
      "p",
      { class: "actions" },
      !urgent && button(words.back_answers, "second", does.back),
      button(words.restart, "second", does.restart),
    ),
  );
}

/**
 * How fast, whom to call and what to say.
 * @param {any} answer
 * @param {any} contact
 * @param {Words} words
 * @param {boolean} urgent
 */
function answerOf(answer, contact, words, urgent) {
  const number = words.number;
  const watch = answer.watch && itemOf(answer.watch, number, "h3");
  const how = [
    answer.say && itemOf(answer.say, number, "h3"),
    answer.how && itemOf(answer.how, number, "h3"),
    ...(answer.also ?? []).map((/** @type {any} */ it) => itemOf(it, number, "h3")),
  ];
  return make(
    "section",
    { class: "answer", part: "answer" },
    make("p", { class: "tier", part: "urgency" }, answer.name),
    headingOf(answer.headline),
    make("p", { class: "action" }, ...calls(answer.action, number)),
    urgent && callOf(contact, words),
    ...paragraphs([answer.lead.join(" ")], number),
    answer.watch_first && watch,
    ...how,
    !answer.watch_first && watch,
  );
}

/** @param {any} contact @param {Words} words */
function callOf(contact, words) {
  const phone = String(contact?.phone ?? "");
  const own = phone === words.number || !PHONE.test(phone);
  const call = (/** @type {string} */ to, /** @type {string} */ text, /** @type {string} */ look) =>
    make("a", { href: `tel:${to.replace(/[^+0-9]/g, "")}`, class: `button ${look}`, part: "call" }, text);
  if (phone === words.number) return make("p", { class: "phone" }, call(phone, words.emergency_call, "next"));
  return make(
    "p",
    { class: "phone" },
    !own && call(phone, phone, "next"),
    make("span", {}, words.emergency_no_answer, " "),
    call(words.number, words.emergency_call, "second"),
  );
}

/** @param {Words} words @param {() => void} back */
function mistakeOf(words, back) {
  return make(
    "section",
    { class: "aside" },
    make("h3", {}, words.emergency_mistake),
    make("p", {}, words.emergency_mistake_text),
    make("p", { class: "actions" }, button(words.back_answers, "second", back)),
  );
}

/** @param {Words} words @param {() => void} life */
function lifeOf(words, life) {
  return make(
    "section",
    { class: "aside" },
    make("h3", {}, words.offer_title),
    make("p", {}, words.offer_text),
    make("p", { class: "actions" }, button(words.offer_yes, "next", life)),
  );
}

/** @param {Words} words @param {() => void} save */
function saveOf(words, save) {
  return make(
    "section",
    { class: "aside", part: "save" },
    make("h3", {}, words.save_title),
    ...paragraphs([words.save_text, words.save_where], words.number),
    make("p", { class: "actions" }, button(words.save_button, "second", save)),
  );
}

/** @param {any} section @param {string} number @param {boolean} open */
function sectionOf(section, number, open) {
  return folded(
    section.title,
    { open, part: `section section-${section.id}` },
    ...paragraphs(section.paragraphs, number),
    factsOf(section.facts),
    ...section.items.map((/** @type {any} */ it) => itemOf(it, number, "h4")),
    ...paragraphs(section.closing, number),
    restsOf("", section.rests),
  );
}

/** @param {any} item @param {string} number @param {string} level */
function itemOf(item, number, level) {
  return make(
    "div",
    { class: "item" },
    item.label && make("p", { class: "tier" }, item.label),
    item.title && make(level, {}, item.title),
    ...paragraphs([item.text, item.lead], number),
    list(item.points, number),
    factsOf(item.facts),
    ...paragraphs(item.more, number),
    restsOf(item.basis, item.rests),
    ...paragraphs([item.aside], number, "hint"),
  );
}

/** @param {[string, string][]} facts */
function factsOf(facts) {
  const rows = facts.flatMap(([term, value]) => [make("dt", {}, term), make("dd", {}, value)]);
  return rows.length > 0 && make("dl", {}, ...rows);
}

/** @param {string} basis @param {{words: string, numbers: number[]}[]} rests */
function restsOf(basis, rests) {
  const grounds = rests.map((it) => `${it.words} ${it.numbers.join(", ")}`).join(" · ");
  return (basis || grounds) && make("p", { class: "hint" }, [basis, grounds].filter(Boolean).join(" "));
}

/** @param {{number: number, text: string, url: string, mark: string}[]} lines */
function sourceList(lines) {
  const rows = lines.map((it) => {
    const text = `${it.text} (${it.mark})`;
    const web = /^https?:\/\//.test(it.url);
    const inside = web ? make("a", { href: it.url, rel: "noreferrer noopener", target: "_blank" }, text) : text;
    return make("li", { value: it.number }, inside);
  });
  return make("ol", { class: "sources" }, ...rows);
}
