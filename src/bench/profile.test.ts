import { expect, test } from 'vitest';
import { defaultConfig } from '../runs/fields.ts';
import { profileRun } from './profile.ts';
import { rate } from './timedWork.ts';

const limits = { flops: 200, copy: 50 };

test('1000 MACs and 100 bytes in 100 ns: 20 GFLOP/s, a tenth of the peak', () => {
  const timed = rate({ nanoseconds: 100, macs: 1000, bytes: 100 }, 400, limits);
  expect(timed).toEqual({
    ...{ milliseconds: 1e-4, share: 0.25, gflops: 20, gigabytes: 1 },
    ...{ limit: 'compute', reached: 0.1 },
  });
});

test('what moves much and computes little is held back by memory', () => {
  const timed = rate({ nanoseconds: 100, macs: 10, bytes: 4000 }, 100, limits);
  expect(timed).toMatchObject({ limit: 'memory', reached: 0.8, share: 1 });
});

test('every instruction of a tiny net has its time, and the shares of a pass add up', async () => {
  const config = { ...defaultConfig, dataset: 'digits', net: 'resnext-8-2x2d', batch: 16 };
  const { instructions, totals } = await profileRun(config, { threads: 1, repeats: 3 });
  expect(instructions.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
  for (const list of [instructions, totals])
    for (const pass of ['step', 'evaluation']) {
      const shares = list.filter((work) => work.pass === pass).map(({ share }) => share);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    }
  const convs = totals.find(({ pass, opcode }) => pass === 'step' && opcode === 'conv')!;
  expect(convs.instructions).toBe(
    instructions.filter((i) => i.pass === 'step' && i.opcode === 'conv').length,
  );
});
