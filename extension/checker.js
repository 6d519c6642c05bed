"use strict";
// Judges one title with the exported knowledge, step by step as docs/explanation/claims-format.md
// numbers them, and equal to Python to the last digit. No dependencies, no page, no network.
//
// Positions in results are code points of the title, as in Python; [...title] cuts there.
{
  const CLUSTER = /[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+/gu;
  const LETTER = /\p{L}/u;
  const LANGUAGES = ["nl", "en"];

  /** A function (title, language?) -> verdict. */
  function createJudge(rules) {
    const sets = (lists) => mapped(lists, (list) => new Set(list));
    const known = {
      unseen: new Set(rules.normal.unseen),
      small: sets(rules.language.small_words),
      subject: sets(rules.language.subject_words),
      indexes: byLanguage(rules.patterns),
    };
    return (title, told) => {
      const normal = normalise(title, rules.normal, known.unseen);
      const detected = told ?? detect(normal, rules.language, known);
      const none = {
        language: detected ?? LANGUAGES[0],
        state: "too_little",
        oversimplified: "no",
        probability: 0,
        reasons: [],
        debunks: false,
        topics: [],
        spans: [],
        features: [],
      };
      const start = [...normal.text.slice(0, rules.limits.looked_at)];
      if (start.filter((char) => LETTER.test(char)).length < rules.limits.letters) return none;
      const languages = detected ? [detected] : LANGUAGES;
      const look = looking(normal, known.indexes[detected ?? "both"]);
      const reading = read(normal, look, languages, rules, known);
      if (reading.scope === "none") return { ...none, state: "not_about_backs" };
      return { ...none, ...verdict(normal, reading, rules), state: "judged" };
    };
  }

  function verdict(normal, reading, rules) {
    const { model } = rules;
    const chance = probability(reading.features, model);
    const oversimplified =
      chance >= model.yes ? "yes" : chance >= model.unsure ? "unsure" : "no";
    const kept = oversimplified === "no" ? [] : reading.kept;
    const found = new Set(kept.map((hit) => hit.pattern.mark));
    return {
      oversimplified,
      probability: chance,
      reasons: rules.reasons.filter((reason) => found.has(reason)),
      debunks: reading.roles.has("debunk") && oversimplified !== "yes",
      topics: reading.topics,
      spans: spans(normal, kept),
      features: [...reading.features].sort(),
    };
  }

  // Step 1: normalise.

  function normalise(original, shape, unseen) {
    const read = [...original.slice(0, 2 * shape.longest)].slice(0, shape.longest).join("");
    const chars = [];
    const starts = [];
    const ends = [];
    let at = 0;
    for (const [cluster] of read.matchAll(CLUSTER)) {
      const start = at;
      at += [...cluster].length;
      for (let char of cluster.normalize("NFKC")) {
        const code = char.codePointAt(0);
        if (unseen.has(code)) continue;
        if (code > 0xffff || (code >= 0xd800 && code <= 0xdfff)) char = shape.placeholder;
        char = shape.same[char] ?? char;
        if (char === " " && (!chars.length || chars.at(-1) === " ")) continue;
        chars.push(char);
        starts.push(start);
        ends.push(at);
      }
    }
    if (chars.at(-1) === " ") chars.pop();
    const text = chars.map(lowered).join("");
    return { cased: chars.join(""), text, words: text.split(" "), starts, ends };
  }

  function lowered(char) {
    const low = char.toLowerCase();
    return low.length === 1 ? low : char;
  }

  // Step 2: language.

  function detect(normal, shape, { small, subject }) {
    let score = 0;
    for (const word of normal.words.map((word) => stripped(word, shape.stripped))) {
      if (small.nl.has(word) && small.en.has(word)) continue;
      score += 4 * (small.nl.has(word) - small.en.has(word));
      score += 2 * (subject.nl.has(word) - subject.en.has(word));
    }
    if (!score) {
      const count = (group) => normal.text.split(group).length - 1;
      score = sum(shape.letter_groups.nl.map(count)) - sum(shape.letter_groups.en.map(count));
    }
    return score > 0 ? "nl" : score < 0 ? "en" : null;
  }

  function stripped(word, signs) {
    let start = 0;
    let end = word.length;
    while (start < end && signs.includes(word[start])) start += 1;
    while (end > start && signs.includes(word[end - 1])) end -= 1;
    return word.slice(start, end);
  }

  // Which patterns can match is known from the words in a title: a few of some hundred are tried.

  const KEY = 3;

  /** branches: [pattern, how many sets of words it needs]; `keyed` leads from the first
   * characters of a needed word to [word, branch, which set]. */
  function indexed(patterns) {
    const branches = patterns.flatMap((pattern) => pattern.needs.map((sets) => [pattern, sets]));
    const keyed = new Map();
    branches.forEach(([, sets], branch) =>
      sets.forEach((words, set) => {
        for (const word of words) {
          const key = word.slice(0, KEY);
          if (!keyed.has(key)) keyed.set(key, []);
          keyed.get(key).push([word, branch, 1 << set]);
        }
      }),
    );
    return { branches, keyed };
  }

  function byLanguage(patterns) {
    const of = (language) => indexed(patterns.filter((pattern) => pattern.language === language));
    return { nl: of("nl"), en: of("en"), both: indexed(patterns) };
  }

  /** Patterns of which one branch finds a word of each set that it needs. */
  function possible(words, { branches, keyed }) {
    const text = ` ${words.join(" ")} `;
    const met = new Uint8Array(branches.length);
    for (let at = 0; at < text.length; at += 1) {
      for (let size = 1; size <= KEY; size += 1) {
        for (const [word, branch, bit] of keyed.get(text.slice(at, at + size)) ?? []) {
          if (text.startsWith(word, at)) met[branch] |= bit;
        }
      }
    }
    const all = ([, sets], branch) => met[branch] === (1 << sets.length) - 1;
    return [...new Set(branches.filter(all).map(([pattern]) => pattern))];
  }

  const searches = new WeakMap();

  /** Compiled when first tried: most pages never need most patterns. */
  function search(pattern) {
    if (!searches.has(pattern)) searches.set(pattern, new RegExp(pattern.regex, "gu"));
    return searches.get(pattern);
  }

  /** What is looked for together: a scope or what debunks by its mark, else the kind. */
  function partOf({ kind, mark }) {
    return kind === "role" && /^(scope_.*|debunk)$/.test(mark) ? mark : kind;
  }

  /** has(part), find(part): whether and where patterns of one part match. */
  function looking(normal, index) {
    const tried = possible(normal.words, index);
    const of = (part) => tried.filter((pattern) => partOf(pattern) === part);
    const matches = (pattern) =>
      [...(pattern.cased ? normal.cased : normal.text).matchAll(search(pattern))].map(
        ({ index: start, 0: { length } }) => ({ pattern, start, end: start + length }),
      );
    return {
      has: (part) => of(part).some((pattern) => normal.text.search(search(pattern)) >= 0),
      find: (part) => of(part).flatMap(matches),
    };
  }

  // Steps 4 to 7: scope, what is found, what is taken back, features.

  function read(normal, look, languages, rules, known) {
    const none = { scope: "none" };
    const scope = scopeOf(normal, look, rules.limits);
    if (scope === "none") return none;
    const reasons = look.find("reason");
    if (!scope && !teases(normal, reasons, languages, rules, known)) return none;
    const topics = unique(look.find("topic"));
    const roles = new Map();
    for (const hit of [...look.find("debunk"), ...(reasons.length ? look.find("role") : [])]) {
      roles.set(hit.pattern.mark, [...(roles.get(hit.pattern.mark) ?? []), hit]);
    }
    const kept = [];
    const taken = new Set();
    for (const hit of reasons) {
      const how = takenBack(normal.text, hit, roles, rules);
      if (how) taken.add(how);
      else kept.push(hit);
    }
    const reading = { scope: scope || "teaser", topics, kept, taken, roles };
    return { ...reading, features: featuresOf(normal, reading, rules) };
  }

  /** Empty when it can only be a teaser. */
  function scopeOf(normal, look, limits) {
    if (look.has("scope_back")) return "back";
    if (look.has("scope_posture")) return "posture";
    if (look.has("scope_other")) return "none";
    if (look.has("scope_pain")) return "pain";
    return normal.words.length > limits.teaser_words ? "none" : "";
  }

  function teases(normal, reasons, languages, { limits, sold, language }, known) {
    const strong = unique(reasons.filter((hit) => !hit.pattern.weak));
    if (!strong.length || strong.includes(sold)) return false;
    const small = (word) => languages.some((it) => known.small[it].has(word));
    return others(normal, reasons, small, language.stripped) <= limits.unknown_words;
  }

  /** Words that are neither small words nor part of a reason: they name another subject. */
  function others(normal, reasons, small, signs) {
    let at = 0;
    let count = 0;
    for (const word of normal.words) {
      const end = at + word.length;
      const bare = stripped(word, signs);
      if (bare && !small(bare) && !overlaps({ start: at, end }, reasons)) count += 1;
      at = end + 1;
    }
    return count;
  }

  /** Why a reason does not stand; empty when it does. */
  function takenBack(text, hit, roles, rules) {
    const { pattern } = hit;
    const [start, end] = sentence(text, hit, rules.limits.ends);
    const played = (role) => roles.get(role) ?? [];
    const denies = (it) =>
      it.end <= hit.start && hit.start - it.end <= rules.limits.near && it.start >= start;
    const opens = (it) => it.start >= start && it.start - start <= 1;
    if (overlaps(hit, played("general_movement"))) return "general_movement";
    if (played("negation").some(denies)) return "denied";
    const against = rules.against.find((role) => played(role).some((it) => !it.pattern.weak));
    if (against) return against;
    if (!pattern.in_question && (text[end] === "?" || played("question").some(opens))) {
      return "asked";
    }
    if (rules.chosen.includes(pattern.mark) && roles.has("choosing")) return "choosing";
    const softens = (it) => start <= it.start && it.start < end;
    return pattern.softened && played("softener").some(softens) ? "softened" : "";
  }

  /** The part of a title around a reason: up to a mark, a bar or a dash between spaces. */
  function sentence(text, { start, end }, ends) {
    const dash = (at) => text.slice(Math.max(at, 0), at + 3) === " - ";
    let begin = start;
    while (begin > 0 && !ends.includes(text[begin - 1]) && !dash(begin - 3)) begin -= 1;
    while (begin < start && " \"'(".includes(text[begin])) begin += 1;
    let last = end;
    while (last < text.length && !ends.includes(text[last]) && !dash(last)) last += 1;
    return [begin, last];
  }

  function featuresOf(normal, { scope, kept, taken, roles }, rules) {
    const strong = unique(kept.filter((hit) => !hit.pattern.weak));
    const weak = unique(kept.filter((hit) => hit.pattern.weak));
    const only = weak.filter((mark) => !strong.includes(mark));
    const found = new Set([`scope_${scope}`, ...strong, ...only.map((mark) => `${mark}_weak`)]);
    const add = (name, holds) => holds && found.add(name);
    add("any_strong", strong.length);
    add("any_weak", !strong.length && weak.length);
    add("two_strong", strong.length > 1);
    add("three_strong", strong.length > 2);
    add("two_weak", only.length > 1);
    add("nothing", !strong.length && !weak.length);
    for (const role of rules.roles) {
      for (const { pattern } of roles.get(role) ?? []) {
        const name = role === "hype" ? pattern.name.replaceAll(".", "_") : role;
        found.add(name + (pattern.weak ? "_weak" : ""));
      }
    }
    for (const role of rules.with_strong) {
      add(`strong_and_${role}`, strong.length && found.has(role));
    }
    for (const how of taken) found.add(`taken_back_${how}`);
    add("short", normal.words.length <= rules.limits.short);
    return found;
  }

  // Steps 8 and 10: probability, places.

  function probability(features, { bias, weights, scale }) {
    const total = bias + sum([...features].map((name) => weights[name] ?? 0));
    return Math.floor(1e4 / (1 + Math.exp(-total / scale)) + 0.5) / 1e4;
  }

  /** Places in the original; one that lies inside another of the same reason is left out. */
  function spans(normal, hits) {
    const made = [];
    const inOrder = hits.toSorted(
      (a, b) => compare(a.pattern.mark, b.pattern.mark) || a.start - b.start || b.end - a.end,
    );
    for (const { pattern, start, end } of inOrder) {
      const last = made.at(-1);
      const [from, to] = [normal.starts[start], normal.ends[end - 1]];
      if (last && last[2] === pattern.mark && last[1] >= to) continue;
      made.push([from, to, pattern.mark, pattern.why]);
    }
    return made.sort((a, b) => a[0] - b[0] || a[1] - b[1] || compare(a[2], b[2]));
  }

  const overlaps = (hit, others) =>
    others.some((other) => hit.start < other.end && other.start < hit.end);
  const unique = (hits) => [...new Set(hits.map((hit) => hit.pattern.mark))];
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const mapped = (object, make) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, make(value)]));

  globalThis.rugkompas = { ...globalThis.rugkompas, createJudge, probability };
}
