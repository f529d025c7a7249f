import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRunTrainer } from '../../../testkit/fakeRunTrainer.ts';
import type { RunConfig } from '../../runs/fields.ts';
import type { Amount } from '../amount.ts';
import { trainInTurn } from '../executor.ts';
import { runStudy } from '../runStudy.ts';
import { budgetStudy } from './budget.ts';
import { budgetSettings } from './settings.ts';
import type { BudgetSummary } from './summary.ts';

/** Shaken nets begin worse, of one epoch at chance, and end better: the laws cross at 16 epochs. */
function errorOf({ mixing, epochs, seed }: RunConfig): number {
  if (mixing === 'even') return 6 + 16 / epochs + 0.01 * seed;
  return epochs === 1 ? 90 : 3 + 64 / epochs + 0.01 * seed;
}

let out: string;
let summary: BudgetSummary;
const trained: string[] = [];
const amounts: Amount[] = [];

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'shakelab-budget-'));
  const trainer = fakeRunTrainer({
    data: { title: 'digits', source: 'drawn by code', train: 64, test: 2000 },
    epochsOf: (config) => [
      {
        ...{
          kind: 'epoch',
          epoch: config.epochs,
          step: config.epochs,
          trainLoss: 1,
          trainError: 1,
        },
        ...{ testLoss: 1, testError: errorOf(config), imagesPerSecond: 1, seconds: 2 },
      },
    ],
    goesOn: (name) => trained.push(name) > 0,
  });
  const options = { dataset: 'digits', trainSize: '64', batch: '16', budgets: '32,4,8,64,1', out };
  for await (const event of runStudy(budgetStudy, options, trainInTurn(trainer, budgetStudy))) {
    if (event.kind === 'run-start') amounts.push(event.amount!);
    if (event.kind === 'done') ({ summary } = event);
  }
});

afterAll(() => rm(out, { recursive: true }));

describe('study budget', () => {
  it('trains the shortest budget first, every one anew', () => {
    expect(trained).toHaveLength(5 * 2 * 3);
    expect(trained.slice(0, 6)).toEqual(
      ['plain', 'shaken'].flatMap((recipe) =>
        [1, 2, 3].map((seed) => `1.preact-bn.${recipe}.seed${seed}`),
      ),
    );
    expect(trained.at(-1)).toBe('64.preact-bn.shaken.seed3');
  });

  it('says of each run how much of the whole study it is, from the first budget on', () => {
    const total = 64 * (1 + 4 + 8 + 32 + 64) * 2 * 3;
    expect(amounts[0]).toEqual({ before: 0, own: 64, total });
    expect(amounts.at(-1)).toEqual({ before: total - 64 * 64, own: 64 * 64, total });
  });

  it('finds the law that the errors were made of, and where shaking begins to pay', () => {
    const [plain, shaken] = summary.extrapolations;
    expect(plain.law.floor).toBeCloseTo(6.02, 1);
    expect(shaken.law.floor).toBeCloseTo(3.02, 1);
    expect(shaken.law.power).toBeCloseTo(1, 1);
    expect(shaken.predictions.map(({ epochs }) => epochs)).toEqual([128, 256]);
    const [{ error, low, high }] = shaken.predictions;
    expect(error).toBeCloseTo(3.02 + 64 / 128, 1);
    expect([low! <= error, error <= high!]).toEqual([true, true]);
    expect(shaken.check.predicted).toBeCloseTo(shaken.check.seen, 1);
    const [{ at }] = summary.crossings;
    expect(at).toBeGreaterThan(8);
    expect(at).toBeLessThan(32);
    expect(summary.unfitted).toEqual([
      { layout: 'preact-bn', recipe: 'shaken', budgets: [1], left: 4 },
    ]);
  });

  it('writes a report that loads nothing', async () => {
    const page = await readFile(join(out, 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('#extrapolations tbody tr')).toHaveLength(2);
    expect(document.querySelector('#unfitted')!.textContent).toContain(
      'PreActBN, shaken: 1 (4 left). A law',
    );
    expect(document.querySelectorAll('script, link')).toHaveLength(0);
    expect(page).not.toMatch(/undefined|NaN/);
    expect(summary.command).toContain('study budget --budgets 1,4,8,32,64 --layouts preact-bn');
  });
});

describe('its options', () => {
  it.each([
    [{ budgets: '5,0' }, 'must be numbers whole, from 1'],
    [{ budgets: '5,5' }, 'must be different entries'],
    [{ layouts: 'bn rleu' }, 'rleu'],
    [{ seeds: 0 }, 'must be a whole number from 1'],
  ])('%j are refused', (options, message) => {
    expect(() => budgetSettings(options)).toThrow(message);
  });
});
