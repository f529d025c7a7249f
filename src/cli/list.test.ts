import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from '../runs/config.ts';
import { configFields, configKeys } from '../runs/fields.ts';
import { listChoices, markdownTable } from './list.ts';

test("the README's table is what the code lists: shakelab list --markdown", () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(unpadded(readme)).toContain(unpadded(markdownTable(listChoices())));
});

/** The formatter pads a table's cells. */
const unpadded = (markdown: string): string =>
  markdown.replace(/ *\| */g, '|').replace(/\|-{3,}(?=\|)/g, '|---');

test('every flag in it is one that a run takes, and every row has a source', () => {
  for (const { flag, source } of listChoices()) {
    const [name, value] = flag.split(' ');
    const key = configKeys.find((of) => `--${configFields[of].flag}` === name);
    expect(key, flag).toBeDefined();
    expect(() => parseConfig({ [key!]: value })).not.toThrow();
    expect(source).toMatch(/\d{4}/);
  }
});
