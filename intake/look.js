// How it looks. A practice sets the custom properties on the element; parts give the rest.

const CSS = `
:host {
  --_paper: var(--rugkompas-paper, light-dark(#fffdf8, #1e2625));
  --_ink: var(--rugkompas-ink, light-dark(#213130, #efe9dc));
  --_muted: var(--rugkompas-muted, light-dark(#566462, #b3bbb4));
  --_line: var(--rugkompas-line, light-dark(#d9cfbd, #3d4946));
  --_field: var(--rugkompas-field, light-dark(#7d8783, #8f9b96));
  --_accent: var(--rugkompas-accent, light-dark(#1f5c57, #8fcbbf));
  --_on-accent: var(--rugkompas-on-accent, light-dark(#fffdf8, #101615));
  --_soft: var(--rugkompas-soft, light-dark(#e6eee7, #22302d));
  --_alarm: var(--rugkompas-alarm, light-dark(#9c1b1f, #ffb3aa));
  --_radius: var(--rugkompas-radius, .7rem);
  display: block; max-width: var(--rugkompas-width, 46rem); color: var(--_ink);
  font-family: var(--rugkompas-font, inherit); font-size: 1.0625rem; line-height: 1.55;
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.frame { padding: clamp(.9rem, 4vw, 1.75rem); background: var(--_paper); border: 1px solid var(--_line);
  border-radius: var(--_radius); overflow-wrap: break-word; text-align: start; }
.frame[aria-busy="true"] button { opacity: .6; cursor: progress; }
h2, h3, h4 { margin: 0 0 .5em; line-height: 1.25; text-wrap: balance; }
h2 { font-size: clamp(1.4rem, 1.1rem + 1.6vw, 1.9rem); }
h3 { font-size: 1.15rem; }
h4 { font-size: 1rem; }
h2, h3 { scroll-margin-top: 4rem; }
p { margin: 0 0 .75em; max-width: 40rem; }
ul, ol { margin: 0 0 .75em; padding-inline-start: 1.2em; }
li { max-width: 40rem; margin-bottom: .25em; }
dl { margin: 0 0 .75em; }
dt { color: var(--_muted); font-size: .95rem; }
dd { margin: 0 0 .4em; }
a { color: var(--_accent); overflow-wrap: anywhere; }
a.call { font-weight: 700; white-space: nowrap; }

:focus-visible { outline: 3px solid var(--_ink); outline-offset: 3px; box-shadow: 0 0 0 3px var(--_paper); border-radius: 3px; }
h2:focus, h3:focus { outline: none; box-shadow: none; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.status { padding: .5rem .8rem; border: 1px dashed var(--_muted); border-radius: .5rem; font-size: .92rem;
  line-height: 1.45; max-width: none; }
.hint, .progress, .sources { color: var(--_muted); font-size: .95rem; }
.sources li { margin-bottom: .5em; }

button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 3rem; max-width: 100%;
  padding: .6rem 1.4rem; border: 2px solid transparent; border-radius: var(--_radius); background: var(--_accent);
  color: var(--_on-accent); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.second { background: transparent; border-color: var(--_accent); color: var(--_accent); }
.plain { background: none; color: var(--_accent); font-weight: 400; padding: .3rem .2rem; min-height: 2.75rem;
  text-decoration: underline; text-underline-offset: .18em; text-align: start; }
button:hover, .button:hover { filter: brightness(1.12); }
.second:hover, .plain:hover, summary:hover { background: var(--_soft); filter: none; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; margin: 1.5rem 0 0; max-width: none; }
.back { margin: 0 0 .25rem; }

details { margin: 0 0 1rem; }
summary { display: flex; gap: .6rem; align-items: center; width: fit-content; max-width: 100%; min-height: 2.75rem;
  cursor: pointer; color: var(--_accent); list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; width: .5rem; height: .5rem; margin: 0 .15rem; border: solid currentColor;
  border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] > summary::before { transform: rotate(45deg); }
.inside { padding: .2rem 0 .2rem 1.1rem; border-inline-start: .25rem solid var(--_line); }
.inside > :last-child { margin-bottom: 0; }
.signs { border: 1px solid var(--_line); border-radius: var(--_radius); padding: .1rem .9rem; }
.signs summary, .result > details > summary { color: var(--_ink); font-weight: 600; }
.signs .inside { padding-bottom: .75rem; border: 0; }

fieldset { min-width: 0; margin: 0 0 1.25rem; padding: 0; border: 0; }
legend { padding: 0; }
.choices { display: grid; gap: .5rem; max-width: 40rem; }
.choice { position: relative; display: flex; align-items: center; min-height: 3rem; border: 1.5px solid var(--_field);
  border-radius: var(--_radius); }
.choice:has(:checked) { border-color: var(--_accent); background: var(--_soft); box-shadow: inset 0 0 0 1.5px var(--_accent); }
.choice input { flex: none; width: 1.35rem; height: 1.35rem; margin: 0 0 0 .9rem; accent-color: var(--_accent); }
.choice label { flex: 1; padding: .6rem .9rem; cursor: pointer; }
.choice:focus-within:has(:focus-visible) { outline: 3px solid var(--_ink); outline-offset: 3px; }
.choice input:focus-visible { outline: none; box-shadow: none; }
.apart { margin-top: .5rem; }
.scale { grid-template-columns: repeat(auto-fill, minmax(4.9rem, 1fr)); }
.scale label { padding-inline: .5rem .3rem; }
.typed { display: flex; flex-wrap: wrap; gap: .6rem; }
input[type="text"], select { width: 100%; max-width: 26rem; min-height: 3rem; padding: .5rem .8rem; font: inherit; color: inherit;
  background: transparent; border: 1.5px solid var(--_field); border-radius: var(--_radius); }
select { width: auto; }
option { background: var(--_paper); color: var(--_ink); }
input.short { width: 8rem; }
.activity { margin: 0 0 1rem; padding: .9rem 1rem; background: var(--_soft); border-radius: var(--_radius); }
.activity label { display: block; }
.activity p:last-child { margin: 0; }

.wrong { font-weight: 600; color: var(--_alarm); }
[aria-invalid="true"] { border-color: var(--_alarm); }
.errors, .trouble { margin: 0 0 1.25rem; padding: 1rem 1.1rem; border: 2px solid var(--_alarm); border-radius: var(--_radius); }
.errors ul { list-style: none; padding: 0; margin: 0; }
.trouble .actions { margin-top: .75rem; }

.answer { margin: 0 0 1.25rem; padding: 0 0 .25rem; border-top: .4rem solid var(--_accent); padding-top: 1rem; }
.tier { margin: 0 0 .25rem; font-size: .95rem; font-weight: 600; color: var(--_muted); }
.action { font-size: 1.15rem; font-weight: 600; }
.emergency .answer, .same_day .answer { border-color: var(--_alarm); }
.emergency h2, .same_day h2 { color: var(--_alarm); }
.phone { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; }
.emergency .phone .next { background: var(--_alarm); color: var(--_paper); min-height: 3.75rem; font-size: 1.3rem; padding-inline: 2rem; }
.item { margin: 0 0 1rem; }
.item:has(> .tier) + .item { padding-top: 1rem; border-top: 1px solid var(--_line); }
.aside { margin: 0 0 1.25rem; padding: 1rem 1.1rem; background: var(--_soft); border-radius: var(--_radius); }
.aside .actions { margin-top: .75rem; }

@media (max-width: 34rem) { .actions > * { flex: 1 0 100%; } }
@media (forced-colors: active) { .choice:has(:checked) { outline: 2px solid Highlight; } }
`;

export const look = new CSSStyleSheet();
look.replaceSync(CSS);
