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
  const voice = book.said[language];
  const { title, sources_title, sources_text, sources_none, about_title } = voice.sentences;
  const sources = [...new Set(found.rows.flatMap((row) => row.sources))];
  return {
    title,
    made_on: filled(voice.made_on, { date }),
    status: voice.status,
    answer: answerOf(book, voice, found),
    sections: [
      whyOf(book, voice, given, found, sources),
      adultOf(book, voice, given),
      openOf(voice, found.triage),
      netOf(book, voice, given, found),
    ].filter(Boolean),
    sources: {
      title: sources_title,
      paragraphs: [sources.length ? sources_text : sources_none],
      lines: sources.map((id, place) => ({ number: place + 1, ...voice.sources.get(id) })),
    },
    about: { ...SECTION, id: "about", title: about_title, paragraphs: voice.about },
  };
}

/** @param {Book} book @param {Words} voice @param {Found} found */
function answerOf(book, voice, { triage, rows }) {
  const tier = triage.urgency;
  const { name, title, dial, lead } = voice.tiers.get(tier);
  const [first, ...others] = triage.contact.all.map((/** @type {string} */ id) => voice.contacts.get(id));
  const emergency = tier === "emergency";
  const how = triage.contact.id === NONE ? "how_title_none" : "how_title";
  const after = emergency ? "contact_after" : "contact_also";
  const say = rows.filter((it) => it.urgency === tier).map((it) => voice.rows.get(it.id).say);
  const points = say.filter(Boolean);
  const signs = book.always_watch.map((/** @type {string} */ id) => voice.clauses.get(id).get("new_or_changed"));
  const { watch_now: now, watch_more: more } = voice.sentences;
  return {
    urgency: tier,
    step: book.tiers.indexOf(tier) + 1,
    dial,
    name,
    headline: emergency ? first.do : title,
    action: emergency ? `${title}.` : first.do,
    lead,
    how: { ...ITEM, title: voice.sentences[how], points: first.more },
    also: others.map((/** @type {any} */ it) => ({
      ...ITEM,
      title: voice.sentences[after],
      text: it.do,
      points: it.more,
    })),
    say: points.length ? { ...ITEM, title: voice.sentences.say_title, points } : null,
    watch: emergency ? null : { ...ITEM, title: now, points: signs, more: [more] },
    watch_first: !URGENT.includes(tier),
  };
}

/** @param {Book} book @param {Words} voice @param {Given} given @param {Found} found @param {string[]} sources */
function whyOf(book, voice, given, { rows, triage }, sources) {
  const items = rows.map(({ id, sources: own }, place) => {
    const { say: _, rests, ...said } = voice.rows.get(id);
    const because = id === book.incomplete ? [] : triage.rules[place].because;
    const points = inOrder(book, because).flatMap((question) => clausesOf(voice, question, given.get(question)));
    const number = (/** @type {number} */ at) => sources.indexOf(own[at - 1]) + 1;
    return {
      ...ITEM,
      ...said,
      lead: points.length ? voice.sentences.because : "",
      points,
      rests: rests.map((/** @type {any} */ it) => ({
        words: it.words,
        numbers: it.numbers.map(number).sort((/** @type {number} */ a, /** @type {number} */ b) => a - b),
      })),
    };
  });
  return { ...SECTION, id: "why", title: voice.sentences.why_title, items };
}

/** In the order in which they are asked. @param {Book} book @param {string[]} asked @returns {string[]} */
function inOrder({ questions }, asked) {
  return questions.map((/** @type {any} */ it) => it.id).filter((/** @type {string} */ id) => asked.includes(id));
}

/** A half sentence for each own answer. @param {Words} voice @param {string} question @param {any} answer @returns {string[]} */
function clausesOf(voice, question, answer) {
  const clauses = voice.clauses.get(question);
  if (answer === undefined) return [voice.not_asked.get(question)];
  if (typeof answer === "number") return [filled(clauses.get("value"), { value: answer })];
  if (!Array.isArray(answer)) return [clauses.get(answer)];
  const members = [...clauses.keys()].filter((it) => answer.includes(it));
  return (members.length ? members : [NONE]).map((it) => clauses.get(it));
}

/** @param {Book} book @param {Words} voice @param {Given} given */
function adultOf(book, voice, given) {
  const { adult_title: title, adult_text: text } = voice.sentences;
  return given.get("age_years") < book.age_adult && { ...SECTION, id: "adult", title, paragraphs: [text] };
}

/** @param {Words} voice @param {Record<string, any>} triage */
function openOf(voice, { missing, clarify }) {
  const { open_title, open_clarify_title, open_missing, open_clarify } = voice.sentences;
  const labels = missing.map((/** @type {string} */ id) => voice.questions.get(id).label);
  const pairs = clarify.map((/** @type {string} */ id) => voice.clarify.get(id));
  const items = [
    labels.length && { ...ITEM, text: open_missing, points: labels },
    pairs.length && { ...ITEM, text: open_clarify, points: pairs },
  ].filter(Boolean);
  return items.length > 0 && { ...SECTION, id: "open", title: labels.length ? open_title : open_clarify_title, items };
}

/** @param {Book} book @param {Words} voice @param {Given} given @param {Found} found */
function netOf(book, voice, given, { triage, net }) {
  const said = voice.sentences;
  const items = [...book.tiers].reverse().map((tier) => {
    const watched = net.filter((it) => it.urgency === tier).map((it) => watchedOf(voice, given, it));
    const more = URGENT.includes(tier) ? [said[`net_${tier}_how`]] : [];
    return watched.length && { ...ITEM, title: said[`net_${tier}`], points: [...new Set(watched)], more };
  });
  const text = triage.urgency === "emergency" ? said.net_text_emergency : said.net_text;
  return { ...SECTION, id: "net", title: said.net_title, paragraphs: [text], items: items.filter(Boolean) };
}

/** @param {Words} voice @param {Given} given @param {Watch} watch @returns {string} */
function watchedOf(voice, given, { if: question, becomes }) {
  if (question === "pain_nrs") return filled(voice.sentences.net_pain, { value: becomes });
  if (question === "pain_duration_days") {
    return filled(voice.sentences.net_days, { days: Number(becomes) - given.get(question) });
  }
  return voice.clauses.get(question).get(becomes);
}
