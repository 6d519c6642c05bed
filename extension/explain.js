"use strict";
// What is shown about a verdict: plain sentences from the knowledge, no page and no markup.
{
  const MOST = 5;
  const LONGEST_TITLE = 500;
  const RANK = ["too_little", "not_about_backs", "no", "unsure", "yes"];

  /** card(title) -> what the panel shows, or null for a title without a label;
   * summary(titles) -> the same for several. language: of the reader, not of the title. */
  function createExplain(rules, judge, language, link = null) {
    const words = rules.words[language];
    const say = (key, values = {}) =>
      words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const shared = { language, close: say("badge_close"), about: say("about") };

    function card(title) {
      const verdict = judged(title);
      if (!["yes", "unsure"].includes(verdict.oversimplified)) return null;
      return { ...shared, link, ...body(title, verdict) };
    }

    function judged(title) {
      // What is longer is a text, not a title, and a page must not be able to keep us busy.
      return judge(title.length > LONGEST_TITLE ? "" : title);
    }

    function body(title, verdict) {
      const kind = verdict.oversimplified;
      return {
        kind,
        label: say(`badge_${kind}`),
        open: say("badge_open"),
        headline: say(kind),
        lead: say(`${kind}_text`),
        title: { language: verdict.language, pieces: pieces(title, verdict.spans) },
        reasons: verdict.reasons.map((reason) => reasonOf(title, verdict, reason)),
        evidence: evidence(verdict.topics),
        chance: say("chance", { percent: Math.round(100 * verdict.probability) }),
        note: say("chance_note"),
      };
    }

    function reasonOf(title, verdict, reason) {
      const spans = verdict.spans.filter((span) => span[2] === reason);
      const chars = [...title];
      return {
        name: say(`reason_${reason}`),
        words: [...new Set(spans.map(([start, end]) => chars.slice(start, end).join("").trim()))],
        why: [...new Set(spans.map((span) => say(`why_${span[3]}`)))],
      };
    }

    function evidence(topics) {
      const topic = topics.find((it) => it in rules.evidence[language]);
      return topic ? { title: say("badge_evidence"), ...rules.evidence[language][topic] } : null;
    }

    function summary(titles) {
      const read = titles.map((title) => [title, judged(title)]);
      const rank = ([, { state, oversimplified }]) =>
        RANK.indexOf(state === "judged" ? oversimplified : state);
      const marked = read.filter((it) => rank(it) > RANK.indexOf("no"));
      const worst = RANK[Math.max(0, ...read.map(rank))];
      const more = marked.length - MOST;
      return {
        ...shared,
        link,
        headline: say(worst),
        lead: say(`${worst}_text`),
        bodies: marked.slice(0, MOST).map((it) => body(...it)),
        more: more > 0 ? say("badge_more", { count: more }) : "",
      };
    }

    return { card, summary };
  }

  /** The title in stretches [text, counts]; positions are code points. */
  function pieces(title, spans) {
    const chars = [...title];
    const counts = chars.map((_, at) => spans.some(([start, end]) => start <= at && at < end));
    const made = [];
    chars.forEach((char, at) => {
      if (at && counts[at] === counts[at - 1]) made.at(-1)[0] += char;
      else made.push([char, counts[at]]);
    });
    return made;
  }

  globalThis.rugkompas = { ...globalThis.rugkompas, createExplain };
}
