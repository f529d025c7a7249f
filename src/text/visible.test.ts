import { expect, test } from 'vitest';
import { visibleText } from './visible.ts';

test.each([
  ['a cat', 'a cat'],
  [' tab\tand\nline ', 'tab and line'],
  ['\x1b[31mred\x00', '\\x1b[31mred\\x00'],
  ['left\u202eright\u200b', 'left\\u202eright\\u200b'],
  ['half \ud83d pair \uffff', 'half \\ud83d pair \\uffff'],
  ['\u{e0001}', '\\u{e0001}'],
  ['柴犬 👩‍🔬 می‌خواهم', '柴犬 👩‍🔬 می‌خواهم'],
  [' \u3000', ''],
])('%j is seen as %j', (text, seen) => {
  expect(visibleText(text)).toBe(seen);
});
