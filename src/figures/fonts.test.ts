import { expect, test } from 'vitest';
import { fontsNote } from './fonts.ts';

test('a machine without fonts is told so', () => {
  expect(fontsNote(['cat'], [])).toMatch(/^this machine has no fonts: .* install one/);
});

test('letters that no font has are named, others are not', () => {
  expect(fontsNote(['cat', 'Ökologie', '…'])).toBeNull();
  const unassigned = [
    '\u{5ffd0}',
    '\u{5ffd1}',
    'a',
    ...Array.from('\u{5ffd2}\u{5ffd3}\u{5ffd4}\u{5ffd5}'),
  ];
  expect(fontsNote(unassigned)).toMatch(/has \u{5ffd0} \u{5ffd1} .* and 1 more letters: .* boxes/u);
});
