import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../../testkit/dataFiles.ts';
import { plainPng } from '../../testkit/ownData.ts';
import { parseConfig } from '../runs/config.ts';
import { runTraining } from '../runs/lifecycle.ts';
import { openRun } from '../runs/open.ts';
import { exportRun } from './export.ts';
import { exportedNet } from './exportedNet.ts';
import { type ExportFormatName, exportFormatNames } from './formats.ts';
import { onnxModel } from './onnx/onnx.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-export-'));
const run = join(root, 'run');
const withoutData = ['onnx', 'pytorch', 'card'] satisfies ExportFormatName[];
const withData = ['npz', 'tensorboard'] satisfies ExportFormatName[];

/** The files that an export leaves, by name. */
async function exported(format: ExportFormatName): Promise<Record<string, Buffer>> {
  const { files } = await exportRun(run, format, { out: join(root, format), threads: 1 });
  return Object.fromEntries(files.map(({ path }) => [path, readFileSync(path)]));
}

describe('a run of a folder of pictures', () => {
  let data: string;
  const before = new Map<string, Record<string, Buffer>>();
  let model: Uint8Array;

  beforeAll(async () => {
    data = await temporaryFolder();
    for (let i = 0; i < 24; i++)
      await writeFiles(data, {
        [`${i % 2 ? 'dark' : 'bright'}/${i}.png`]: await plainPng([i % 2 ? i : 255 - i], {
          ...{ height: 8, width: 8 },
        }),
      });
    const config = parseConfig({
      ...{ dataset: data, net: 'resnext-8-2x2d', epochs: 1, batch: 16, averageDecay: 0.9 },
    });
    for await (const _ of runTraining({ folder: run, config, threads: 1 }));
    for (const format of withoutData) before.set(format, await exported(format));
    const opened = await openRun(run, { threads: 1 });
    model = onnxModel(await exportedNet(opened));
    opened.trainer.close();
    rmSync(data, { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each(withoutData)('leaves as %s without its data, the same bytes', async (format) => {
    expect(await exported(format)).toEqual(before.get(format));
  });

  test('leaves by its record and checkpoint as it is in memory', () => {
    expect(Object.values(before.get('onnx')!)).toEqual([Buffer.from(model)]);
  });

  test.each(['latex', 'markdown', 'pdf'] as const)(
    'is not taken for a study by %s',
    async (form) => {
      await expect(exported(form)).rejects.toThrow(
        `${run}: a run, but ${form} is made of a study; give a study's folder, or one of onnx, page, `,
      );
    },
  );

  test.each(withData)('needs its data as %s', async (format) => {
    await expect(exported(format)).rejects.toThrow(data);
  });
});

test('every form is of a run, which these tests have with and without data, of a study, or a page', () => {
  const ofStudies = ['latex', 'markdown', 'pdf'];
  expect([...withoutData, ...withData, ...ofStudies, 'page'].sort()).toEqual(
    exportFormatNames.toSorted(),
  );
});

test('a study is not taken for a run, nor a setting of another form passed over', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { 'study.json': Buffer.from('{}') });
  await expect(exportRun(folder, 'onnx')).rejects.toThrow(
    `${folder}: a study, but onnx is made of a run; give the folder of one in ${folder}/runs, or one of latex, markdown, pdf`,
  );
  rmSync(folder, { recursive: true });
  await expect(exportRun(run, 'onnx', { runtime: 'x' })).rejects.toThrow(
    'runtime x: only page takes it, and onnx is to be written; leave it out',
  );
  await expect(exportRun(run, 'page', { font: 'x' })).rejects.toThrow('font x: only pdf takes it');
});
