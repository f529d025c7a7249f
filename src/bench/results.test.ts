import { expect, test } from 'vitest';
import { benchCases, operationsOf } from './cases.ts';
import type { Measurement } from './measure.ts';
import { caseResult } from './results.ts';

const [benchCase] = benchCases;
const limits = { isa: 'avx2', flops: 200, read: 50, write: 40, copy: 60 };
const load = { average: 0.1, busy: 0 };

const measured = (imagesPerSecond: number, peakMemoryBytes: number): Measurement => ({
  imagesPerSecond,
  peakMemoryBytes,
  steps: 10,
  typescriptShare: 0.02,
  idleShare: 0.03,
  bytesPerImage: 3e6,
});

const ours = [measured(9000, 1e8), measured(10_000, 3e8), measured(12_000, 2e8)];
const reports = [1000, 2500, 1200].map((speed) => ({ ...measured(speed, 4e8), torch: '1.13.1' }));
const peers = [{ program: 'PyTorch NCHW', reports }];
const measurements = { ours, peers, ceiling: [] };

test('ratios come from pairs, memory and speed from medians', () => {
  const { entries } = caseResult(benchCase, measurements, { limits, load });
  expect(entries.map(({ program }) => program)).toEqual(['shakelab', 'PyTorch NCHW']);
  expect(entries[0].imagesPerSecond).toEqual({ median: 10_000, minimum: 9000, maximum: 12_000 });
  expect(entries[1].ratio).toEqual({ median: 9, minimum: 4, maximum: 10 });
  expect(entries[1].memoryRatio).toBe(0.5);
  expect(entries[0].ratio).toBeNull();
});

test('shares are of the limits measured with the case', () => {
  const { entries, bandwidthShare } = caseResult(benchCase, measurements, { limits, load });
  expect(entries[0].peakShare).toBeCloseTo((operationsOf(benchCase) * 10_000) / 200e9);
  expect(bandwidthShare).toBeCloseTo(0.5);
});

test("programs are held against oneDNN's convolutions pair by pair, or against nothing", () => {
  const ceiling = [4500, 20_000, 8000].map((speed) => measured(speed, 1e8));
  const held = caseResult(benchCase, { ...measurements, ceiling }, { limits, load });
  expect(held.ceiling).toEqual({ median: 8000, minimum: 4500, maximum: 20_000 });
  expect(held.entries.map(({ ceilingShare }) => ceilingShare)).toEqual([1.5, 0.15]);
  const alone = caseResult(benchCase, measurements, { limits, load });
  expect(alone.ceiling).toBeNull();
  expect(alone.entries.map(({ ceilingShare }) => ceilingShare)).toEqual([null, null]);
});
