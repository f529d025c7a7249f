import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeTrainer } from '../../testkit/fakeTrainer.ts';
import { fuzzText } from '../../testkit/fuzz.ts';
import type { Dataset } from '../data/dataset.ts';
import { openDataset } from '../data/datasets.ts';
import { RequestError } from '../errors.ts';
import { defaultConfig } from './fields.ts';
import { checkFolder, createRecord, keptConfig, parseRecord, readRecord } from './folder.ts';
import { checkData } from './sameData.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

const config = { ...defaultConfig, dataset: 'digits', trainSize: 32, seed: 7 };

async function createRun(): Promise<void> {
  const dataset = await openDataset('digits', { trainSize: 32, testSize: 16 });
  const trainer = fakeTrainer({ epochs: 1, stepsPerEpoch: 1 });
  await createRecord(folder, { config, dataset, trainer });
}

describe('a run folder', () => {
  it('is free when missing or empty', async () => {
    expect(await checkFolder(join(folder, 'missing'), config, false)).toBe(false);
    expect(await checkFolder(folder, config, false)).toBe(false);
    expect(await checkFolder(folder, config, true)).toBe(false);
    expect(await keptConfig(folder)).toBeUndefined();
  });

  it('is found by a path through a folder that is not there, as its files are', async () => {
    await createRun();
    const roundabout = `${folder}/nowhere/..//`;
    expect(await checkFolder(roundabout, config, true)).toBe(true);
    expect(await keptConfig(roundabout)).toEqual(config);
  });

  it('is free when a killed process left its beginnings', async () => {
    await writeFile(join(folder, 'run.json.partial'), '{');
    await writeFile(join(folder, 'training.lock'), '1');
    expect(await checkFolder(folder, config, true)).toBe(false);
  });

  it('carries its identity', async () => {
    await createRun();
    const record = await readRecord(folder);
    expect(record).toMatchObject({ config, seed: 7, parameters: 2 });
    expect(record.differs).toEqual({ dataset: 'digits', trainSize: 32, seed: 7 });
    expect(record.data).toMatchObject({ train: 32, test: 16 });
    expect(record.images).toMatchObject({ channels: 1, height: 28, classNames: { length: 10 } });
    expect(record.code.node).toBe(process.version);
    expect(record.code.shakelab).toMatch(/^\d+\.\d+\.\d+/);
    expect(record.machine.processors).toBeGreaterThan(0);
    expect(new Date(record.startedAt).toISOString()).toBe(record.startedAt);
    expect(await keptConfig(folder)).toEqual(config);
  });

  it('is not overwritten unasked', async () => {
    await createRun();
    await expect(checkFolder(folder, config, false)).rejects.toThrow(
      `folder ${folder}: the folder holds a run already; ` +
        'add resume to go on with it, or choose another folder',
    );
    expect(await checkFolder(folder, config, true)).toBe(true);
  });

  it('is not resumed with other settings, which are named', async () => {
    await createRun();
    const other = { ...config, batch: 64, layout: 'preact' };
    await expect(checkFolder(folder, other, true)).rejects.toThrow(
      /other settings;.*layout preact \(the run has preact-bn\)\n {2}batch 64 \(the run has 128\)/s,
    );
  });

  it('is not resumed in another precision; a record that says none means float32', async () => {
    await createRun();
    const file = join(folder, 'run.json');
    const record = JSON.parse(await readFile(file, 'utf8'));
    delete record.config.precision;
    await writeFile(file, JSON.stringify(record));
    expect(await checkFolder(folder, config, true)).toBe(true);
    await expect(checkFolder(folder, { ...config, precision: 'bf16' }, true)).rejects.toThrow(
      'precision bf16 (the run has float32)',
    );
  });

  it('is not made of a folder with other files', async () => {
    await writeFile(join(folder, 'thesis.tex'), '');
    await expect(checkFolder(folder, config, true)).rejects.toThrow(/thesis\.tex.*choose a new/);
  });

  it('is read under the format of the last release, and refused under a newer one', async () => {
    await createRun();
    const path = join(folder, 'run.json');
    const record = await readRecord(folder);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ format: 1, ...record });
    await writeFile(path, JSON.stringify(record));
    expect(await readRecord(folder)).toEqual(record);
    await writeFile(path, JSON.stringify({ format: 2, ...record }));
    const refusal = `${path}: record of format 2; shakelab`;
    await expect(readRecord(folder)).rejects.toThrow(refusal);
    await expect(checkFolder(folder, config, true)).rejects.toThrow(refusal);
  });

  it('is refused with a reason when its record is damaged or missing', async () => {
    await expect(readRecord(folder)).rejects.toThrow(/no run is kept there.*ENOENT/);
    await createRun();
    const path = join(folder, 'run.json');
    const text = await readFile(path, 'utf8');
    for (const damaged of [text.slice(0, 50), text.replace('128', '100'), '[]']) {
      await writeFile(path, damaged);
      await expect(readRecord(folder)).rejects.toThrow(RequestError);
      await expect(readRecord(folder)).rejects.toThrow(/the record is damaged/);
    }
  });
});

describe('data that are read in another way', () => {
  const dataset = (version: number): Promise<Dataset> =>
    openDataset('digits', { trainSize: 32, testSize: 16 }).then((digits) => ({
      ...digits,
      reading: { holds: 'images', version, passedOver: [], notes: [] },
    }));

  it('are refused with what to do; a record that says nothing is of version 1', async () => {
    await writeFile(join(folder, 'run.json'), JSON.stringify(record));
    await checkData(folder, await dataset(1));
    await expect(checkData(folder, await dataset(2))).rejects.toThrow(
      /was read by version 1 .* is by version 2 here.*use the shakelab that began the run \(1\.0\.0\), or/,
    );
    const kept = { ...record, data: { ...record.data, reading: 2 } };
    await writeFile(join(folder, 'run.json'), JSON.stringify(kept));
    await checkData(folder, await dataset(2));
    await expect(checkData(folder, await dataset(1))).rejects.toThrow(RequestError);
  });
});

const record = {
  ...{ config, differs: { seed: 7 }, seed: 7, parameters: 1000 },
  data: { title: 'digits', source: 'drawn by code', train: 32, test: 16 },
  code: { shakelab: '1.0.0', commit: null, node: 'v20.0.0' },
  machine: { cpu: 'a CPU', processors: 2, platform: 'linux x64' },
  startedAt: '2026-01-01T00:00:00.000Z',
};

fuzzText('run.json', {
  valid: [JSON.stringify(record), JSON.stringify({ ...record, differs: {} }, null, 2)],
  parse: (text) => parseRecord(text, 'run.json'),
  accepted: (parsed) => expect(parseRecord(JSON.stringify(parsed), 'run.json')).toEqual(parsed),
  words: Object.keys(record).map((key) => `"${key}":`),
});
