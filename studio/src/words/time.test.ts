import { expect, test } from 'vitest';
import { spanText, whenText } from './time.ts';

test.each([
  [0.04, '0.04 s'],
  [41.6, '42 s'],
  [730, '12 min'],
  [12_000, '3 h 20 min'],
  [187_200, '2 d 4 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text);
});

test('today needs no date, another year says which', () => {
  const now = new Date(2026, 10, 24, 20, 0);
  expect(whenText(new Date(2026, 10, 24, 14, 5).toISOString(), now)).toBe('14:05');
  expect(whenText(new Date(2026, 10, 3, 14, 5).toISOString(), now)).toBe('3 Nov 14:05');
  expect(whenText(new Date(2025, 10, 3, 14, 5).toISOString(), now)).toBe('3 Nov 2025 14:05');
  expect(whenText(null, now)).toBe('–');
});
