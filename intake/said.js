// The short result in words, in the shape that the API gives it. Every sentence comes from the
// bundle; here they are only picked, as rugkompas.outputs does it.

import { filled } from "./make.js";

/** @typedef {import("./book.js").Book} Book */
/** @typedef {import("./book.js").Row} Row */
/** @typedef {import("./rules.js").Given} Given */
/** @typedef {import("./triage.js").Watch} Watch */
/** @typedef {Record<string, any>} Words the words of one language in the bundle */
/** @typedef {ReturnType<import("./triage.js").triage>} Found */

const URGENT = ["emergency", "same_day"];
const NONE = "none";
const ITEM = { label: "", title: "", text: "", lead: "", points: [], facts: [], more: [], basis: "", rests: [], aside: "" };
const SECTION = { paragraphs: [], facts: [], items: [], closing: [], rests: [] };

/**
 * @param {Book} book
 * @param {"nl" | "en"} language
 * @param {Given} given
 * @param {Found} found
 * @param {string} date written out
 */
export function report(book, language, given, found, date) {
  const words = book.said[language];
  const { title, sources_title, sources_text, sources_none, about_title } = words.sentences;
  const sources = [...new Set(found.rows.flatMap((row) => row.sources))];
  return {
    title,
    made_on: filled(words.made_on, { date }),
    status: words.status,
    answer: answerOf(book, words, found),
    sections: [
      whyOf(book, words, given, found, sources),
      adultOf(book, words, given),
      openOf(words, found.triage),
      netOf(book, words, given, found),
    ].filter(Boolean),
    sources: {
      title: sources_title,
      paragraphs: [sources.length ? sources_text : sources_none],
      lines: sources.map((id, place) => ({ number: place + 1, ...words.sources.get(id) })),
    },
    about: { ...SECTION, id: "about", title: about_title, paragraphs: words.about },
  };
}

/** @param {Book} book @param {Words} words @param {Found} found */
function answerOf(book, words, { triage, rows }) {
  const tier = triage.urgency;
  const { name, title, dial, lead } = words.tiers.get(tier);
  const [first, ...others] = triage.contact.all.map((/** @type {string} */ id) => words.contacts.get(id));
  const emergency = tier === "emergency";
  const how = triage.contact.id === NONE ? "how_title_none" : "how_title";
  const after = emergency ? "contact_after" : "contact_also";
  const say = rows.filter((it) => it.urgency === tier).map((it) => words.rows.get(it.id).say);
  const points = say.filter(Boolean);
  const signs = book.always_watch.map((/** @type {string} */ id) => words.clauses.get(id).get("new_or_changed"));
  const { watch_now: now, watch_more: more } = words.sentences;
  return {
    urgency: tier,
    step: book.tiers.indexOf(tier) + 1,
    dial,
    name,
    headline: emergency ? first.do : title,
    action: emergency ? `${title}.` : first.do,
    lead,
    how: { ...ITEM, title: words.sentences[how], points: first.more },
    also: others.map((/** @type {any} */ it) => ({
      ...ITEM,
      title: words.sentences[after],
      text: it.do,
      points: it.more,
    })),
    say: points.length ? { ...ITEM, title: words.sentences.say_title, points } : null,
    watch: emergency ? null : { ...ITEM, title: now, points: signs, more: [more] },
    watch_first: !URGENT.includes(tier),
  };
}

/** @param {Book} book @param {Words} words @param {Given} given @param {Found} found @param {string[]} sources */
function whyOf(book, words, given, { rows, triage }, sources) {
  const items = rows.map(({ id, sources: own }, place) => {
    const { say: _, rests, ...said } = words.rows.get(id);
    const because = id === book.incomplete ? [] : triage.rules[place].because;
    const points = inOrder(book, because).flatMap((question) => clausesOf(words, question, given.get(question)));
    const number = (/** @type {number} */ at) => sources.indexOf(own[at - 1]) + 1;
    return {
      ...ITEM,
      ...said,
      lead: points.length ? words.sentences.because : "",
      points,
      rests: rests.map((/** @type {any} */ it) => ({
        words: it.words,
        numbers: it.numbers.map(number).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b),
      })),
    };
  });
  return { ...SECTION, id: "why", title: words.sentences.why_title, items };
}

/** In the order in which they are asked. @param {Book} book @param {string[]} asked */
function inOrder({ questions }, asked) {
  return questions.map((/** @type {any} */ it) => it.id).filter((/** @type {string} */ id) => asked.includes(id));
}

/** A half sentence for each own answer. @param {Words} words @param {string} question @param {any} answer @returns {string[]} */
function clausesOf(words, question, answer) {
  const clauses = words.clauses.get(question);
  if (answer === undefined) return [words.not_asked.get(question)];
  if (typeof answer === "number") return [filled(clauses.get("value"), { value: answer })];
  if (!Array.isArray(answer)) return [clauses.get(answer)];
  const members = [...clauses.keys()].filter((it) => answer.includes(it));
  return (members.length ? members : [NONE]).map((it) => clauses.get(it));
}

/** @param {Book} book @param {Words} words @param {Given} given */
function adultOf(book, words, given) {
  const { adult_title: title, adult_text: text } = words.sentences;
  return given.get("age_years") < book.age_adult && { ...SECTION, id: "adult", title, paragraphs: [text] };
}

/** @param {Words} words @param {Record<string, any>} triage */
function openOf(words, { missing, clarify }) {
  const { open_title, open_clarify_title, open_missing, open_clarify } = words.sentences;
  const labels = missing.map((/** @type {string} */ id) => words.questions.get(id).label);
  const pairs = clarify.map((/** @type {string} */ id) => words.clarify.get(id));
  const items = [
    labels.length && { ...ITEM, text: open_missing, points: labels },
    pairs.length && { ...ITEM, text: open_clarify, points: pairs },
  ].filter(Boolean);
  return items.length > 0 && { ...SECTION, id: "open", title: labels.length ? open_title : open_clarify_title, items };
}

/** @param {Book} book @param {Words} words @param {Given} given @param {Found} found */
function netOf(book, words, given, { triage, net }) {
  const said = words.sentences;
  const items = [...book.tiers].reverse().map((tier) => {
    const watched = net.filter((it) => it.urgency === tier).map((it) => watchedOf(words, given, it));
    const more = URGENT.includes(tier) ? [said[`net_${tier}_how`]] : [];
    return watched.length && { ...ITEM, title: said[`net_${tier}`], points: [...new Set(watched)], more };
  });
  const text = triage.urgency === "emergency" ? said.net_text_emergency : said.net_text;
  return { ...SECTION, id: "net", title: said.net_title, paragraphs: [text], items: items.filter(Boolean) };
}

/** @param {Words} words @param {Given} given @param {Watch} watch @returns {string} */
function watchedOf(words, given, { if: question, becomes }) {
  if (question === "pain_nrs") return filled(words.sentences.net_pain, { value: becomes });
  if (question === "pain_duration_days") {
    return filled(words.sentences.net_days, { days: Number(becomes) - given.get(question) });
  }
  return words.clauses.get(question).get(becomes);
}
