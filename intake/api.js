// The one address that this component speaks to, and what can go wrong on the way.

/** @typedef {"unreachable" | "busy" | "refused" | "strange" | "old" | "unfit"} TroubleKind */
/** @typedef {{where: string, plain: string}} Problem */
/** @typedef {{value: string, text: string}} Choice */
/**
 * @typedef {object} Question
 * @property {string} id
 * @property {"one" | "several" | "scale" | "number" | "duration" | "activities"} kind
 * @property {string} label
 * @property {string} help
 * @property {string} why
 * @property {Choice[]} choices
 * @property {string} [nothing] the words for "none of these"
 * @property {number} low
 * @property {number} high
 * @property {Record<string, number>} days_in how many days a unit has
 */
/** @typedef {{id: string, stage: string, title: string, progress: string, questions: Question[]}} Page */
/** @typedef {Record<string, any>} Result the assessment, with its words under `report` */
/**
 * What can be asked: an API, or a bundled file.
 * @typedef {object} Asks
 * @property {string} host to whom answers go; empty = to nobody
 * @property {(signal: AbortSignal) => Promise<{status: (language: "nl" | "en") => string}>} [load]
 *   what comes before anything can be asked
 * @property {(language: "nl" | "en", sent: any, signal: AbortSignal) => Promise<{page: Page | null, status: string}>} next
 * @property {(language: "nl" | "en", answers: object, signal: AbortSignal) => Promise<Result>} result
 * @property {(answers: object) => string} [file] the answers as a file; without it nothing is asked further
 */

export const MOST_WAIT_MS = 20_000;
const MOST_SECONDS = 600;
const BARE = { low: 0, high: 9_999_999, days_in: { days: 1 } };
const KINDS = ["one", "several", "scale", "number", "duration", "activities"];

/** Something on the way went wrong; the answers are where they were. */
export class Trouble extends Error {
  /**
   * @param {TroubleKind} kind
   * @param {{seconds?: number, problems?: Problem[]}} [more]
   */
  constructor(kind, { seconds = 60, problems = [] } = {}) {
    super(kind);
    this.kind = kind;
    this.seconds = seconds;
    this.problems = problems;
  }
}

/**
 * An address as it stands in an attribute, or null when it cannot be one.
 * @param {string | null} given
 * @returns {URL | null}
 */
export function addressOf(given) {
  if (!given?.trim()) return null;
  try {
    const found = new URL(given.trim(), document.baseURI);
    if (!["http:", "https:"].includes(found.protocol)) return null;
    return found;
  } catch {
    return null;
  }
}

/**
 * @param {URL} address
 * @returns {Asks}
 */
export function apiAt(address) {
  const api = new URL(address);
  api.search = api.hash = "";
  if (!api.pathname.endsWith("/")) api.pathname += "/";
  return {
    host: api.host,
    next: (language, sent, signal) => nextPage(api, language, sent, signal),
    result: (language, answers, signal) => result(api, language, answers, signal),
  };
}

/**
 * The next page, or null when nothing is left or calling comes first.
 * @param {URL} api
 * @param {string} language
 * @param {object} sent
 * @param {AbortSignal} signal
 * @returns {Promise<{page: Page | null, status: string}>}
 */
async function nextPage(api, language, sent, signal) {
  const data = await ask(api, "next", language, sent, signal);
  const status = isText(data.status) ? data.status : "";
  if (data.page === null) return { page: null, status };
  if (!isPage(data.page)) throw new Trouble("strange");
  const questions = data.page.questions.map((/** @type {any} */ it) => ({ ...BARE, ...it }));
  return { page: { ...data.page, questions }, status };
}

/**
 * The assessment with the short result in words.
 * @param {URL} api
 * @param {string} language
 * @param {object} answers
 * @param {AbortSignal} signal
 * @returns {Promise<Result>}
 */
async function result(api, language, answers, signal) {
  const data = await ask(api, "report", language, answers, signal);
  if (!isResult(data)) throw new Trouble("strange");
  return data;
}

/**
 * @param {URL} api
 * @param {string} name
 * @param {string} language
 * @param {object} sent
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
async function ask(api, name, language, sent, signal) {
  const address = new URL(name, api);
  address.searchParams.set("language", language);
  let answer;
  let data;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
      signal: AbortSignal.any([signal, AbortSignal.timeout(MOST_WAIT_MS)]),
      // A redirect could take the answers to somebody else.
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
    data = await answer.json();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Trouble(error instanceof SyntaxError ? unread(answer) : "unreachable");
  }
  if (answer.ok && data && typeof data === "object") return data;
  throw refusal(answer, data);
}

/** @param {Response | undefined} answer */
function unread(answer) {
  // A proxy before the API answers with a page of its own while the API is away.
  return answer && answer.status >= 500 ? "unreachable" : "strange";
}

/**
 * @param {Response} answer
 * @param {any} data
 */
function refusal(answer, data) {
  if (answer.status === 429) {
    const told = Number(answer.headers.get("Retry-After"));
    return new Trouble("busy", { seconds: told > 0 && told <= MOST_SECONDS ? told : 60 });
  }
  if (answer.status === 422 && Array.isArray(data?.problems)) {
    const problems = data.problems.filter((/** @type {any} */ it) => isText(it?.plain));
    return new Trouble("refused", { problems });
  }
  return new Trouble(answer.status >= 500 ? "unreachable" : "strange");
}

/** @param {unknown} it */
function isText(it) {
  return typeof it === "string";
}

/** @param {any} page */
function isPage(page) {
  return (
    isText(page?.id) &&
    isText(page.title) &&
    isText(page.progress) &&
    Array.isArray(page.questions) &&
    page.questions.length > 0 &&
    page.questions.every(isQuestion)
  );
}

/** @param {any} it */
function isQuestion(it) {
  return (
    [it?.id, it?.label, it?.help, it?.why].every(isText) &&
    KINDS.includes(it.kind) &&
    Array.isArray(it.choices) &&
    it.choices.every((/** @type {any} */ one) => isText(one?.value) && isText(one?.text)) &&
    (!["scale", "number"].includes(it.kind) || (Number.isInteger(it.low) && Number.isInteger(it.high))) &&
    (it.kind !== "scale" || it.high - it.low <= 20) &&
    (it.kind !== "duration" || Object.values(it.days_in ?? {}).every((days) => Number(days) > 0))
  );
}

/** @param {any} data */
function isResult(data) {
  const said = data.report;
  const answer = said?.answer;
  return (
    isText(data.triage?.urgency) &&
    [answer?.headline, answer?.action, said?.title].every(isText) &&
    Array.isArray(answer.lead) &&
    Array.isArray(said.sections) &&
    Array.isArray(said.sources?.lines)
  );
}
