import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { openDataset } from '../data/datasets.ts';
import { defaultConfig } from '../runs/fields.ts';
import { keepSheets, sheetFigures } from './sheets.ts';

const runs = ['none', 'shift', 'auto', 'shift', 'rotate+crop-flip'].map((augment) => ({
  config: { ...defaultConfig, augment },
}));

test('a sheet for each way that varies images, which the report finds in the folder', async () => {
  const [out, dataset] = [await temporaryFolder(), await openDataset('digits', { trainSize: 40 })];
  expect(await sheetFigures(out, runs)).toEqual([]);
  await keepSheets(out, dataset, runs);
  const figures = await sheetFigures(out, runs);
  expect(figures.map(({ file, title }) => [file, title])).toEqual([
    ['augmentation-2.png', 'shift'],
    ['augmentation-4.png', 'rotate+crop-flip'],
  ]);
  const { width, height } = await loadImage(Buffer.from(figures[0].content));
  // Ten images across with gaps and margins, eight rows with their names.
  expect([width, height]).toEqual([
    20 + 10 * 84 + 9 * 6 + 18 + 20,
    50 + 8 * (84 + 22) + 7 * 6 + 10,
  ]);
  expect(existsSync(join(out, 'augmentation', '1.png'))).toBe(false);
});
