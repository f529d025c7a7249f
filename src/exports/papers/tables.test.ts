import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RequestError } from '../../errors.ts';
import { defaultConfig } from '../../runs/fields.ts';
import type { Summary } from '../../studies/summary.ts';
import { summaryTable } from './summaryTable.ts';
import { latexFiles, markdownFiles } from './tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

const layouts = ['preact', 'preact-bn', 'bn-shake'];

/** A study's summary of models that have nothing but test errors, one a seed. */
function smallSummary(errors: Record<string, number[]>): Summary {
  const run = {
    ...{ ...defaultConfig, parameters: 1, trainCount: 1e6, testCount: 1e6, classes: 10 },
    ...{ trainLoss: 0, trainError: 1, testLoss: 0, imagesPerSecond: 1, seconds: 1, curve: [] },
  };
  return {
    ...{
      study: 'mnist',
      title: 'A study',
      about: '',
      dataset: 'mnist',
      standInFor: null,
      command: '',
    },
    data: { title: 'MNIST', source: '', shape: [1, 28, 28] },
    ...{ threads: 1, claims: [], finishedAt: '2026-01-01T00:00:00Z', seconds: 1 },
    code: { shakelab: '0', commit: null, node: '' },
    machine: { cpu: '', processors: 1, platform: '' },
    runs: Object.entries(errors).flatMap(([model, values], place) =>
      values.map((testError, seed) => {
        return {
          ...run,
          id: `${model}${seed}`,
          model,
          layout: layouts[place],
          seed: seed + 1,
          testError,
        };
      }),
    ),
  };
}

/** Keeps the summary of models by their test errors, or of other runs. */
function keep(errors: Record<string, number[]>, runs = smallSummary(errors).runs): void {
  writeFileSync(join(folder, 'summary.json'), JSON.stringify({ ...smallSummary(errors), runs }));
}

const textOf = async (files: Promise<{ content: Uint8Array | string }[]>) =>
  String((await files)[0].content);

test('the best is marked where it can be told from all others', async () => {
  keep({ A_1: [1, 1.1, 0.9, 1.05], 'B & C': [9, 9.3, 8.8, 9.1], D: [12, 12.2, 11.7, 12.1] });
  const markdown = await textOf(markdownFiles(folder));
  expect(markdown).toContain('| Model | Seeds | Test error (%) |');
  expect(markdown).toContain('| A_1 | 4 | **1.01 ± 0.09** |');
  expect(markdown).toContain('| B & C | 4 | 9.05 ± 0.21 |');
  expect(markdown).toContain('over 3 pairs of models');
  const latex = await textOf(latexFiles(folder));
  expect(latex).toContain('A\\_1 & $\\mathbf{1.01 \\pm 0.09}$');
  expect(latex).toContain('B \\& C & $9.05 \\pm 0.21$');
  expect(latex).toContain('Test error (\\%)');
  expect(latex).not.toMatch(/[±≤α]/);
});

test.each([
  ['a runner-up that is as good', { A: [1, 1.4, 0.9], B: [1.1, 1.3, 1], C: [9, 9.3, 8.8] }],
  ['one seed', { A: [1], B: [9] }],
  ['one model', { A: [1, 1.1, 1.2] }],
])('nothing is marked for %s', async (_, errors) => {
  keep(errors);
  const { rows } = await summaryTable(folder);
  expect(rows.flatMap(({ cells }) => cells).some(({ best }) => best)).toBe(false);
  expect(await textOf(markdownFiles(folder))).not.toContain('**');
});

test('budgets are models of their own', async () => {
  const runs = smallSummary({ '5 epochs': [3, 4], '10 epochs': [1, 2] }).runs;
  const own = runs.map((run) => ({
    ...run,
    layout: 'preact',
    epochs: run.model === '5 epochs' ? 5 : 10,
  }));
  keep({ A: [1] }, own);
  const { rows } = await summaryTable(folder);
  expect(rows.map(({ name, cells }) => [name, cells[0].statistic?.mean])).toEqual([
    ['5 epochs', 3.5],
    ['10 epochs', 1.5],
  ]);
});

