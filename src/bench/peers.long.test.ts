import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BenchCase } from './cases.ts';
import { measureOnednn } from './onednnPeer.ts';
import { exportCase, measureOnnxruntime } from './onnxPeer.ts';
import { measurePeer, type PeerVariant } from './peer.ts';
import { findPeers } from './peers.ts';

// Of Pythons that have them: SHAKELAB_PYTHON names one.
const { torch: peer, onnxruntime: runtime, onednn } = await findPeers();

const folder = mkdtempSync(join(tmpdir(), 'shakelab-peers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tiny: BenchCase = {
  ...{ name: 'tiny', net: 'resnext-8-2x2d', features: null, batch: 16, mode: 'train' },
  ...{ channels: 1, height: 8, width: 8, augment: 'crop-flip' },
};
const options = { threads: 1, seconds: 0.05, warmUp: 1 };
const eager: PeerVariant = { channelsLast: false, merged: false, compiled: false, bf16: false };

test.runIf(peer).each([
  [{ mode: 'train' as const }, eager],
  [{ mode: 'evaluate' as const }, { ...eager, merged: true, bf16: true }],
])('PyTorch runs a case: %j, %j', async (changes, variant) => {
  const report = await measurePeer(peer!, { ...tiny, ...changes }, variant, options);
  expect(report.steps).toBeGreaterThan(0);
  expect(report.peakMemoryBytes).toBeGreaterThan(1e7);
});

test.runIf(peer && !peer.version.startsWith('1.')).each(['train', 'evaluate'] as const)(
  'PyTorch runs a compiled case: %s',
  { timeout: 1_800_000 },
  async (mode) => {
    const variant = { ...eager, channelsLast: true, merged: true, compiled: true };
    const report = await measurePeer(peer!, { ...tiny, mode }, variant, options);
    expect(report.steps).toBeGreaterThan(0);
  },
);

test.runIf(runtime)('onnxruntime evaluates the net of a case', async () => {
  const [path, evaluation] = [join(folder, 'net.onnx'), { ...tiny, mode: 'evaluate' as const }];
  await exportCase(evaluation, path);
  const report = await measureOnnxruntime(runtime!, evaluation, path, options);
  expect(report.steps).toBeGreaterThan(0);
  expect(report.peakMemoryBytes).toBeGreaterThan(1e7);
});

test.runIf(onednn).each(['train', 'evaluate'] as const)(
  'oneDNN runs the convolutions of a case: %s',
  async (mode) => {
    const report = await measureOnednn(onednn!, { ...tiny, mode }, options);
    expect(report.imagesPerSecond).toBeGreaterThan(10);
    expect(report.steps).toBeGreaterThan(1);
  },
);
