import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { shakelab } from '../../testkit/shakelab.ts';

const small = ['--dataset', 'digits', '--train-size', '64', '--net', 'resnext-8-2x2d'];
const lr = (...more: string[]) => shakelab('lr', ...small, '--batch', '16', ...more);

describe('shakelab lr', () => {
  test('tells machines every step, the same again, and draws them', async () => {
    const out = join(await temporaryFolder(), 'rates.svg');
    const range = ['--from', '0.001', '--to', '1', '--steps', '10', '--json'];
    const told = JSON.parse((await lr(...range, '--out', out)).out);
    expect(told).toMatchObject({ ended: 'all rates', out });
    expect(told.steps.map(({ learningRate }: { learningRate: number }) => learningRate)).toEqual(
      Array.from({ length: 10 }, (_, i) => expect.closeTo(0.001 * 1000 ** (i / 9), 12)),
    );
    expect(readFileSync(out, 'utf8')).toContain('Training loss by learning rate');
    const { out: _, ...found } = told;
    expect(JSON.parse((await lr(...range)).out)).toEqual(found);
  });

  test('tells a reader the losses, why it ended, and what to try', async () => {
    const { code, out } = await lr('--from', '1e-7', '--to', '1e-6', '--steps', '10');
    expect(code).toBe(0);
    expect(out).toMatch(/^ +rate +loss +smoothed\n +1\.0e-7 /);
    expect(out).toMatch(
      /ended: all rates were seen\n\nno suggestion: the loss did not fall by a tenth/,
    );
  });

  test.each([
    [['--from', '1', '--to', '0.1'], '--from 1: must be below --to 0.1; try 1e-5 and 10'],
    [['--steps', '9'], '--steps 9: a test needs 10 or more; try 200'],
  ])('%j are refused', async (flags, message) => {
    const { code, err } = await lr(...flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
