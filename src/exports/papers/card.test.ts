import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../../testkit/dataFiles.ts';
import { bytesSource } from '../../data/containers/source.ts';
import { zipMembers } from '../../data/containers/zip.ts';
import { parseConfig } from '../../runs/config.ts';
import { runTraining } from '../../runs/lifecycle.ts';
import { openRun } from '../../runs/open.ts';
import { exportRun } from '../export.ts';

const python = process.env.SHAKELAB_READERS;
const root = mkdtempSync(join(tmpdir(), 'shakelab-card-'));
const run = join(root, 'run');
const small = { dataset: 'digits', net: 'resnext-8-2x2d', trainSize: 64, fold: '1/4', epochs: 1 };

beforeAll(async () => {
  const config = parseConfig({ ...small, batch: 32, features: 4 });
  for await (const _ of runTraining({ folder: run, config, threads: 1 }));
});
afterAll(() => rmSync(root, { recursive: true }));

test('a model card says data, recipe, errors with intervals, calibration, code and command', async () => {
  const { files } = await exportRun(run, 'card', { threads: 1 });
  const card = readFileSync(files[0].path, 'utf8');
  for (const said of [
    /^# resnext-8-2x2d on /,
    /\| Images \| 48 training, 16 in fold 1\/4 \|/,
    /\| 2 steps of 32 images, the last of each epoch of 16; 1 epoch planned; seed 1 \|/,
    /^## Errors on fold 1\/4 of the training images$/m,
    /\| Digest \| `[0-9a-f]{64}` \|/,
    /`npx shakelab train --dataset digits --net resnext-8-2x2d .*--seed 1.*--out run`/,
    /\| Error \| [\d.]+.% \([\d.]+ to [\d.]+\) \|/,
    /\| 9 \| \d+ \| /,
    /Expected calibration error, 15 bins \| [\d.]+.%; chance alone/,
    /\| Code \| shakelab \d+\.\d+\.\d+, commit `|\| Code \| shakelab \d+\.\d+\.\d+, Node v/,
  ])
    expect(card).toMatch(said);
  expect(card).not.toMatch(/undefined|NaN|null/);
});

test('embeddings leave as an archive of arrays', async () => {
  const { files } = await exportRun(run, 'npz', { threads: 1 });
  const bytes = readFileSync(files[0].path);
  const members = await zipMembers(bytesSource(bytes, 'embeddings.npz'));
  expect(members.map(({ name }) => name)).toEqual([
    'class_names.npy',
    ...['train', 'test'].flatMap((split) =>
      ['features', 'labels', 'predictions'].map((part) => `${split}_${part}.npy`),
    ),
  ]);
  const [names, features] = members;
  expect([names.size, features.size]).toEqual([128 + 10 * 4, 128 + 48 * 4 * 4]);
  const pieces: Uint8Array[] = [];
  for await (const piece of features.pieces()) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('latin1', 0, 128);
  expect(text).toContain("{'descr': '<f4', 'fortran_order': False, 'shape': (48, 4), }");
});

test.skipIf(!python)('numpy reads the embeddings', async () => {
  const { files } = await exportRun(run, 'npz', { threads: 1 });
  const question = `
import hashlib, json, sys, numpy
found = numpy.load(sys.argv[1])
print(json.dumps({name: [str(a.dtype), a.shape, a.ravel()[:2].tolist(), hashlib.sha256(a.tobytes()).hexdigest()] for name, a in found.items()}))`;
  const seen = JSON.parse(
    execFileSync(python!, ['-c', question, files[0].path], { encoding: 'utf8' }),
  );
  expect(seen.class_names.slice(0, 3)).toEqual(['<U1', [10], ['0', '1']]);
  const { trainer } = await openRun(run, { threads: 1 });
  const { features } = await trainer.embed('train', 'evaluate');
  trainer.close();
  expect(seen.train_features[3]).toBe(
    sha256(new Uint8Array(features.buffer, features.byteOffset, features.byteLength)),
  );
  expect(seen.train_features.slice(0, 2)).toEqual(['float32', [48, 4]]);
  expect(seen.test_labels.slice(0, 2)).toEqual(['uint16', [16]]);
});
