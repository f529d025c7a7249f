import { layoutTitle } from '../../nets/titles.ts';
import { wholeNumber } from '../../text/text.ts';
import { howJudged, intervalInWords, testInWords, verdictInWords } from '../report/contrasts.ts';
import { html, type Markup } from '../report/html.ts';
import { numbers, table } from '../report/table.ts';
import type { Curves, Outcome } from './summary.ts';
import { crossingInWords, errorText } from './words.ts';

/** The test errors of every layout with every recipe, a column a point. */
export function errorsSection(outcomes: readonly Outcome[]): Markup {
  const points = [...new Set(outcomes.map(({ at }) => at))];
  const rows = outcomes.filter(({ at }) => at === points[0]);
  const errorsOf = ({ layout, recipe }: Outcome) =>
    outcomes.filter((one) => one.layout === layout && one.recipe === recipe);
  const columns = ['Layout', 'Recipe', ...numbers(...points.map(wholeNumber))];
  return html`<section id="errors"><h2>Test errors</h2>
<p>Mean over the seeds in percent, with its 95\u202f% interval (Student’s).</p>
${table(
  { look: 'runs', columns },
  rows.map((row) => [
    layoutTitle(row.layout),
    row.recipe,
    ...errorsOf(row).map(({ error }) => errorText(error)),
  ]),
)}</section>`;
}

/** The two families of differences, and where curves cross. */
export function comparisonSections(curves: Curves, noun: string): Markup {
  return html`${differences('effects', 'What every recipe does', curves.effects, noun)}
${differences('rivals', 'Shaking held against the other recipes', curves.rivals, noun)}
${crossings(curves, noun)}`;
}

/** Differences of one family; nothing where there are none. */
function differences(
  id: string,
  heading: string,
  effects: Curves['effects'],
  noun: string,
): Markup {
  if (effects.length === 0) return html``;
  return html`<section id="${id}"><h2>${heading}</h2>
<p>Differences of test errors, paired by seed. ${howJudged}</p>
${table(
  {
    look: 'runs',
    columns: [
      ...['Layout', 'Recipe', 'Against', ...numbers(`At ${noun}`, 'Difference')],
      ...['Test', 'Verdict'],
    ],
  },
  effects.map(({ layout, recipe, against, at, contrast }) => [
    ...[layoutTitle(layout), recipe, against, wholeNumber(at)],
    intervalInWords(contrast, 'testError'),
    testInWords(contrast),
    verdictInWords(contrast, 'testError'),
  ]),
)}</section>`;
}

function crossings({ crossings }: Curves, noun: string): Markup {
  if (crossings.length === 0) return html``;
  return html`<section id="crossings"><h2>Where the curves cross</h2>
<p>Along straight lines over the logarithm of the number of ${noun}; intervals by a bootstrap of the
seeds, which of a few is too sure of itself.</p>
<table class="runs"><tbody>${crossings.map(
    (one) => html`<tr><th scope="row">${layoutTitle(one.layout)}, ${one.recipe}</th>
<td>${crossingInWords(one, noun)}</td></tr>`,
  )}</tbody></table></section>`;
}
