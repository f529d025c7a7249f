import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecord } from '../../runs/folder.ts';
import { closingTable } from './closing.ts';
import { foldedError } from './findings.ts';
import { foldsStudy, runFoldsStudy } from './folds.ts';
import type { FoldsSummary } from './summary.ts';

let out: string;
let summary: FoldsSummary;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'shakelab-folds-'));
  const options = { dataset: 'digits', net: 'resnext-8-2x4d', trainSize: '96', epochs: '1' };
  const study = { ...options, batch: '16', folds: 3, repeats: 2, threads: 1, out };
  for await (const event of runFoldsStudy(study)) {
    if (event.kind === 'done') ({ summary } = event);
  }
});

afterAll(() => rm(out, { recursive: true, force: true }));

describe('study folds', () => {
  it('tests every training image once a repeat, and says which fold each run is', async () => {
    const tested = summary.runs.map(({ fold, trainCount, testCount }) => [
      fold,
      trainCount,
      testCount,
    ]);
    expect(tested).toEqual([
      ...[1, 2, 3].map((index) => [`${index}/3`, 64, 32]),
      ...[1, 2, 3].map((index) => [`${index}/3:2`, 64, 32]),
    ]);
    const { config } = await readRecord(join(out, 'runs/repeat2.fold3'));
    expect(config.fold).toBe('3/3:2');
  });

  it('has the mean of the folds with its corrected interval', () => {
    expect(summary.folds).toEqual({ of: 3, repeats: 2, ...foldedError(summary.runs) });
    expect(summary.folds.mean).toBeGreaterThan(0);
  });

  it('pools the predictions of each repeat: the same errors, counted over all images', () => {
    expect(summary.pooled.map(({ repeat, samples }) => [repeat, samples])).toEqual([
      [1, 96],
      [2, 96],
    ]);
    const firstErrors = summary.runs.slice(0, 3).map(({ testError }) => testError);
    const mean = firstErrors.reduce((sum, error) => sum + error, 0) / 3;
    expect(100 * (1 - summary.pooled[0].accuracy.share)).toBeCloseTo(mean, 6);
  });

  it('tells each class over the folds of the first repeat', async () => {
    const classes = summary.classes!;
    expect(classes.map(({ name }) => name)).toEqual([...'0123456789']);
    expect(classes.reduce((sum, { images }) => sum + images, 0)).toBe(96);
    const hits = classes.reduce((sum, { images, recall }) => sum + images * recall!.share, 0);
    expect(hits / 96).toBeCloseTo(summary.pooled[0].accuracy.share, 9);
    const { document } = parseHTML(await readFile(join(out, 'report.html'), 'utf8'));
    expect(document.querySelectorAll('#classes tbody tr')).toHaveLength(10);
    expect(document.querySelectorAll('#confusion figure')).toHaveLength(1);
  });

  it('writes a report with a row a fold, which loads nothing', async () => {
    const page = await readFile(join(out, 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('#measures tbody tr')).toHaveLength(6);
    expect(document.querySelectorAll('script, link')).toHaveLength(0);
    expect(page).not.toMatch(/undefined|NaN|published/);
    expect(summary.command).toContain('study folds --folds 3 --repeats 2');
  });

  it('refuses a single fold, and a config that names one', () => {
    expect(() => foldsStudy.settle({ folds: 1 })).toThrow('must be a whole number from 2');
  });

  it('refuses more folds than images before it plans any', async () => {
    const refused = join(out, 'refused');
    const study = runFoldsStudy({ dataset: 'digits', trainSize: 64, folds: 100, out: refused });
    await expect(study.next()).rejects.toThrow('folds 100: 64 training images cannot be divided');
    expect(existsSync(refused)).toBe(false);
  });
});

describe('foldedError', () => {
  const folded = (errors: readonly number[], trainCount: number) =>
    foldedError(errors.map((testError) => ({ testError, testCount: 20, trainCount })));

  it('widens the interval for what folds share', () => {
    // s = 1, J = 5: √(1/5 + 1/4) t(0.975, 4) = 0.6708 · 2.7764, instead of 0.4472 · 2.7764.
    const errors = [
      -1.2649110640673518, -0.6324555320336759, 0, 0.6324555320336759, 1.2649110640673518,
    ];
    expect(folded(errors, 80).halfWidth).toBeCloseTo(0.67082 * 2.776445, 4);
    // Of the 80 a quarter is held out to choose by: √(1/5 + 20/60) t(0.975, 4), scipy.stats.t.ppf.
    expect(folded(errors, 60).halfWidth).toBeCloseTo(2.027628818388847, 9);
  });

  it('has no interval of one fold', () => {
    expect(folded([3], 80)).toEqual({
      ...{ mean: 3, deviation: null, halfWidth: null, standardError: null },
    });
  });
});

describe('closingTable', () => {
  it('has a row a fold, and the mean with its corrected interval', () => {
    const lines = closingTable(summary)
      .split('\n')
      .map((line) => line.trim());
    expect(lines[0]).toMatch(/^repeat +fold +tested on +error$/);
    expect(lines.slice(1, 7).map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual(
      [1, 2].flatMap((repeat) => [1, 2, 3].map((fold) => [`${repeat}`, `${fold} of 3`, '32'])),
    );
    const { mean } = summary.folds;
    expect(lines.at(-1)).toContain(`error ${mean.toFixed(2)}`);
  });

  it('says where there is no interval', () => {
    const folds = { ...summary.folds, mean: 4, halfWidth: 1.5 };
    expect(closingTable({ ...summary, folds })).toMatch(/error 4\.00 ± 1\.50 %, mean of the folds/);
    const alike = closingTable({ ...summary, folds: { ...folds, halfWidth: null } });
    expect(alike).toContain('error 4.00 %, without an interval');
  });
});
