import { expect, test } from 'vitest';
import { markdownTable, markdownText } from './markdown.ts';

test('columns lean as they are told to, others to the left', () => {
  expect(markdownTable(['a', 'b'], [['x', '1']], [undefined, 'right'])).toBe(
    '| a | b |\n| --- | ---: |\n| x | 1 |',
  );
});

test('text of others stays within its cell', () => {
  expect(markdownTable(['a'], [[markdownText('x|y\\`z`')]])).toContain('| x\\|y\\\\\\`z\\` |');
});
