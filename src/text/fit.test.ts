import { expect, it } from 'vitest';
import { fitted } from './fit.ts';

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
