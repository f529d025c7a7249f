import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import { runTraining } from '../../runs/lifecycle.ts';
import { eventFileName } from './eventFile.ts';
import { keepTensorboard, tensorboardFolder } from './log.ts';
import { wholeRecords } from './records.ts';

const small = { dataset: 'digits', net: 'resnext-8-2x2d', batch: 16, trainSize: 64, epochs: 3 };

let root: string;
let dataset: Dataset;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-tensorboard-'));
  dataset = await openDataset('digits', { trainSize: 64, testSize: 16 });
});
afterAll(() => rm(root, { recursive: true }));

/** Trains in a folder below the root, at most so many events. */
async function train(name: string, logged: boolean, most = Infinity): Promise<string> {
  const folder = join(root, name);
  const keepers = logged ? [keepTensorboard] : [];
  const options = {
    folder,
    config: parseConfig(small),
    dataset,
    threads: 1,
    resume: true,
    keepers,
  };
  let events = 0;
  for await (const event of runTraining({ ...options, checkpointSeconds: 0 }))
    if (++events === most || event.kind === 'done') break;
  return folder;
}

/** Every event of a run as its step and its tags, which stand in fields 1 of field 5. */
async function eventsIn(folder: string): Promise<[number, string[]][]> {
  const bytes = await readFile(join(tensorboardFolder(folder), eventFileName));
  return [...wholeRecords(bytes)].map(({ data }) => {
    const found: [number, string[]] = [0, []];
    new PbfReader(data).readFields((field, [, tags], pbf) => {
      if (field === 2) found[0] = pbf.readVarint();
      if (field === 5) pbf.readFields(readValues, tags, pbf.readVarint() + pbf.pos);
    }, found);
    return found;
  });
}

function readValues(field: number, tags: string[], pbf: PbfReader): void {
  if (field !== 1) return;
  const end = pbf.readVarint() + pbf.pos;
  pbf.readFields(
    (inner, _, value) => {
      if (inner === 1) tags.push(value.readString());
    },
    null,
    end,
  );
}

const checkpointIn = (folder: string) => readFile(join(folder, 'checkpoint.safetensors'), 'base64');

test('a training tells its settings, scalars, histograms, pictures and projector', async () => {
  const folder = await train('whole', true);
  const events = await eventsIn(folder);
  expect(events.map(([step]) => step)).toEqual([0, 0, 4, 8, 12]);
  expect(events[1][1]).toEqual(['_hparams_/session_start_info']);
  expect(events[4][1]).toEqual(
    expect.arrayContaining([
      ...['loss/train', 'error/train', 'loss/test', 'error/test', 'embedding'],
      ...['weights/stem.conv.weight', 'weights/head.weight', 'alpha/stage1.block1'],
      'beta/stage3.block1',
    ]),
  );
  const projector = tensorboardFolder(folder);
  const table = (await readFile(join(projector, 'tensors.tsv'), 'utf8')).trimEnd().split('\n');
  const labels = (await readFile(join(projector, 'metadata.tsv'), 'utf8')).trimEnd().split('\n');
  expect([table.length, labels.length]).toEqual([16, 17]);
  expect(await readFile(join(projector, 'projector_config.pbtxt'), 'utf8')).toContain(
    'sprites.png',
  );
});

test('the training goes as without, and its events as unbroken, wherever it was broken off', async () => {
  const without = await train('without', false);
  const whole = join(root, 'whole');
  expect(await checkpointIn(without)).toBe(await checkpointIn(whole));
  for (const events of [2, 5, 9, 12]) {
    const folder = await train(`broken-${events}`, true, events);
    await appendFile(join(tensorboardFolder(folder), eventFileName), 'half a record');
    await train(`broken-${events}`, true);
    expect(await eventsIn(folder), `after ${events}`).toEqual(await eventsIn(whole));
  }
});
