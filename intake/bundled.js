// The same answers as api.js gives, from a bundled file: nothing leaves the device.

import { MOST_WAIT_MS, Trouble } from "./api.js";
import { nextQuestion } from "./asking.js";
import { bookOf } from "./book.js";
import { filled } from "./make.js";
import { report } from "./said.js";
import { triage } from "./triage.js";

/** @typedef {import("./book.js").Book} Book */
/** @typedef {import("./api.js").Asks} Asks */
/** @typedef {import("./rules.js").Given} Given */

const MOST_BYTES = 1_000_000;
const LONGEST_YEAR = 366;

/**
 * A source that has to be loaded before it can be asked.
 * @param {URL} address
 * @returns {Asks}
 */
export function bundleAt(address) {
  /** @type {Book | null} */
  let book = null;
  const held = () => {
    if (!book) throw new Trouble("unfit");
    return book;
  };
  return {
    host: "",
    load: async (signal) => {
      book ??= read(await fetched(address, signal));
      isInTime(book);
      return { status: (language) => held().said[language].status };
    },
    next: async (language, { answers, passed }) => {
      const given = givenOf(answers);
      // Whoever left it open for months may not begin; who is answering goes on to the end.
      if (!given.size && !passed.length) isInTime(held());
      return pageOf(held(), language, given, passed);
    },
    result: async (language, answers) => resultOf(held(), language, givenOf(answers)),
    file: (answers) => fileOf(held(), givenOf(answers)),
  };
}

/**
 * @param {string} text
 * @returns {Book}
 */
export function read(text) {
  try {
    return bookOf(JSON.parse(text));
  } catch {
    // Whatever is wrong with it: what cannot be read whole is not used at all.
    throw new Trouble("unfit");
  }
}

/**
 * @param {Book} book
 * @param {"nl" | "en"} language
 * @param {Given} given
 * @param {string[]} passed
 */
export function pageOf(book, language, given, passed) {
  const voice = book.said[language];
  agree(given, voice);
  const next = nextQuestion(book, given, passed);
  if (!next) return { page: null, status: voice.status };
  const { question: id, left } = next;
  const asked = asAsked(id, voice.questions.get(id));
  const progress = left ? filled(voice.progress_left, { count: left }) : voice.progress;
  const stage = left ? "signs" : "course";
  return { page: { id, stage, title: asked.label, progress, questions: [asked] }, status: voice.status };
}

/**
 * @param {Book} book
 * @param {"nl" | "en"} language
 * @param {Given} given
 */
export function resultOf(book, language, given) {
  const voice = book.said[language];
  agree(given, voice);
  const found = triage(book, given);
  const { do: does, more } = voice.contacts.get(found.triage.contact.id);
  Object.assign(found.triage.contact, { do: does, more: more.join(" ") });
  const { rugkompas, knowledge, demonstration } = book;
  const written = new Intl.DateTimeFormat(language === "nl" ? "nl" : "en-GB", { dateStyle: "long" });
  return {
    ...{ rugkompas, knowledge, demonstration, language, date: today() },
    triage: found.triage,
    safety_net: found.net,
    report: report(book, language, given, found, written.format(new Date())),
  };
}

/**
 * The answers as every Rugkompas reads them from a file.
 * @param {Book} book
 * @param {Given} given
 */
export function fileOf({ questions }, given) {
  /** @type {Record<string, any>} */
  const kept = {};
  for (const { id, group } of questions) {
    if (!given.has(id)) continue;
    if (group) (kept[group] ??= {})[id] = given.get(id);
    else kept[id] = given.get(id);
  }
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/** @param {object} answers @returns {Given} */
export function givenOf(answers) {
  return new Map(Object.entries(answers));
}

/** What two answers cannot be together. @param {Given} given @param {Record<string, any>} voice */
function agree(given, { longer_than_life: plain }) {
  const [age, days] = [given.get("age_years"), given.get("pain_duration_days")];
  if (days > (age + 1) * LONGEST_YEAR) {
    throw new Trouble("refused", { problems: [{ where: "pain_duration_days", plain }] });
  }
}

/** @param {string} id @param {Record<string, any>} said @returns {import("./api.js").Question} */
function asAsked(id, said) {
  const { kind, label, help, why, choices, nothing, low = 0, high = 0, days_in = { days: 1 } } = said;
  return { id, kind, label, help, why, choices, nothing, low, high, days_in };
}

/** @param {Book} book */
function isInTime({ from, until }) {
  if (today() < from || today() > until) throw new Trouble("old");
}

/** The day where the person is. */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ it) => String(it).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * @param {URL} address
 * @param {AbortSignal} signal
 */
async function fetched(address, signal) {
  try {
    const answer = await fetch(address, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(MOST_WAIT_MS)]),
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    if (answer.ok && answer.body) return await textOf(answer.body);
    throw new Trouble(answer.status >= 500 ? "unreachable" : "unfit");
  } catch (error) {
    if (signal.aborted || error instanceof Trouble) throw error;
    throw new Trouble("unreachable");
  }
}

/**
 * No more of it than a bundle can be.
 * @param {ReadableStream<Uint8Array>} body
 */
async function textOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > MOST_BYTES) {
      await reader.cancel();
      throw new Trouble("unfit");
    }
    text += decoder.decode(value, { stream: true });
  }
}
