import { describe, expect, it } from 'vitest';
import { fakeSummary } from '../../../testkit/fakeStudy.ts';
import { modelKey } from '../../nets/titles.ts';
import { judgeClaims, type Verdict } from '../claims.ts';
import { groupByModel } from '../models.ts';
import type { SummaryRun } from '../summary.ts';
import { mnistClaims } from './claims.ts';

const summaries = { 1: await fakeSummary(), 3: await fakeSummary({ seeds: 3 }) };

const runsOf = (seeds: keyof typeof summaries = 1): SummaryRun[] =>
  summaries[seeds].runs.map((run) => ({ ...run, testCount: 10_000 }));

describe('the claims of section 3.1', () => {
  const verdicts = (runs: SummaryRun[]): Record<string, Verdict> =>
    Object.fromEntries(
      judgeClaims(mnistClaims, groupByModel(runs)).map(({ id, verdict }) => [id, verdict]),
    );

  it('all agree with models that behave as the paper says', () => {
    const expected = Object.fromEntries(mnistClaims.map(({ id }) => [id, 'agrees']));
    expect(verdicts(runsOf(3))).toEqual(expected);
  });

  it('disagree when PreAct with and without shaking behave the other way round', () => {
    const opposite: Record<string, string> = {
      'preact.even': 'preact.shake-shake',
      'preact.shake-shake': 'preact.even',
    };
    const swapped = runsOf().map((run) => {
      const [layout, mixing] = (opposite[modelKey(run)] ?? modelKey(run)).split('.');
      return { ...run, layout, mixing };
    });
    const refuted = Object.entries(verdicts(swapped)).filter(([, found]) => found === 'disagrees');
    expect(refuted.map(([id]) => id)).toEqual(
      expect.arrayContaining([
        'baseline-symmetric',
        'shaking-degrades-separability',
        'shaken-preact-inferior',
      ]),
    );
  });

  it('name each claim once and speak only of the four models', () => {
    expect(new Set(mnistClaims.map(({ id }) => id)).size).toBe(mnistClaims.length);
    const keys = new Set(runsOf().map(modelKey));
    const named = mnistClaims.flatMap(({ comparisons }) =>
      comparisons.flatMap(({ of, than }) => (typeof than === 'string' ? [of, than] : [of])),
    );
    expect(named.filter((key) => !keys.has(key))).toEqual([]);
  });
});
