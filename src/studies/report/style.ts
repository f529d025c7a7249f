/** The report's style sheet: one column of text, figures wider, light, dark and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --ink: #1f1e1b; --faint: #6a675f; --rule: #dcd8ce; --panel: #f4f1ea;
  --agrees: #1b6e53; --disagrees: #a8392a; --undecided: #6a675f; --notice: #8a5a00;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Liberation Serif', serif;
  --sans: system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171714; --ink: #e8e5dc; --faint: #a09c91; --rule: #3a3832; --panel: #211f1b;
    --agrees: #6cc7a4; --disagrees: #ee8d7c; --undecided: #a09c91; --notice: #e2b45c;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 var(--serif); font-variant-numeric: oldstyle-nums;
}
main { max-width: 68rem; margin: 0 auto; padding: 3.5rem 1.25rem 5rem; }
header, section > *, footer { max-width: 42rem; margin-left: auto; margin-right: auto; }
section > .wide { max-width: none; }
.kicker, h3, th, dt, .badge, nav {
  font-family: var(--sans); font-variant-numeric: lining-nums;
}
.kicker { margin: 1.5rem 0 0; color: var(--faint); font-size: .875rem; }
.kicker:first-child { margin: 0; }
h1 { margin: .4rem 0 1rem; font-size: clamp(1.75rem, 5.5vw, 2.5rem); line-height: 1.15;
  font-weight: 500; letter-spacing: -.012em; text-wrap: balance; }
h2 { margin: 4rem auto .75rem; padding-top: 1rem; border-top: 1px solid var(--rule);
  font-size: 1.5rem; font-weight: 500; line-height: 1.25; }
h3 { margin: 2rem auto .5rem; font-size: .9375rem; font-weight: 600; }
p { margin: 0 auto 1rem; }
.lead { font-size: 1.1875rem; line-height: 1.5; }
.faint, figcaption, .small { color: var(--faint); font-size: .9375rem; line-height: 1.5; }
.notice { margin: 1.5rem 0; padding: .9rem 1.1rem; border: 2px solid var(--notice);
  border-radius: 4px; }
.notice strong { color: var(--notice); font-family: var(--sans); }
.notice p { margin: 0; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.5rem;
  margin: 1.75rem 0 0; font-size: .9375rem; }
dt { color: var(--faint); font-size: .875rem; line-height: 1.6; }
dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1.75rem auto; }
figure img { display: block; width: 100%; height: auto; background: #fff; border-radius: 4px; }
figure .pan { overflow-x: auto; }
figcaption { max-width: 42rem; margin: .75rem auto 0; }
figcaption b { color: var(--ink); font-weight: 600; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr));
  gap: 0 2rem; align-items: start; }
.pair figcaption { margin-left: 0; }
.pair > :only-child { width: min(100%, 42rem); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; line-height: 1.4;
  font-variant-numeric: lining-nums tabular-nums; }
th { font-size: .8125rem; font-weight: 600; text-align: left; vertical-align: bottom; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--rule); }
td { vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; }
td.number { white-space: nowrap; }
.number + :not(.number), [colspan] + td { padding-left: .75rem; }
.scroll + .small { margin-top: .75rem; }
.runs { font-size: .8125rem; }
.runs th { font-size: .75rem; line-height: 1.3; white-space: normal; }
.runs tbody th { font-size: .8125rem; min-width: 6.5rem; }
.runs th, .runs td { padding: .35rem .6rem .35rem 0; }
tbody th { font: inherit; font-weight: 600; vertical-align: top; }
ol.claims { padding: 0; list-style: none; }
ol.claims > li { padding: 1.1rem 0; border-bottom: 1px solid var(--rule); }
ol.claims p { margin: 0 0 .4rem; }
.badge { font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.agrees { color: var(--agrees); } .disagrees { color: var(--disagrees); }
.undecided, .untested, .unjudged { color: var(--undecided); }
.claim-head { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
ul.evidence { margin: 0; padding: 0; list-style: none; font-size: .9375rem; line-height: 1.5;
  font-variant-numeric: lining-nums tabular-nums; }
ul.evidence li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; color: var(--faint); }
ul.evidence .statistics { flex-basis: 100%; font-size: .8125rem; }
ul.evidence .values { color: var(--ink); text-align: right; white-space: nowrap; }
pre { overflow-x: auto; margin: 0 auto 1rem; padding: .9rem 1.1rem; background: var(--panel);
  border-radius: 4px; font: .8125rem/1.6 var(--mono); }
dl.meanings { columns: 2; column-gap: 2.5rem; margin: 1.5rem 0 0; }
dl.meanings div { break-inside: avoid; padding-bottom: .7rem; }
dl.meanings dt { color: var(--ink); font-weight: 600; }
dl.meanings dd { color: var(--faint); font-size: .875rem; line-height: 1.45; }
dl.errors { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem 1.25rem;
  margin: .4rem 0 0; padding: .9rem 0; border: solid var(--rule); border-width: 1px 0; }
dl.errors div { display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dl.errors dt { font-size: .8125rem; line-height: 1.35; }
dl.errors dd { font-size: 1.1875rem; line-height: 1.5; white-space: nowrap;
  font-variant-numeric: lining-nums; }
details summary { max-width: 42rem; margin: 0 auto; font: .9375rem var(--sans);
  cursor: pointer; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
@media (max-width: 40rem) {
  main { padding-top: 2rem; }
  figure .pan img { width: 52rem; max-width: none; }
  .models { font-size: .8125rem; }
  .printed, .contrasts { min-width: 40rem; }
  .models thead th { font-size: .6875rem; line-height: 1.3; }
  .models th, .models td { padding-right: .5rem; }
  dl.errors { grid-template-columns: repeat(2, 1fr); }
  dl.meanings { columns: 1; }
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: .6rem; }
  ul.evidence li { display: block; margin-bottom: .4rem; }
  ul.evidence .values { display: block; text-align: left; white-space: normal; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --faint: #444; --rule: #bbb; --panel: #f5f5f5;
    --agrees: #0b5a41; --disagrees: #8f2415; --undecided: #444; --notice: #6d4700; }
  html { font-size: 9.5pt; }
  .runs, .runs th, .runs tbody th { font-size: 6.5pt; min-width: 0; }
  .runs th, .runs td { padding-right: .35rem; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; margin-top: 2rem; }
  figure, table, ol.claims > li, .notice, pre { break-inside: avoid; }
  .scroll, figure .pan { overflow: visible; }
  pre { white-space: pre-wrap; }
}
`;
