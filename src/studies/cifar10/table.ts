import { estimate } from '../../statistics/estimate.ts';
import { plural, wholeNumber } from '../../text/text.ts';
import { type Contrast, contrast } from '../contrast.ts';
import type { ModelRuns } from '../models.ts';
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

/** Every two rows held against each other, the higher error first. */
export function rowDifferences(models: readonly ModelRuns[]): RowDifference[] {
  const worstFirst = [...models].sort((one, other) => meanError(other) - meanError(one));
  return worstFirst.flatMap((left, index) =>
    worstFirst.slice(index + 1).flatMap((right) => difference(left, right)),
  );
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

function difference(left: ModelRuns, right: ModelRuns): RowDifference[] {
  const held = contrast(left, right, 'testError');
  if (!held) return [];
  const { left: _left, right: _right, sign: _sign, ...numbers } = held;
  const statement = verdictOf(held, left, right);
  return [{ left: left.title, right: right.title, ...numbers, statement }];
}

/** What may be said of two rows, in words. */
function verdictOf(held: Contrast, left: ModelRuns, right: ModelRuns): string {
  const seeds = Math.min(left.runs.length, right.runs.length);
  if (held.sign !== 0) {
    const limit = seeds === 1 ? '; one seed, so it may be the seed’s' : '';
    return `${left.title} errs more${limit}`;
  }
  const { testCount } = left.runs[0];
  return Math.abs(held.difference) <= held.samplingNoise
    ? `not distinguishable on ${wholeNumber(testCount)} test images`
    : `not distinguishable at ${plural(seeds, 'seed')}`;
}
