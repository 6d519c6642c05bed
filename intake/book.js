// The bundled file, read once: of the right form, every part there, and nothing that leads nowhere.

import { day, flag, list, map, maybe, name, one, parts, row, text, unfit, whole } from "./shape.js";
import held from "./words.js";

/** @typedef {any[]} Line a verb with its names, numbers, or places of lines before it */
/** @typedef {{question: string, member: string, words: string[], notAsked: number, askedBy: Set<string>}} Variable */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {number | undefined} line the line that makes it fire; none: it fires when no other does
 * @property {string} urgency
 * @property {string} category
 * @property {string} contact
 * @property {string[]} suspects
 * @property {string[]} sources
 * @property {string} basis
 * @property {string} mark
 */
/** @typedef {Record<string, any>} Book what `scripts/intake.py` wrote, in Maps where names are free */

const FORM = 1;
const EMERGENCY = "emergency";
const KINDS = ["one", "several", "scale", "number", "duration"];
const LANGUAGES = Object.keys(held.words);
const SENTENCES = [
  ...["title", "how_title", "how_title_none", "contact_after", "contact_also", "say_title"],
  ...["watch_now", "watch_more", "why_title", "because", "adult_title", "adult_text"],
  ...["open_title", "open_missing", "open_clarify_title", "open_clarify"],
  ...["net_title", "net_text", "net_text_emergency", "net_emergency", "net_same_day", "net_within_days"],
  ...["net_planned", "net_emergency_how", "net_same_day_how", "net_pain", "net_days"],
  ...["sources_title", "sources_text", "sources_none", "about_title"],
];

const asked = parts({
  kind: one(...KINDS),
  label: text,
  help: text,
  why: text,
  choices: list(parts({ value: name, text })),
  nothing: maybe(text),
  low: maybe(whole),
  high: maybe(whole),
  days_in: maybe(parts({ days: whole, weeks: whole, months: whole })),
});
const rests = list(parts({ words: text, numbers: list(whole) }));
const said = parts({
  status: text,
  made_on: text,
  progress: text,
  progress_left: text,
  longer_than_life: text,
  sentences: parts(Object.fromEntries(SENTENCES.map((key) => [key, text]))),
  about: list(text),
  questions: map(asked),
  clauses: map(map(text)),
  not_asked: map(text),
  clarify: map(text),
  tiers: map(parts({ name: text, title: text, dial: text, lead: list(text) })),
  contacts: map(parts({ do: text, more: list(text) })),
  rows: map(parts({ say: text, label: text, text, more: list(text), basis: text, rests, aside: text })),
  sources: map(parts({ text, url: text, mark: text })),
});
const written = parts({
  form: one(FORM),
  rugkompas: text,
  knowledge: text,
  digest: name,
  from: day,
  until: day,
  demonstration: flag,
  lines: list(list((it) => it)),
  rows: list(
    parts({
      ...{ id: name, line: maybe(whole), urgency: name, category: name, contact: name },
      ...{ suspects: list(name), sources: list(name), basis: name, mark: name },
    }),
  ),
  incomplete: name,
  tiers: list(name),
  categories: map(name),
  applies: map(whole),
  missing: map(whole),
  clarify: map(whole),
  variables: map(parts({ question: name, member: text, words: list(name) })),
  questions: list(parts({ id: name, order: whole, group: text, emergency: flag })),
  course: list(name),
  changes: list(row([name, name, name, whole])),
  always_watch: list(name),
  age_adult: whole,
  pain_severe: whole,
  milestones: list(whole),
  contacts: map(parts({ rank: whole, country: name, when: name, phone: text })),
  said: parts(Object.fromEntries(LANGUAGES.map((it) => [it, said]))),
});

/**
 * @param {unknown} data as JSON gives it
 * @returns {Book} throws Unfit
 */
export function bookOf(data) {
  const book = written(data);
  for (const it of book.variables.values()) {
    it.notAsked = it.words.length ? 0 : -1;
    it.askedBy = new Set([it.question]);
  }
  book.lines = linesOf(book);
  book.order = new Map(book.questions.map((/** @type {any} */ it) => [it.id, it.order]));
  leadsSomewhere(book);
  LANGUAGES.forEach((language) => isSaid(book, book.said[language]));
  return book;
}

