import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { drawClassCompactness, drawCompactness } from './compactness.ts';

const radius = [0, 0.5, 1];

function linesOf(svg: string) {
  const { document } = parseHTML(svg);
  return [...document.querySelectorAll('g[aria-label="line"] path')];
}

function textsOf(svg: string): string[] {
  const { document } = parseHTML(svg);
  return [...document.querySelectorAll('text')].map((text) => text.textContent ?? '');
}

test('a line and a legend entry for every model, 100 % at the top', () => {
  const svg = drawCompactness([
    { title: 'PreAct', compactness: { radius, within: [0, 50, 100] } },
    { title: 'A & B', compactness: { radius, within: [0, 100, 100] } },
  ]);
  expect(linesOf(svg).map((line) => line.getAttribute('d'))).toEqual([
    'M58,352L340,181L622,10',
    'M58,352L340,10L622,10',
  ]);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['PreAct', 'A & B', '0.3', '100']));
});

test('the same numbers give the same text, without a style sheet to leak into a page', () => {
  const curves = [{ title: 'PreAct', compactness: { radius, within: [0, 50, 100] } }];
  expect(drawCompactness(curves)).toBe(drawCompactness(curves));
  expect(drawCompactness(curves)).not.toContain('<style');
});

test("each class's curve, empty classes left out", () => {
  const perClass = [[0, 10, 100], null, [0, 90, 100]];
  const compactness = { radius, within: [0, 50, 100], perClass };
  const svg = drawClassCompactness('PreAct', compactness, ['zero', 'one', 'two']);
  expect(linesOf(svg)).toHaveLength(2);
  expect(textsOf(svg)).toContain('two');
  expect(textsOf(svg)).not.toContain('one');
});
