import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  runBudgetStudy,
  runCifar10Study,
  runFoldsStudy,
  runMnistStudy,
  runSamplesStudy,
  runSearch,
  runShortenStudy,
  runTuning,
} from 'shakelab';
import { afterAll, expect, it, test } from 'vitest';
import { allStudyRows } from '../src/studies/registry.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-studies-'));
afterAll(() => rmSync(root, { recursive: true }));

const digits = { dataset: 'digits', threads: 1 };
const few = { ...digits, trainSize: 64 };

/** Every study that the library runs, on digits into a folder of its own. */
const studies: Record<string, (out: string) => AsyncIterable<object>> = {
  mnist: (out) => runMnistStudy({ ...few, out }),
  cifar10: (out) => runCifar10Study({ ...few, rows: 'preact', out }),
  folds: (out) => runFoldsStudy({ ...few, folds: 2, out }),
  samples: (out) => runSamplesStudy({ ...digits, sizes: '64', recipes: 'plain', out }),
  budget: (out) => runBudgetStudy({ ...few, budgets: '1,2', out }),
  shorten: (out) => runShortenStudy({ ...few, changes: 'ema=0.9; cutout=8', out }),
  search: (out) => runSearch({ ...few, out }),
  tuning: (out) => runTuning({ ...few, vary: 'lr=0.1|0.2', out }),
};

test('the library has a function for every study that there is', () => {
  expect(Object.keys(studies)).toEqual(allStudyRows.map(({ name }) => name));
});

it.each(Object.entries(studies))('plans the runs of %s before it trains any', async (name, run) => {
  const out = join(root, name);
  for await (const event of run(out)) {
    expect(event).toMatchObject({ kind: 'plan', study: name, dataset: { name: 'digits' }, out });
    expect(event).toHaveProperty('runs.length', expect.any(Number));
    return;
  }
  expect.unreachable();
});
