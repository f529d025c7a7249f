import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type FakeCifar10Options,
  fakeCifar10Plan,
  leaveCifar10,
} from '../../../testkit/fakeCifar10.ts';
import { writeReport } from '../report/write.ts';
import { cifar10Study } from './cifar10.ts';
import { comparability } from './report.ts';
import { settingsOf } from './settings.ts';
import type { Cifar10Summary } from './summary.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-table-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

/** The summary of a study of which so many runs are trained. */
async function summaryOf(options: FakeCifar10Options, trained: number) {
  const out = await mkdtemp(join(root, 'study-'));
  await leaveCifar10(out, await fakeCifar10Plan(options), trained);
  return (await writeReport(cifar10Study, out)).summary;
}

const verdictsOf = ({ claims }: Cifar10Summary): string[] => claims.map(({ verdict }) => verdict);

describe('the statistics of the table', () => {
  it('give every row its seeds, mean, deviation, interval and the published error', async () => {
    const { rows } = await summaryOf({ rows: 'preact,preact-even' }, 6);
    const [shaken, control] = rows;
    expect(shaken).toMatchObject({
      ...{ key: 'preact.shake-shake', seeds: [1, 2, 3], errors: [47.85, 48.14, 48.01] },
      published: { error: 6.92, runs: [6.76, 6.82, 7.19] },
    });
    expect(shaken.mean).toBeCloseTo(48);
    expect(shaken.deviation).toBeCloseTo(0.1453, 3);
    expect(shaken.halfWidth).toBeCloseTo((4.3027 * 0.1453) / Math.sqrt(3), 3);
    expect(control.published).toBeNull();
  });

  it('hold every two rows against each other, and say plainly what is not distinguishable', async () => {
    const { differences } = await summaryOf({ rows: 'preact-bn,relu-preact,preact' }, 9);
    expect(differences.map(({ left, right }) => `${left} > ${right}`)).toEqual([
      'PreAct with shaking > ReLU-PreAct with shaking',
      'PreAct with shaking > PreActBN with shaking',
      'ReLU-PreAct with shaking > PreActBN with shaking',
    ]);
    expect(differences[0]).toMatchObject({
      test: 'paired',
      statement: 'PreAct with shaking errs more',
    });
    expect(differences[2].statement).toBe('not distinguishable on 10,000 test images');
  });

  it('find all of the paper’s findings in models that behave as it says', async () => {
    const verdicts = verdictsOf(await summaryOf({ rows: 'all' }, 24));
    expect(verdicts).toEqual(verdicts.map(() => 'agrees'));
  });

  it('say which findings were not tested for want of rows', async () => {
    const { claims } = await summaryOf({ rows: 'preact,bn-shake', seeds: 1 }, 2);
    const tested = claims.filter(({ verdict }) => verdict !== 'untested');
    expect(tested.map(({ id }) => id)).toEqual(['one-normalisation-beats-two']);
    const [{ rule }] = claims[0].comparisons;
    expect(rule).toContain('ReLU-PreAct with shaking');
  });

  it('hold for a study whose last seed is not whole', async () => {
    const summary = await summaryOf({ rows: 'preact-bn,preact', seeds: 2 }, 3);
    expect(summary.planned).toBe(4);
    expect(summary.rows.map(({ seeds }) => seeds)).toEqual([[1, 2], [1]]);
    expect(summary.differences[0]).toMatchObject({ test: null, halfWidth: null });
    expect(summary.differences[0].statement).toMatch(/n = 1: no verdict; 3 seeds would decide/);
  });
});

it('says that numbers may be compared where the whole recipe is the paper’s', () => {
  const config = settingsOf({ full: true }).config;
  const comparable = (changed: object) => {
    const runs = [{ ...config, trainCount: 50_000, ...changed }];
    return comparability({ runs, standInFor: null } as unknown as Cifar10Summary);
  };
  expect(comparable({})).toContain('may be compared');
  for (const changed of [{ epochs: 12 }, { batch: 64 }, { learningRate: 0.1 }])
    expect(comparable(changed)).toContain('Compare the order');
});
