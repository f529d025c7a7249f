import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { classEntries, classMarks, layOutLegend } from './classLegend.ts';
import { drawClassCompactness } from './compactness.ts';
import { drawConfusion } from './confusion.ts';
import { theme } from './theme.ts';

const anyName = fc.string({ unit: 'binary', maxLength: 70 });
const anyNames = fc.array(anyName, { minLength: 1, maxLength: 60 });
const pen = createCanvas(1, 1).getContext('2d');
pen.font = `13px ${theme.fontFamily}`;

/** XML 1.0's production Char, the only characters a document may hold. */
const characters = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

/** The texts of a document, which must be well-formed: legal characters, tags that close. */
function textsOf(svg: string): { text: string; x: number; y: number }[] {
  expect(svg).toMatch(characters);
  expect(svg.replace(/&(amp|lt|gt|quot);/g, '')).not.toContain('&');
  const open: string[] = [];
  for (const [, closing, name, alone] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/gi)) {
    if (closing) expect(open.pop()).toBe(name);
    else if (!alone) open.push(name);
  }
  expect(open).toEqual([]);
  const { document } = parseHTML(svg);
  return [...document.querySelectorAll('svg > text')].map((element) => ({
    text: element.textContent!,
    x: Number(element.getAttribute('x')),
    y: Number(element.getAttribute('y')),
  }));
}

/** Whether no text, as wide as the canvas draws it, reaches the next one of its row. */
function expectApart(texts: readonly { text: string; x: number; y: number }[]): void {
  for (const height of new Set(texts.map(({ y }) => y))) {
    const sorted = texts.filter(({ y }) => y === height).sort((a, b) => a.x - b.x);
    sorted.slice(1).forEach(({ x }, k) => {
      expect(sorted[k].x + pen.measureText(sorted[k].text).width).toBeLessThanOrEqual(x);
    });
  }
}

test('any names: curves of classes have distinct, separate names in well-formed XML', () => {
  fc.assert(
    fc.property(anyNames, (names) => {
      const perClass = names.map(() => [0, 100]);
      const compactness = { radius: [0, 1], within: [0, 100], perClass };
      const texts = textsOf(drawClassCompactness(names[0], compactness, names));
      expect(new Set(texts.map(({ text }) => text)).size).toBe(names.length);
      expectApart(texts);
    }),
    { numRuns: 40 },
  );
});

test('any names: the legend of a sheet is distinct and separate, within its width', () => {
  fc.assert(
    fc.property(anyNames, fc.integer({ min: 260, max: 900 }), (names, width) => {
      const { entries } = layOutLegend(names, width);
      expect(new Set(entries.map(({ text }) => text)).size).toBe(names.length);
      expectApart(entries);
      for (const { text, x } of entries) {
        expect(x + 15 + pen.measureText(text).width).toBeLessThanOrEqual(width / 2 + 0.01);
      }
    }),
    { numRuns: 100 },
  );
});

test('any names: a confusion matrix is well-formed and tells the classes apart', () => {
  fc.assert(
    fc.property(anyNames, (names) => {
      const confusion = names.map((_, k) => names.map((__, other) => Number(k === other)));
      const svg = drawConfusion({ title: `Of ${names[0]}`, classNames: names, confusion });
      expect(textsOf(svg).length).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});

test('discs bear names only where all are short and distinct, legends bear what the discs do', () => {
  expect(classMarks(['0', '1', '11'])).toEqual(['0', '1', '11']);
  expect(classEntries(['0', '1', '11'])).toEqual(['0', '1', '11']);
  expect(classMarks(['猫', '犬'])).toEqual(['猫', '犬']);
  expect(classMarks(['1', 'cat'])).toEqual(['0', '1']);
  expect(classMarks(['a', 'a'])).toEqual(['0', '1']);
  const breeds = Array.from({ length: 11 }, (_, k) => `breed ${k}`);
  expect(classEntries(breeds).filter((_, k) => k > 8)).toEqual(['\u20079 breed 9', '10 breed 10']);
});