test.each([
  ['fold', '1/2', '2/2'],
  ['learningRate', 0.1, 0.2],
  ['validation', 'none', '0.1'],
])('runs of a model that differ in %s have no row', async (key, one, other) => {
  const [run] = smallSummary({ A: [1] }).runs;
  keep({ A: [1] }, [
    { ...run, [key]: one },
    { ...run, [key]: other },
  ]);
  await expect(summaryTable(folder)).rejects.toThrow(`runs of A differ in ${key}, so that`);
});

const data = { title: 'MNIST', validation: 100 };
const round = (epochs: number, outcomes: object[]) => ({ number: 1, epochs, outcomes });

test.each([
  [
    'layouts',
    (of: string) => ({ layout: of, mixing: 'even' }),
    ['preact, even', 'preact-bn, even', 'postact, even'],
  ],
  [
    'settings',
    (of: string) => ({ number: 1, choice: { layout: of, learningRate: 0.1 } }),
    ['layout preact, lr 0.1', 'layout preact-bn, lr 0.1', 'layout postact, lr 0.1'],
  ],
])(
  'a search over %s has a row for all that it tried, what came furthest first',
  async (_, of, names) => {
    const search = {
      ...{ title: 'A search', data },
      rounds: [
        round(2, [
          { ...of('preact-bn'), errors: [4, 5] },
          { ...of('preact'), errors: [5, 6] },
          { ...of('postact'), errors: [8, 9] },
        ]),
        round(4, [
          { ...of('preact'), errors: [1, 2] },
          { ...of('preact-bn'), errors: [3, 4] },
        ]),
      ],
    };
    writeFileSync(join(folder, 'summary.json'), JSON.stringify(search));
    const markdown = await textOf(markdownFiles(folder));
    expect(markdown.split('\n').slice(0, 5)).toEqual([
      '| Model | Rounds | 2 epochs (%) | 4 epochs (%) |',
      '| --- | ---: | ---: | ---: |',
      `| ${names[0]} | 2 | 5.50 ± 0.71 | 1.50 ± 0.71 |`,
      `| ${names[1]} | 2 | 4.50 ± 0.71 | 3.50 ± 0.71 |`,
      `| ${names[2]} | 1 | 8.50 ± 0.71 |  |`,
    ]);
    expect(markdown).toMatch(
      /A search, MNIST\. Validation error of each round.* over 2 seeds\..*none is marked/,
    );
    expect(await textOf(latexFiles(folder))).toContain(
      `${names[2]} & 1 & $8.50 \\pm 0.71$ &  \\\\`,
    );
  },
);

test('of many measures, LaTeX has three beside each other and the others below', async () => {
  const summary = smallSummary({ A: [1, 2], B: [3, 4] });
  const measured = { isotropy: 0.5, coverage: 2, marginTrain: 0.1, marginTest: 0.2 };
  for (const run of summary.runs) Object.assign(run, measured);
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(summary));
  const latex = await textOf(latexFiles(folder));
  const { columns } = await summaryTable(folder);
  expect(columns.length).toBeGreaterThan(3);
  expect(latex).toContain('{@{}lrrr@{}}');
  const lines = latex.split('\n').filter((line) => line.endsWith('\\\\'));
  expect(lines.filter((line) => line.includes('Model &'))).toHaveLength(
    Math.ceil(columns.length / 3),
  );
  for (const line of lines) expect(line.split(' & ').length).toBeLessThanOrEqual(4);
  for (const { heading } of columns) expect(latex).toContain(heading.split(' (')[0]);
});

test('a folder without a report is refused with what writes one', async () => {
  for (const files of [latexFiles, markdownFiles]) {
    const nowhere = files(join(folder, 'nowhere'));
    await expect(nowhere).rejects.toThrow(RequestError);
    await expect(nowhere).rejects.toThrow(/--report-only/);
  }
  writeFileSync(join(folder, 'summary.json'), '{"rounds": []}');
  await expect(latexFiles(folder)).rejects.toThrow(/summary is damaged/);
});

test('one seed has no deviation, and nothing is marked', async () => {
  keep({ A: [1], B: [9], C: [12] });
  const markdown = await textOf(markdownFiles(folder));
  expect(markdown).toContain('One seed each. Of one seed nothing is marked.');
  expect(markdown).not.toContain('**');
});
