import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeLease } from '../../../testkit/leaseProcess.ts';
import { checkpointPath } from '../../runs/checkpoint.ts';
import { parseConfig } from '../../runs/config.ts';
import { writePart } from '../../runs/leaseFiles.ts';
import { runTraining } from '../../runs/lifecycle.ts';
import { decodeSafetensors, encodeSafetensors } from '../../runs/safetensors.ts';
import { measurementsPath, pointsFile } from '../measurements.ts';
import { Measurer } from './measurer.ts';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-measurer-'));
  folder = join(root, 'run');
  const small = { net: 'resnext-8-2x4d', features: 4, trainSize: 128, epochs: 1, batch: 64 };
  const config = parseConfig({ dataset: 'digits', ...small });
  for await (const _ of runTraining({ folder, config, threads: 1 }));
});
afterAll(() => rm(root, { recursive: true }));

/** What a measurer that knows nothing yet tells while it measures the run, and what it finds. */
async function measure(measurer?: Measurer) {
  const told: (string | null)[] = [];
  const fresh = new Measurer((_, doing) => told.push(doing));
  const measurements = await (measurer ?? fresh).measure({ id: 'run', folder });
  return { told, measurements };
}

/** Makes the checkpoint newer than all that was made of it, as training does. */
const touchCheckpoint = () => {
  const later = new Date(Date.now() + 5000);
  return utimes(checkpointPath(folder), later, later);
};

it('embeds a run once, tells what it does, and keeps what it found', async () => {
  const { told, measurements } = await measure();
  expect(told).toContain('embedding test images in evaluate mode');
  expect(told.at(-1)).toBeNull();
  expect(measurements.testError).toBeGreaterThan(0);
  expect((await pointsFile(folder, measurements, 'test.evaluate')).length).toBeGreaterThan(1000);
  expect(await measure()).toEqual({ told: [], measurements });
});

it('only measures what a study or `embed` has embedded already', async () => {
  const { measurements } = await measure();
  await rm(join(folder, 'embeddings', 'observed.json'));
  expect(await measure()).toEqual({ told: ['measuring', null], measurements });
});

it('measures anew where a release of another format measured before', async () => {
  const { measurements } = await measure();
  const kept = JSON.parse(await readFile(measurementsPath(folder), 'utf8'));
  await writeFile(measurementsPath(folder), JSON.stringify({ ...kept, format: 2 }));
  expect(await measure()).toEqual({ told: ['measuring', null], measurements });
  const path = join(folder, 'embeddings', 'test.evaluate.safetensors');
  const { tensors } = decodeSafetensors(await readFile(path), path);
  await writeFile(path, encodeSafetensors({ tensors, metadata: { format: '2' } }));
  await rm(measurementsPath(folder));
  const again = await measure();
  expect(again.told).toContain('embedding test images in evaluate mode');
  expect(again.measurements).toEqual(measurements);
});

it('embeds anew after a newer checkpoint, while the run trains no sooner than a minute later', async () => {
  const told: (string | null)[] = [];
  const measurer = new Measurer((_, doing) => told.push(doing));
  const afterCheckpoint = async () => {
    await touchCheckpoint();
    told.length = 0;
    await measure(measurer);
    return told.includes('embedding training images in train mode');
  };
  expect(await afterCheckpoint()).toBe(true);
  writeLease(folder, 9, {});
  expect(await afterCheckpoint()).toBe(false);
  await writePart(folder, 9, 'ended', 'now');
  expect(await afterCheckpoint()).toBe(true);
});

it('says what is wrong with a run that cannot be measured', async () => {
  const measurer = new Measurer(() => {});
  const nothing = { id: 'x', folder: join(root, 'none') };
  await expect(measurer.measure(nothing)).rejects.toThrow('no checkpoint yet');
  expect(await readdir(root)).toEqual(['run']);
});
