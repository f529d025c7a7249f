import { estimate } from '../../statistics/estimate.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { contrast } from '../contrast.ts';
import { type JudgedContrast, judgeContrasts } from '../family.ts';
import type { ModelRuns } from '../models.ts';
import { seedsInWords, unjudgedInWords } from '../report/contrasts.ts';
import { publishedOf, table1 } from './published.ts';
import type { RowDifference, TableRow } from './summary.ts';

const paper = 'Huang and Narayanan';
const gastaldi = 'Gastaldi, “Shake-Shake regularization”, 2017';

/** The rows of the table, one a model, with every seed's error. */
export function tableRows(models: readonly ModelRuns[]): TableRow[] {
  return models.map(({ key, title, runs }) => {
    const errors = runs.map(({ testError }) => testError);
    const { mean, deviation, halfWidth } = estimate(errors);
    return {
      ...{ key, title, errors, mean, deviation, halfWidth },
      parameters: runs[0].parameters,
      seeds: runs.map(({ seed }) => seed),
      published: published(key, widthOf(runs[0].net)),
    };
  });
}

/** Every two rows held against each other, the higher error first; all of them are one family. */
export function rowDifferences(models: readonly ModelRuns[]): RowDifference[] {
  const worstFirst = [...models].sort((one, other) => meanError(other) - meanError(one));
  const pairs = worstFirst.flatMap((left, index) =>
    worstFirst.slice(index + 1).map((right) => ({ left, right })),
  );
  const contrasts = pairs.map(({ left, right }) => contrast(left, right, 'testError')!);
  return judgeContrasts(contrasts).map((judged, place) => {
    const { left, right } = pairs[place];
    const statement = statementOf(judged, left, right);
    return { left: left.title, right: right.title, ...judged, statement };
  });
}

function meanError({ runs }: ModelRuns): number {
  return estimate(runs.map(({ testError }) => testError)).mean;
}

/** The width W of a net `resnext-D-NxWd`. */
function widthOf(net: string): number {
  return Number(/x(\d+)d$/.exec(net)?.[1] ?? Number.NaN);
}

function published(key: string, width: number): TableRow['published'] {
  const row = publishedOf(key, width);
  if (!row) return null;
  const { model, error, runs = null, reference } = row;
  const source = table1.includes(row) ? `${paper}, Table 1 ${reference}`.trim() : gastaldi;
  return { model, error, runs: runs && [...runs], source };
}

/** What may be said of two rows, in words. */
function statementOf(judged: JudgedContrast, left: ModelRuns, right: ModelRuns): string {
  const { sign, difference, samplingNoise, seeds } = judged;
  if (sign === null) return unjudgedInWords(judged, 'testError');
  if (sign !== 0) return `${(sign > 0 ? left : right).title} errs more`;
  const { testCount } = left.runs[0];
  return Math.abs(difference!) <= samplingNoise
    ? `not distinguishable on ${wholeNumber(testCount)} test images`
    : `not distinguishable at ${plural(seeds, 'seed')}${seedsInWords(judged)}`;
}
