import { expect, test } from 'vitest';
import { lastLine, runNode } from '../processes/children.ts';
import type { BenchCase, BenchMode } from './cases.ts';
import { type Measurement, measure } from './measure.ts';

const tiny = (mode: BenchMode): BenchCase => ({
  ...{ name: 'tiny', net: 'resnext-8-2x2d', features: null, batch: 16, mode },
  ...{ channels: 1, height: 8, width: 8, augment: 'crop-flip' },
});

test.each(['train', 'evaluate'] as const)('a tiny net is measured: %s', async (mode) => {
  const measured = await measure(tiny(mode), { threads: 1, seconds: 0.05 });
  expect(measured.imagesPerSecond).toBeGreaterThan(100);
  expect(measured.imagesPerSecond).toBeLessThan(1e7);
  expect(measured.steps).toBeGreaterThan(0);
  expect(measured.peakMemoryBytes).toBeGreaterThan(2e7);
  expect(measured.typescriptShare).toBeGreaterThan(0);
  expect(measured.idleShare).toBeGreaterThan(measured.typescriptShare);
  expect(measured.idleShare).toBeLessThan(1);
});

test('a fresh process measures the same and answers in JSON', async () => {
  const task = { kind: 'measure', benchCase: tiny('train'), threads: 1, seconds: 0.05 };
  const answer = lastLine(await runNode('bench/worker', [JSON.stringify(task)])) as Measurement;
  expect(answer.imagesPerSecond).toBeGreaterThan(100);
  expect(answer.bytesPerImage).toBe(
    (await measure(tiny('train'), { threads: 1, seconds: 0 })).bytesPerImage,
  );
});

test('a process that fails says why', async () => {
  const task = { kind: 'measure', benchCase: { ...tiny('train'), net: 'vgg' }, threads: 1 };
  await expect(runNode('bench/worker', [JSON.stringify(task)])).rejects.toThrow("net 'vgg'");
});
