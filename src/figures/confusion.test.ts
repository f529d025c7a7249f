import { expect, test } from 'vitest';
import { drawConfusion } from './confusion.ts';
import { strengthOf } from './confusionGrid.ts';
import { drawReliability } from './reliability.ts';
import { drawWrongest } from './wrongest.ts';

const classNames = ['cat & dog', 'a class whose name is far too long', 'never'];
const confusion = [
  [8, 2, 0],
  [0, 1234, 0],
  [0, 0, 0],
];
const texts = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test('a confusion matrix shows counts that are not 0, names, recall and precision', () => {
  const svg = drawConfusion({ title: 'T', classNames, confusion });
  expect(texts(svg).filter((text) => /^[\d,.–]+$/.test(text))).toEqual([
    ...['8', '2', '1,234'],
    ...['80.0', '100.0', '100.0', '99.8', '–', '–'],
  ]);
  expect(texts(svg).filter((text) => text === 'cat &amp; dog')).toHaveLength(2);
  expect(svg).toContain('a class whose…far too long');
});

test('of very many classes, neither numbers nor names are shown', () => {
  const names = Array.from({ length: 100 }, (_, k) => `class ${k}`);
  const many = names.map((_, k) => names.map((__, other) => (k === other ? 5 : 0)));
  const svg = drawConfusion({ title: 'T', classNames: names, confusion: many });
  expect(svg).not.toContain('class 7');
  expect(texts(svg).filter((text) => text === '90')).toHaveLength(2);
  expect(svg.match(/fill-opacity="1"/g)).toHaveLength(100);
  expect(Number(/width="(\d+)/.exec(svg)![1])).toBeLessThan(900);
});

test('few mistakes of a class are seen, none are not', () => {
  expect(strengthOf(0, 0)).toBe(0);
  expect(strengthOf(1, 1000)).toBeGreaterThan(0.08);
  expect(strengthOf(10, 10)).toBe(1);
});

test('a reliability diagram has a dot and a bar for each bin with predictions', () => {
  const bins = [
    { low: 0, high: 0.5, count: 0, confidence: null, accuracy: null },
    {
      low: 0.5,
      high: 1,
      count: 40,
      confidence: 0.9,
      accuracy: { share: 0.5, low: 0.4, high: 0.6 },
    },
  ];
  const svg = drawReliability('T', [{ name: 'as trained', calibration: { bins } }]);
  expect(svg.match(/<circle/g)).toHaveLength(1);
  expect(svg).toContain('cx="288" cy="160"');
  expect(texts(svg)).toContain('40');
  expect(texts(svg)).toContain('as trained');
});

test('a sheet of wrong images is a PNG as high as its rows', async () => {
  const sample = { image: new Uint8Array(4).fill(200), confidence: 0.98 };
  const named = { ...sample, trueClass: 'cat', predictedClass: 'dog' };
  const size = { channels: 1, height: 2, width: 2 };
  const heights = [1, 6, 7].map(async (count) => {
    const png = await drawWrongest('Wrong', size, Array(count).fill(named));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    return png.readUInt32BE(20);
  });
  expect(await Promise.all(heights)).toEqual([448, 448, 784]);
});
