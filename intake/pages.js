// The pages of the component as elements: start, question, trouble. What they do is given to them.

import { fieldOf } from "./fields.js";
import { calls, filled, folded, list, make, paragraphs } from "./make.js";

/** @typedef {import("./api.js").Page} Page */
/** @typedef {import("./api.js").Trouble} Trouble */
/** @typedef {import("./fields.js").Field} Field */
/** @typedef {Record<string, any>} Words */

/**
 * A heading that can take the focus.
 * @param {string | Node} text
 * @param {string} [level]
 */
export function headingOf(text, level = "h2") {
  return make(level, { tabindex: -1, part: "heading" }, text);
}

/**
 * A button.
 * @param {string} text
 * @param {string} part
 * @param {(() => void) | null} press null = it sends the form
 */
export function button(text, part, press) {
  const type = press ? "button" : "submit";
  return make("button", { type, part: `button ${part}`, class: part, onclick: press ?? (() => {}) }, text);
}

/**
 * The signs to call for. They stand on every page, also when nothing can be reached.
 * @param {Words} words
 * @param {boolean} open
 */
export function signsOf(words, open) {
  return folded(
    words.signs_title,
    { class: "signs", part: "signs", open },
    make("p", {}, words.signs_lead),
    list(words.signs, words.number),
    ...paragraphs([words.signs_how], words.number),
  );
}

/**
 * @param {Words} words
 * @param {string} host to whom answers go; empty = to nobody
 * @param {() => void} begin
 */
export function startPage(words, host, begin) {
  return make(
    "div",
    {},
    headingOf(words.start_title),
    ...paragraphs([words.start_text, words.start_who_text], words.number),
    ...paragraphs([host ? filled(words.start_sent, { host }) : words.start_kept, words.start_consent], words.number, "hint"),
    make("p", { class: "actions" }, button(words.start_button, "next", begin)),
  );
}

/**
 * One page of questions.
 * @param {Page} page
 * @param {Map<string, string[]>} typed what stood in each field
 * @param {Words} words
 * @param {{send: (answers: Map<string, unknown>) => void, back: () => void, stop: () => void,
 *   leave: (step: string, typed: string[]) => void}} does leave: keeps what stands in a field
 */
export function questionPage(page, typed, words, does) {
  const alone = page.questions.length === 1;
  const fields = page.questions.map((question, place) => {
    const id = `q${place}`;
    const grouped = !["number", "duration"].includes(question.kind);
    const label = grouped ? question.label : make("label", { for: id }, question.label);
    const heading = alone ? headingOf(label) : make("h3", {}, label);
    const shown = { words, number: words.number, heading, alone };
    return fieldOf(question, id, typed.get(question.id) ?? [], shown);
  });
  const errors = make("div", { class: "errors", role: "alert", tabindex: -1, part: "errors", hidden: true });
  const keep = () => fields.forEach((it) => does.leave(it.question.id, it.typed()));

  /** @param {[Field, string][]} wrong */
  const shows = (wrong) => {
    fields.forEach((it) => it.says(""));
    wrong.forEach(([field, error]) => field.says(error));
    const rows = wrong.map(([field, error]) =>
      make("li", {}, make("button", { type: "button", class: "plain", onclick: field.focus }, error)),
    );
    errors.replaceChildren(make("h3", {}, words.errors_title), make("ul", {}, ...rows));
    errors.hidden = !wrong.length;
    if (wrong.length) errors.focus();
  };

  const send = () => {
    keep();
    /** @type {[Field, string][]} */
    const wrong = [];
    /** @type {Map<string, unknown>} */
    const answers = new Map();
    for (const field of fields) {
      const { answer, error } = field.read();
      answers.set(field.question.id, answer ?? null);
      const empty = alone && answer === undefined ? lacking(field, words) : "";
      if (error || empty) wrong.push([field, error || empty]);
    }
    shows(wrong);
    if (!wrong.length) does.send(answers);
  };
  const pass = () => {
    fields.forEach((it) => does.leave(it.question.id, []));
    does.send(new Map(page.questions.map((it) => [it.id, null])));
  };
  const back = () => {
    keep();
    does.back();
  };
  const mayPass = alone && !page.questions[0].choices.some((it) => it.value === "unknown");
  const mayStop = ["factors", "life"].includes(page.stage);
  const node = make(
    "form",
    { novalidate: true, part: "form", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), send()) },
    make("p", { class: "back" }, button(words.back, "plain", back)),
    errors,
    make("p", { class: "progress", part: "progress" }, page.progress),
    !alone && headingOf(page.title),
    !alone && make("p", {}, words.group_text),
    ...fields.map((it) => it.node),
    make(
      "p",
      { class: "actions" },
      button(words.next, "next", null),
      mayPass && button(words.pass, "second", pass),
      mayStop && button(words.skip_to_result, "plain", () => (keep(), does.stop())),
    ),
  );
  /** @param {{where: string, plain: string}[]} problems what the API says is wrong */
  const refused = (problems) =>
    shows(problems.map((it) => [fields.find((field) => field.question.id === it.where) ?? fields[0], it.plain]));
  return { node, refused, keep };
}

/** @param {Field} field @param {Words} words */
function lacking(field, words) {
  if (field.question.kind === "several") return words.choose_several;
  return ["one", "scale"].includes(field.question.kind) ? words.choose_one : words.fill_in;
}

/**
 * What went wrong, what is not lost, whom to call, and a way on.
 * @param {Trouble} trouble
 * @param {Words} words
 * @param {() => void} again
 */
export function troubleBox(trouble, words, again) {
  const said = filled(words[`trouble_${trouble.kind}`], { seconds: trouble.seconds });
  return make(
    "section",
    { class: "trouble", role: "alert", part: "trouble" },
    headingOf(words.trouble_title, "h3"),
    ...paragraphs([said, words.trouble_kept], words.number),
    make("p", {}, ...calls(words.trouble_worried, words.number)),
    make("p", { class: "actions" }, button(words.retry, "next", again)),
  );
}

/**
 * Why nothing is asked here, and whom to call.
 * @param {Words} words
 * @param {"setup" | import("./api.js").TroubleKind} kind
 */
export function setupBox(words, kind) {
  return make(
    "section",
    { class: "trouble", part: "trouble" },
    headingOf(words.nothing_title),
    ...paragraphs([words[`trouble_${kind}`], words.trouble_worried], words.number),
  );
}
