import { plural } from '../../text/text.ts';
import type { Measure } from '../measures/measures.ts';
import type { Summary } from '../summary.ts';
import { formatMeasure } from './format.ts';
import { html, type Markup } from './html.ts';

type SummaryClaim = Summary['claims'][number];
type SummaryComparison = SummaryClaim['comparisons'][number];

const badges = {
  agrees: '✓ agrees',
  disagrees: '✕ disagrees',
  undecided: '○ undecided',
  untested: '– not tested',
} as const;

/** The claims of the paper, each with its rule, this study's numbers and the verdict. */
export function claimsSection(summary: Summary): Markup {
  return html`<section id="claims">
<h2>What the paper says, and what this study measured</h2>
<p>${tally(summary.claims)} Each claim is put in our words and turned into a rule that numbers can
break. Two means count as different only if they are further apart than two standard errors of the
finite test set, than half the 95 % confidence interval that the seeds leave, where there are several,
and than the measure's resolution, where one is given above. The models trained for ${plural(summary.runs[0].epochs, 'epoch')}; shaken ones learn more slowly, so a
short training counts against them.</p>
<ol class="claims">${summary.claims.map(claimItem)}</ol>
</section>`;
}

/** `Of 14 claims 12 agree, 1 disagrees and 1 is undecided.` */
export function tally(claims: readonly SummaryClaim[]): string {
  const count = (verdict: string) => claims.filter((claim) => claim.verdict === verdict).length;
  const [agree, disagree, open] = [count('agrees'), count('disagrees'), count('undecided')];
  const parts = [
    `${agree} ${agree === 1 ? 'agrees' : 'agree'}`,
    `${disagree} ${disagree === 1 ? 'disagrees' : 'disagree'}`,
    `${open} ${open === 1 ? 'is' : 'are'} undecided`,
  ];
  const tested = `${parts[0]}, ${parts[1]} and ${parts[2]}`;
  const missing = count('untested');
  const more = `; ${missing} ${missing === 1 ? 'speaks' : 'speak'} of models that were not trained`;
  return `Of ${claims.length} claims ${tested}${missing > 0 ? more : ''}.`;
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
<span class="values">${values(comparison)}</span></li>`;
}

/** A summary that is shown is of this release, as its measures are. */
function values({ measure, left, right, times }: SummaryComparison): string {
  const factor = times === 1 ? '' : `${times} × `;
  const show = (value: number | null) => formatMeasure(measure as Measure, value);
  return `${show(left)} against ${factor}${show(right)}`;
}
