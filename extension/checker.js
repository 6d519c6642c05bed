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
      const hits = find(normal, known.indexes[detected ?? "both"]);
      const reading = read(normal, hits, languages, rules, known);
      if (reading.scope === "none") {
        return { ...none, state: "not_about_backs", topics: reading.topics };
      }
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

  // Step 4: find. Only patterns of which a needed word occurs are tried: a few of a hundred.

  const KEY = 3;

  /** In order; `keyed` leads from the first characters of a needed word to who needs it. */
  function indexed(patterns) {
    const keyed = new Map();
    const always = [];
    patterns.forEach((pattern, place) => {
      if (!pattern.needs) always.push(place);
      for (const word of pattern.needs ?? []) {
        const key = word.slice(0, KEY);
        if (!keyed.has(key)) keyed.set(key, []);
        keyed.get(key).push([word, place]);
      }
    });
    return { patterns, always, keyed };
  }

  function byLanguage(patterns) {
    const of = (language) => indexed(patterns.filter((pattern) => pattern.language === language));
    return { nl: of("nl"), en: of("en"), both: indexed(patterns) };
  }

  function possible(text, { patterns, always, keyed }) {
    const places = new Set(always);
    for (let at = 0; at < text.length; at += 1) {
      for (let size = 1; size <= KEY; size += 1) {
        for (const [word, place] of keyed.get(text.slice(at, at + size)) ?? []) {
          if (text.startsWith(word, at)) places.add(place);
        }
      }
    }
    return [...places].sort((a, b) => a - b).map((place) => patterns[place]);
  }

  const searches = new WeakMap();

  /** Compiled when first tried: most pages never need most patterns. */
  function search(pattern) {
    if (!searches.has(pattern)) searches.set(pattern, new RegExp(pattern.regex, "gu"));
    return searches.get(pattern);
  }

  function find(normal, index) {
    const hits = [];
    for (const pattern of possible(normal.text, index)) {
      const text = pattern.cased ? normal.cased : normal.text;
      for (const found of text.matchAll(search(pattern))) {
        hits.push({ pattern, start: found.index, end: found.index + found[0].length });
      }
    }
    return hits;
  }

  // Steps 5 to 7: scope, what is taken back, features.

  function read(normal, hits, languages, rules, known) {
    const reasons = hits.filter((hit) => hit.pattern.kind === "reason");
    const roles = new Map();
    for (const hit of hits.filter((hit) => hit.pattern.kind === "role")) {
      roles.set(hit.pattern.mark, [...(roles.get(hit.pattern.mark) ?? []), hit]);
    }
    const topics = unique(hits.filter((hit) => hit.pattern.kind === "topic"));
    const scope = scopeOf(normal, reasons, roles, languages, rules, known);
    if (scope === "none") return { scope, topics };
    const kept = [];
    const taken = new Set();
    for (const hit of reasons) {
      const how = takenBack(normal.text, hit, roles, rules);
      if (how) taken.add(how);
      else kept.push(hit);
    }
    const features = featuresOf(normal, { scope, kept, taken, roles }, rules);
    return { scope, topics, kept, roles, features };
  }

  function scopeOf(normal, reasons, roles, languages, { limits, sold, language }, known) {
    if (roles.has("scope_back")) return "back";
    if (roles.has("scope_posture")) return "posture";
    if (roles.has("scope_other")) return "none";
    if (roles.has("scope_pain")) return "pain";
    const strong = unique(reasons.filter((hit) => !hit.pattern.weak));
    if (!strong.length || strong.includes(sold)) return "none";
    if (normal.words.length > limits.teaser_words) return "none";
    const small = (word) => languages.some((it) => known.small[it].has(word));
    return others(normal, reasons, small, language.stripped) <= limits.unknown_words
      ? "teaser"
      : "none";
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
    add("question", normal.text.includes("?") || roles.has("question"));
    add("short", normal.words.length <= rules.limits.short);
    add("other_part", roles.has("scope_other"));
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
