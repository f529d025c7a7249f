import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitted, fittedNames } from './fit.ts';

it.each([
  ['ship', 4, 'ship'],
  ['airplane', 6, 'air…ne'],
  ['airplane', 2, 'a…'],
  ['airplane', 1, '…'],
  ['🐘🐘🐘🐘', 3, '🐘…🐘'],
])('%s in %i', (text, width, shown) => {
  expect(fitted(text, width)).toBe(shown);
});

it('measures as it is told to', () => {
  expect(fitted('wide', 30, (text) => 10 * text.length)).toBe('w…e');
});

it('letters of several code points stay whole, and control characters are seen', () => {
  expect(fitted('👩‍🔬'.repeat(12), 5)).toBe('👩‍🔬👩‍🔬…👩‍🔬👩‍🔬');
  expect(fitted('\x1b[0m', 20)).toBe('\\x1b[0m');
});

it('names alike are counted, and so is a name that looks like a count', () => {
  const names = ['a', 'a', 'a (2)', ' ', '\t', 'a very long name', 'a very bad name'];
  const shown = ['a', 'a (2)', 'a (2) (2)', '(no name)', '(n…e) (2)', 'a ve…name', 'a…me (2)'];
  expect(fittedNames(names, 9)).toEqual(shown);
});

it('any names are fitted and distinct', () => {
  const any = fc.string({ unit: 'binary', maxLength: 60 });
  const letters = new Intl.Segmenter('en');
  fc.assert(
    fc.property(
      fc.array(any, { maxLength: 15 }),
      fc.integer({ min: 6, max: 40 }),
      (names, width) => {
        const shown = fittedNames([...names, ...names], width);
        expect(new Set(shown).size).toBe(2 * names.length);
        for (const name of shown)
          expect([...letters.segment(name)].length).toBeLessThanOrEqual(width);
      },
    ),
    { numRuns: 30 },
  );
});
