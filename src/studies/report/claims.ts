import { plural } from '../../text/text.ts';
import type { Measure } from '../measures/measures.ts';
import type { Summary } from '../summary.ts';
import {
  howJudged,
  intervalInWords,
  seedsInWords,
  testInWords,
  unjudgedInWords,
} from './contrasts.ts';
import { formatMeasure } from './format.ts';
import { html, type Markup } from './html.ts';

type SummaryClaim = Summary['claims'][number];
type SummaryComparison = SummaryClaim['comparisons'][number];

const badges = {
  agrees: '✓ agrees',
  disagrees: '✕ disagrees',
  undecided: '○ undecided',
  untested: '– not tested',
  unjudged: '○ no verdict',
} as const;

/** The claims of the paper, each with its rule, this study's numbers and the verdict. */
export function claimsSection(summary: Summary): Markup {
  return html`<section id="claims">
<h2>What the paper says, and what this study measured</h2>
<p>${tally(summary.claims)} Each claim is put in our words and turned into a rule that numbers can
break. ${howJudged}
The models trained for ${plural(summary.runs[0].epochs, 'epoch')}; shaken ones learn more slowly, so a
short training counts against them.</p>
<ol class="claims">${summary.claims.map(claimItem)}</ol>
</section>`;
}

/** `Of 14 claims 12 agree, 1 disagrees and 1 is undecided.` */
export function tally(claims: readonly SummaryClaim[]): string {
  const count = (verdict: string) => claims.filter((claim) => claim.verdict === verdict).length;
  const [agree, disagree, open] = [count('agrees'), count('disagrees'), count('undecided')];
  const [unjudged, missing] = [count('unjudged'), count('untested')];
  const words = [
    `${agree} ${agree === 1 ? 'agrees' : 'agree'}`,
    `${disagree} ${disagree === 1 ? 'disagrees' : 'disagree'}`,
    `${open} ${open === 1 ? 'is' : 'are'} undecided`,
  ];
  const tested = `${words[0]}, ${words[1]} and ${words[2]}`;
  const judged = unjudged + missing < claims.length || unjudged === 0;
  const none = unjudged > 0 ? [`${unjudged} ${unjudged === 1 ? 'has' : 'have'} no verdict`] : [];
  const speak = missing === 1 ? 'speaks' : 'speak';
  const more = missing > 0 ? [`${missing} ${speak} of models that were not trained`] : [];
  return `Of ${claims.length} claims ${[...(judged ? [tested] : []), ...none, ...more].join('; ')}.`;
}

function claimItem(claim: SummaryClaim): Markup {
  return html`<li id="claim-${claim.id}">
<div class="claim-head"><p class="faint">${claim.where}</p>
<span class="badge ${claim.verdict}">${badges[claim.verdict]}</span></div>
<p>${claim.statement}</p>
<ul class="evidence">${claim.comparisons.map(evidence)}</ul>
</li>`;
}

function evidence(comparison: SummaryComparison): Markup {
  const [mark] = badges[comparison.verdict];
  return html`<li><span><span class="${comparison.verdict}">${mark}</span> ${comparison.rule}</span>
<span class="values">${values(comparison)}</span>${statistics(comparison)}</li>`;
}

/** The difference with its intervals, test and effect, or why there is no verdict. */
function statistics({ contrast, measure }: SummaryComparison): Markup {
  if (!contrast) return html``;
  const known = measure as Measure;
  const words = contrast.unjudged
    ? unjudgedInWords(contrast, known)
    : `difference ${intervalInWords(contrast, known)}; ${testInWords(contrast)}` +
      seedsInWords(contrast);
  return html`<span class="statistics faint">${words}</span>`;
}

function values({ measure, left, right, times }: SummaryComparison): string {
  const factor = times === 1 ? '' : `${times} × `;
  const show = (value: number | null) => formatMeasure(measure as Measure, value);
  return `${show(left)} against ${factor}${show(right)}`;
}
