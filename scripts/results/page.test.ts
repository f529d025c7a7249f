import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withBlocks } from './blocks.ts';
import { madePage } from './page.ts';

it('the page of the evidence and its figures are what `npm run evidence` makes of all that is committed', async () => {
  for (const [path, text] of Object.entries(await madePage())) {
    expect(readFileSync(path, 'utf8'), path).toBe(text);
  }
});

it('writes the blocks of a page anew, and nothing else', () => {
  const page = 'a\n<!-- x -->\nold $& \n<!-- end -->\nb\n<!-- y -->\n<!-- end -->\n';
  expect(withBlocks(page, { x: 'new $&', y: '' })).toBe(
    'a\n<!-- x -->\n\nnew $&\n\n<!-- end -->\nb\n<!-- y -->\n\n\n\n<!-- end -->\n',
  );
  expect(() => withBlocks(page, { x: '' })).toThrow('asks for y');
  expect(() => withBlocks(page, { x: '', y: '', z: '' })).toThrow('no place for z');
});
