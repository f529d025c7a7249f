import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/datasets.ts';
import { loadCheckpoint } from '../../runs/checkpoint.ts';
import { parseConfig } from '../../runs/config.ts';
import { runTraining } from '../../runs/lifecycle.ts';
import { evaluationTensors } from '../../training/state.ts';
import { exportRun } from '../export.ts';
import { eventFileName } from './eventFile.ts';
import { wholeRecords } from './records.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-tensorboard-'));
let dataset: Dataset;

/** An averaged run that judges images together with their mirror images. */
beforeAll(async () => {
  dataset = await openDataset('digits', { trainSize: 64, testSize: 16 });
  const config = parseConfig({
    ...{ dataset: 'digits', net: 'resnext-8-2x2d', batch: 16, trainSize: 64, epochs: 1 },
    ...{ averageDecay: 0.9, augment: 'flip', testMirror: 'horizontal' },
  });
  for await (const _ of runTraining({ folder, config, dataset, threads: 1 }));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The least and the largest value of every histogram in an event file, by tag: fields 1 and 2 of 5 of 1 of 5. */
function rangesIn(bytes: Uint8Array): Map<string, number[]> {
  const ranges = new Map<string, number[]>();
  for (const { data } of wholeRecords(bytes))
    eachPart(data, (field, pbf) => {
      if (field === 5) eachPart(pbf.readBytes(), (_, value) => void readRange(value, ranges));
    });
  return ranges;
}

function readRange(pbf: PbfReader, ranges: Map<string, number[]>): void {
  let tag = '';
  eachPart(pbf.readBytes(), (field, value) => {
    if (field === 1) tag = value.readString();
    const range: number[] = [];
    if (field === 5)
      eachPart(value.readBytes(), (place, own) => {
        if (place < 3) range.push(own.readDouble());
      });
    if (field === 5) ranges.set(tag, range);
  });
}

const eachPart = (bytes: Uint8Array, read: (field: number, pbf: PbfReader) => void): void =>
  void new PbfReader(bytes).readFields((field, _, pbf) => read(field, pbf), null);

test('histograms are of the averages that the exported net computes with, features of plain images', async () => {
  const out = join(folder, 'export');
  const { notes } = await exportRun(folder, 'tensorboard', { out, dataset, threads: 1 });
  expect(notes.join()).toContain('features, and the classes predicted beside them, are of the');
  const ranges = rangesIn(readFileSync(join(out, eventFileName)));
  const { state } = (await loadCheckpoint(folder))!;
  for (const name of ['stem.conv.weight', 'head.weight']) {
    const values = evaluationTensors(state).get(name)!.data;
    expect(values).not.toEqual(state.tensors.get(name)!.data);
    expect(ranges.get(`weights/${name}`)).toEqual([Math.min(...values), Math.max(...values)]);
  }
});
