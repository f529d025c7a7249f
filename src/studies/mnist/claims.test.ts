import { describe, expect, it } from 'vitest';
import { fakeSummary } from '../../../testkit/fakeStudy.ts';
import { modelKey } from '../../nets/titles.ts';
import { judgeClaims, type Verdict } from '../claims.ts';
import { groupByModel } from '../models.ts';
import type { SummaryRun } from '../summary.ts';
import { mnistClaims } from './claims.ts';

const summaries = { 1: await fakeSummary(), 5: await fakeSummary({ seeds: 5 }) };

const runsOf = (seeds: keyof typeof summaries = 5): SummaryRun[] =>
  summaries[seeds].runs.map((run) => ({ ...run, testCount: 10_000 }));

describe('the claims of section 3.1', () => {
  const verdicts = (runs: SummaryRun[]): Record<string, Verdict> =>
    Object.fromEntries(
      judgeClaims(mnistClaims, groupByModel(runs)).map(({ id, verdict }) => [id, verdict]),
    );

  it('agree with models that behave as the paper says, where seeds differ at all', () => {
    const alike = ['almost-all-within', 'test-samples-compact', 'test-samples-near-centre'];
    const expected = Object.fromEntries(
      mnistClaims.map(({ id }) => [id, alike.includes(id) ? 'unjudged' : 'agrees']),
    );
    expect(verdicts(runsOf())).toEqual(expected);
  });

  it('have no verdict at one seed', () => {
    expect(new Set(Object.values(verdicts(runsOf(1))))).toEqual(new Set(['unjudged']));
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