/** @param {Book} book @returns {Line[]} */
function linesOf({ lines, variables }) {
  const known = among(variables);
  return lines.map((/** @type {any[]} */ line, /** @type {number} */ place) => {
    const earlier = before(place);
    const takes = new Map([
      ["one_of", row([known, list(whole)])],
      ["at_least", row([known, whole])],
      ["below", row([known, whole])],
      ["years_less_days_below", row([known, known, whole])],
      ["and", row([earlier, earlier])],
      ["or", row([earlier, earlier])],
      ["not", row([earlier])],
    ]);
    const [verb, ...given] = line;
    return [verb, ...(takes.get(verb) ?? unfit)(given)];
  });
}

/** @param {Book} book */
function leadsSomewhere({ lines, rows, variables, order, ...book }) {
  const line = before(lines.length);
  const tier = one(...book.tiers);
  const [question, contact, category, variable] = [order, book.contacts, book.categories, variables].map(among);
  for (const it of rows) {
    tier(it.urgency);
    category(it.category);
    contact(it.contact);
    if (it.line !== undefined) line(it.line);
  }
  const ids = rows.map((/** @type {Row} */ it) => it.id);
  const others = rows.filter((/** @type {Row} */ it) => it.line === undefined);
  if (book.tiers.at(-1) !== EMERGENCY || others.length !== 1 || !ids.includes(book.incomplete)) unfit();
  for (const places of [book.applies, book.missing, book.clarify]) [...places.values()].forEach(line);
  for (const places of [book.applies, book.missing]) [...places.keys()].forEach(question);
  for (const it of variables.values()) question(it.question);
  [...book.course, ...book.always_watch].forEach(question);
  for (const [about, , changed] of book.changes) [question(about), variable(changed)];
  ["age_years", "pain_nrs", "pain_duration_days"].forEach(variable);
}

/** Everything that can come up has its words, and every answer its code. @param {Book} book @param {Record<string, any>} voice */
function isSaid(book, voice) {
  for (const { id, urgency, contact, sources } of book.rows) {
    const own = voice.rows.get(id) ?? unfit();
    sources.forEach(among(voice.sources));
    own.rests.forEach((/** @type {any} */ it) => it.numbers.forEach((/** @type {number} */ at) => before(sources.length)(at - 1)));
    among(voice.tiers)(urgency);
    among(voice.contacts)(contact);
  }
  for (const { id } of book.questions) {
    const { kind, choices, low, high, days_in: days } = voice.questions.get(id) ?? unfit();
    const numbers = ["scale", "number", "duration"].includes(kind);
    if (numbers ? !(high > low && (kind !== "scale" || high - low <= 20)) : !choices.length) unfit();
    if (kind === "duration" && !(days && Math.min(...Object.values(days)) > 0)) unfit();
    among(voice.not_asked)(id);
    const clauses = among(voice.clauses)(id) && voice.clauses.get(id);
    const answers = numbers ? ["value"] : choices.map((/** @type {any} */ it) => it.value);
    answers.forEach(among(clauses));
    const variable = (/** @type {string} */ it) => book.variables.get(among(book.variables)(it));
    if (kind === "several") answers.forEach((/** @type {string} */ it) => variable(`${id}.${it}`));
    else if (!numbers) answers.forEach(one(...variable(id).words));
    else if (variable(id).words.length) unfit();
  }
  for (const [question, becomes] of book.changes) among(voice.clauses.get(question))(becomes);
  for (const id of book.always_watch) among(voice.clauses.get(id))("new_or_changed");
  [...book.clarify.keys()].forEach(among(voice.clarify));
}

/** @param {Map<string, any>} known @returns {(it: unknown) => string} */
function among(known) {
  return (it) => (known.has(name(it)) ? name(it) : unfit());
}

/** @param {number} end @returns {(it: unknown) => number} a place from 0, before this one */
function before(end) {
  return (it) => (whole(it) >= 0 && whole(it) < end ? whole(it) : unfit());
}
