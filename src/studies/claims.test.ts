import { describe, expect, it } from 'vitest';
import { fakeSummary } from '../../testkit/fakeStudy.ts';
import { modelKey } from '../nets/titles.ts';
import { type Comparison, judgeClaims, type Verdict } from './claims.ts';
import { groupByModel } from './models.ts';
import type { SummaryRun } from './summary.ts';

const plain = 'preact.even';
const shaken = 'preact.shake-shake';

const summaries = { 1: await fakeSummary(), 3: await fakeSummary({ seeds: 3 }) };

const runsOf = (seeds: keyof typeof summaries = 3): SummaryRun[] =>
  summaries[seeds].runs.map((run) => ({ ...run, testCount: 10_000 }));

/** Small differences between seeds, of mean 0; every model may have its own. */
const stray = (seed: number, size = 0.004): number => size * (seed - 2);

/** Changes a measure of one model's runs; the value may depend on the seed. */
function withMeasure(
  runs: SummaryRun[],
  key: string,
  change: (seed: number) => Partial<SummaryRun>,
): SummaryRun[] {
  return runs.map((run) => (modelKey(run) === key ? { ...run, ...change(run.seed) } : run));
}

function verdict(comparison: Comparison, runs: SummaryRun[]): Verdict {
  const claim = { id: 'x', where: '', statement: '', comparisons: [comparison] };
  return judgeClaims([claim], groupByModel(runs))[0].verdict;
}

describe('judgeClaims', () => {
  const errorBelow: Comparison = {
    measure: 'testError',
    of: shaken,
    relation: 'below',
    than: plain,
  };
  const errors = (left: number, right: number, testCount = 10_000): SummaryRun[] =>
    withMeasure(
      withMeasure(runsOf(), shaken, (seed) => ({ testError: left + stray(seed), testCount })),
      plain,
      () => ({ testError: right, testCount }),
    );

  it('has no verdict at one seed, and shows what was seen', () => {
    const [claim] = judgeClaims(
      [{ id: 'x', where: '', statement: '', comparisons: [errorBelow] }],
      groupByModel(runsOf(1)),
    );
    expect(claim.verdict).toBe('unjudged');
    const [{ left, right, contrast }] = claim.comparisons;
    expect(left).toBeGreaterThan(right!);
    expect(contrast).toMatchObject({ unjudged: 'one seed', seeds: 1 });
  });

  it('agrees, disagrees and stays undecided as the numbers say', () => {
    expect(verdict(errorBelow, errors(1, 2))).toBe('agrees');
    expect(verdict(errorBelow, errors(2, 1))).toBe('disagrees');
    expect(verdict(errorBelow, errors(1, 1.1))).toBe('undecided');
  });

  it('needs more difference from a smaller test set', () => {
    expect(verdict(errorBelow, errors(1, 2, 200))).toBe('undecided');
    expect(verdict(errorBelow, errors(1, 20, 200))).toBe('agrees');
  });

  it('needs more difference where seeds disagree', () => {
    const spread = (size: number): SummaryRun[] =>
      withMeasure(
        withMeasure(runsOf(3), shaken, (seed) => ({ testError: 1.5 + size * (seed - 2) })),
        plain,
        () => ({ testError: 2 }),
      );
    expect(verdict(errorBelow, spread(0.05))).toBe('agrees');
    expect(verdict(errorBelow, spread(1))).toBe('undecided');
  });

  it('takes a factor: 20 % is 3 times 5 %, but not 5 times', () => {
    const above: Comparison = { ...errorBelow, relation: 'above', times: 3 };
    expect(verdict(above, errors(20, 5))).toBe('agrees');
    expect(verdict({ ...above, times: 5 }, errors(20, 5))).toBe('disagrees');
  });

  it('compares with a number, counting differences up to the resolution as none', () => {
    const coverage = (value: number): SummaryRun[] =>
      withMeasure(runsOf(), shaken, (seed) => ({ coverage: value + stray(seed) }));
    const above: Comparison = { measure: 'coverage', of: shaken, relation: 'above', than: 1 };
    expect(verdict(above, coverage(1.5))).toBe('agrees');
    expect(verdict(above, coverage(1.04))).toBe('undecided');
    expect(verdict(above, coverage(0.9))).toBe('disagrees');
  });

  it('holds "not above" where even the interval ends below what counts, not where it is wide', () => {
    const margin = (value: number, size = 0.004): SummaryRun[] =>
      withMeasure(runsOf(), shaken, (seed) => ({ margin: value + stray(seed, size) }));
    const notAbove: Comparison = {
      measure: 'margin',
      of: shaken,
      relation: 'not above',
      than: 0.5,
    };
    expect(verdict(notAbove, margin(0.505))).toBe('agrees');
    expect(verdict(notAbove, margin(0.505, 0.1))).toBe('undecided');
    expect(verdict(notAbove, margin(0.4))).toBe('agrees');
    expect(verdict(notAbove, margin(0.6))).toBe('disagrees');
  });

  it('is untested without the model, undecided without the measure', () => {
    const others = runsOf().filter((run) => modelKey(run) !== plain);
    expect(verdict(errorBelow, others)).toBe('untested');
    const flat = withMeasure(runsOf(), shaken, () => ({ coverage: null }));
    const above: Comparison = { measure: 'coverage', of: shaken, relation: 'above', than: 1 };
    expect(verdict(above, flat)).toBe('undecided');
  });

  it('lets one refuted comparison refute a claim, and one open comparison keep it open', () => {
    const judged = (left: number): Verdict => {
      const comparisons = [errorBelow, { ...errorBelow, than: 1.5 }];
      const claim = { id: 'x', where: '', statement: '', comparisons };
      return judgeClaims([claim], groupByModel(errors(left, 2)))[0].verdict;
    };
    expect(judged(0.5)).toBe('agrees');
    expect(judged(1.55)).toBe('undecided');
    expect(judged(1.9)).toBe('disagrees');
  });

  it('writes the rule in words, with the numbers beside it', () => {
    const claim = { id: 'x', where: '', statement: '', comparisons: [{ ...errorBelow, times: 2 }] };
    const [{ comparisons }] = judgeClaims([claim], groupByModel(errors(1, 4)));
    expect(comparisons[0]).toMatchObject({ left: 1, right: 4, times: 2 });
    expect(comparisons[0].rule).toBe(
      'PreAct with shaking: test error below 2 times that of PreAct without shaking',
    );
  });
});
