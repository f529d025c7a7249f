import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../testkit/dataFiles.ts';
import { torchName } from '../nets/torchNames.ts';
import { parseConfig } from '../runs/config.ts';
import { runTraining } from '../runs/lifecycle.ts';
import { readEpochs } from '../runs/metrics.ts';
import { openRun } from '../runs/open.ts';
import { evaluationTensors, isOfNet, type NamedTensors } from '../training/state.ts';
import { exportRun } from './export.ts';

/** A Python with onnx, safetensors and TensorBoard: `.ci/run` installs one; where none is named this is skipped. */
const python = process.env.SHAKELAB_READERS;
const reader = resolve(import.meta.dirname, '../../testkit/readExports.py');
const config = {
  ...{ dataset: 'digits', net: 'resnext-8-2x4d', trainSize: 128, features: 2, fold: '1/4' },
  ...{ batch: 32, epochs: 2, averageDecay: 0.9 },
};

/** What the readers see, see `testkit/readExports.py`. */
interface Seen {
  onnx: { opset: number; ir: number; metadata: Record<string, string>; logits: number[] };
  safetensors: Record<string, { type: string; shape: number[]; sha256: string }>;
  events: {
    scalars: Record<string, [number, number][]>;
    histograms: string[];
    alpha: { count: number; least: number; most: number };
    picture: { width: number; png: string };
    settings: Record<string, string>;
    projector: { points: number[]; labels: number; cell: number[] };
  };
}

describe.skipIf(!python)('a run as others read it', () => {
  let root: string;
  let seen: Seen;
  let logits: Float32Array;
  let tensors: NamedTensors;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'shakelab-readers-'));
    const run = join(root, 'run');
    for await (const _ of runTraining({ folder: run, config: parseConfig(config), threads: 1 }));
    const { trainer, dataset } = await openRun(run, { threads: 1 });
    ({ logits } = await trainer.predict('test'));
    ({ tensors } = await trainer.state());
    trainer.close();
    const out = join(root, 'out');
    for (const format of ['onnx', 'pytorch', 'tensorboard'] as const)
      await exportRun(run, format, { out, threads: 1 });
    const { count, images } = dataset.test;
    const shape = [count, dataset.channels, dataset.height, dataset.width];
    writeFileSync(join(out, 'case.json'), JSON.stringify({ shape, images: [...images] }));
    const answer = execFileSync(python!, [reader, out], { encoding: 'utf8', maxBuffer: 1e8 });
    seen = JSON.parse(answer);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('the checker of onnx passes our model, whose definition gives our logits', () => {
    const { opset, ir, metadata, logits: theirs } = seen.onnx;
    expect([opset, ir]).toEqual([17, 8]);
    expect(JSON.parse(metadata.classes)).toHaveLength(10);
    const largest = logits.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(theirs).toHaveLength(logits.length);
    expect(largest).toBeGreaterThan(0.01);
    for (const [i, value] of theirs.entries())
      expect(Math.abs(value - logits[i])).toBeLessThan(1e-5 * largest);
  });

  test('safetensors reads every tensor, bit for bit', () => {
    const { length } = [...tensors.keys()].filter(isOfNet);
    const floats = Object.entries(seen.safetensors).filter(([, { type }]) => type === 'float32');
    expect(floats).toHaveLength(length);
    for (const [name, { shape, data }] of evaluationTensors({ step: 0, tensors })) {
      const { buffer, byteOffset, byteLength } = data;
      const own = sha256(new Uint8Array(buffer, byteOffset, byteLength));
      expect(seen.safetensors[torchName(name)], name).toEqual({
        ...{ type: 'float32', shape, sha256: own },
      });
    }
    expect(seen.safetensors['bn1.num_batches_tracked']).toMatchObject({ type: 'int64', shape: [] });
  });

  test('TensorBoard sees curves, settings, histograms, a picture and the projector', async () => {
    const { scalars, settings, histograms, alpha, picture, projector } = seen.events;
    const epochs = await readEpochs(join(root, 'run'));
    expect(scalars['loss/train'].map(([step]) => step)).toEqual([3, 6]);
    scalars['loss/train'].forEach(([, value], i) => {
      expect(value).toBe(Math.fround(epochs[i].trainLoss));
    });
    expect(settings.net).toBe('string_value: "resnext-8-2x4d"\n');
    expect(settings.averageDecay).toBe('number_value: 0.9\n');
    expect(histograms).toContain('weights/stem.conv.weight');
    expect(alpha.count).toBe(64);
    expect(alpha.least).toBeGreaterThan(0);
    expect(alpha.most).toBeLessThan(1);
    expect(picture.png).toBe('89504e47');
    expect(picture.width).toBeGreaterThan(100);
    expect(projector).toEqual({ points: [32, 3], labels: 32, cell: [28, 28] });
  });
});
