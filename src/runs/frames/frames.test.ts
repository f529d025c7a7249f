import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../config.ts';
import { runTraining, type TrainingOptions } from '../lifecycle.ts';
import { type Frame, frameBytes } from './format.ts';
import { framesPath, openFrames } from './log.ts';

const small = { dataset: 'digits', net: 'resnext-8-2x2d', batch: 16, trainSize: 64, epochs: 2 };

let root: string;
let dataset: Dataset;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-frames-'));
  dataset = await openDataset('digits', { trainSize: 64, testSize: 16 });
});
afterAll(() => rm(root, { recursive: true }));

/** Trains in a folder below the root, at most so many events. */
async function train(name: string, more: Partial<TrainingOptions> = {}, most = Infinity) {
  const config = parseConfig({ ...small, features: name.startsWith('wide') ? null : 2 });
  const folder = join(root, name);
  const options = { folder, config, dataset, resume: true, frames: 3, checkpointSeconds: 0 };
  let events = 0;
  for await (const event of runTraining({ ...options, ...more })) {
    if (++events === most || event.kind === 'done') break;
  }
  return folder;
}

async function framesIn(folder: string): Promise<Frame[]> {
  const file = (await openFrames(folder))!;
  const frames = await file.read(0, Infinity);
  await file.close();
  return frames;
}

const bytesIn = (folder: string) => readFile(framesPath(folder), 'base64');
const checkpointIn = (folder: string) => readFile(join(folder, 'checkpoint.safetensors'), 'base64');

describe.each(['narrow', 'wide'])('the frames of a run, %s', (name) => {
  it('come before the first step, every so many, and after the last', async () => {
    const folder = await train(name);
    const frames = await framesIn(folder);
    expect(frames.map(({ step }) => step)).toEqual([0, 3, 6, 8]);
    expect(new Set(frames.map(({ evaluate }) => evaluate.join())).size).toBe(4);
    for (const { train, evaluate, plane } of frames) {
      expect([train.length, evaluate.length, plane !== null]).toEqual([128, 128, name === 'wide']);
      expect([...train, ...evaluate].every(Number.isFinite)).toBe(true);
    }
  });

  it('leave the bits of the training alone', async () => {
    const without = await train(`${name}-without`, { frames: undefined });
    expect(await checkpointIn(without)).toBe(await checkpointIn(join(root, name)));
  });

  it('are the same when it was broken off and resumed, wherever that was', async () => {
    for (const events of [1, 6, 11]) {
      const folder = await train(`${name}-broken-${events}`, {}, events);
      await appendFile(framesPath(folder), 'half a frame');
      await train(`${name}-broken-${events}`);
      expect(await bytesIn(folder), `after ${events}`).toBe(await bytesIn(join(root, name)));
    }
  });
});

it('keeps about what the run computes', async () => {
  const [first] = await framesIn(join(root, 'narrow'));
  const file = (await openFrames(join(root, 'narrow')))!;
  const { places, labels } = file.header;
  await file.close();
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(labels).toEqual(places.map((place) => dataset.train.labels[place]));
  const range = Math.max(...first.evaluate) - Math.min(...first.evaluate);
  expect(range).toBeGreaterThan(0);
});

it('goes on with the interval it began with, and begins anew after damage', async () => {
  const folder = await train('interval', {}, 4);
  await train('interval', { frames: 5 });
  expect((await framesIn(folder)).map(({ step }) => step)).toEqual([0, 3, 6, 8]);
  await writeFile(framesPath(folder), 'no frames');
  expect(await openFrames(folder)).toBeNull();
  await train('interval', { frames: 5 });
  expect((await framesIn(folder)).map(({ step }) => step)).toEqual([8]);
});

it('reads frames of the last release, and leaves those of a newer one alone', async () => {
  const folder = await train('formats', {}, 4);
  const bytes = await readFile(framesPath(folder));
  const header = JSON.parse(bytes.toString('utf8', 12, 12 + bytes.readUInt32LE(8)));
  const underFormat = (format?: number) => {
    const text = Buffer.from(JSON.stringify({ ...header, format }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    const frames = bytes.subarray(12 + bytes.readUInt32LE(8));
    return Buffer.concat([bytes.subarray(0, 8), length, text, frames]);
  };
  await writeFile(framesPath(folder), underFormat());
  await train('formats');
  expect((await framesIn(folder)).map(({ step }) => step)).toEqual([0, 3, 6, 8]);
  await writeFile(framesPath(folder), underFormat(2));
  await expect(openFrames(folder)).rejects.toThrow('header of frames of format 2; shakelab');
  await expect(train('formats')).rejects.toThrow('install a newer shakelab');
  expect(await readFile(framesPath(folder))).toEqual(underFormat(2));
});

it.each(['', 'SHKFRM01', 'SHKFRM01\xff\xff\xff\xff', 'SHKFRM01\x02\0\0\0{}'])(
  'takes a damaged file for none: %j',
  async (text) => {
    const folder = await mkdtemp(join(root, 'damaged-'));
    await writeFile(framesPath(folder), Buffer.from(text, 'latin1'));
    expect(await openFrames(folder)).toBeNull();
  },
);

it('is compact: 8 bytes a point and frame', async () => {
  const header = { every: 1, features: 2, places: Array(1024).fill(0), labels: [] };
  expect(frameBytes(header)).toBe(8 * 1024 + 36);
});
