import { expect, test } from 'vitest';
import type { ReportFigure } from './figures.ts';
import { tellFonts } from './fonts.ts';

const figure = (file: string): ReportFigure => ({
  ...{ file, content: '', section: 'embeddings', width: 'wide' },
  ...{ title: file, caption: 'Seed 1.', alternative: file },
});
const captions = async (files: string[], classNames: string[]) =>
  (await tellFonts(files.map(figure), classNames)).figures.map(({ caption }) => caption);

test('letters that no font has are told below pictures, not below SVG', async () => {
  const [picture, drawing] = await captions(['a.png', 'b.svg'], ['cat', '\u{5ffd0}']);
  expect(picture).toMatch(
    /^Seed 1\. \(no font of this machine has \u{5ffd0}: .*install one.*\.\)$/u,
  );
  expect(drawing).toBe('Seed 1.');
});

test('nothing is told where nothing lacks', async () => {
  expect(await captions(['a.png'], ['cat'])).toEqual(['Seed 1.']);
  expect((await tellFonts([figure('b.svg')], ['\u{5ffd0}'])).note).toBeNull();
});
