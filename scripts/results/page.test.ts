import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withBlocks } from './blocks.ts';
import type { FoundStudy } from './found.ts';
import { madePage } from './page.ts';
import { shortenBlock } from './shorten.ts';

it('the page of the evidence and its figures are what `npm run evidence` makes of all that is committed', async () => {
  for (const [path, text] of Object.entries(await madePage())) {
    expect(readFileSync(path, 'utf8'), path).toBe(text);
  }
});

it('says what was tried of recipes, and what fresh seeds say of the best', () => {
  expect(shortenBlock([])).toBe('No recipe is tried yet.');
  const error = { count: 2, mean: 3.25, deviation: 0.1, halfWidth: 0.9 };
  const contrast = {
    ...{ difference: -1, halfWidth: 0.4, simultaneous: 0.5, test: 'paired', probability: 0.01 },
    ...{ adjusted: 0.02, sign: -1, seeds: 2, unjudged: null, tolerances: [] },
  };
  const summary = {
    ...{ data: { title: 'MNIST' }, runs: [{ net: 'resnext-20-2x4d' }], winner: 'ema=0.99' },
    tried: [
      { recipe: 'plain', error, contrast: null },
      { recipe: 'ema=0.99', error, contrast },
    ],
    outcomes: [
      { which: 'winner', epochs: 5, error },
      { which: 'longer', epochs: 15, error },
    ],
    confirmations: [{ against: 'longer', contrast }],
  };
  const study = { name: 'shorten-mnist', evidence: {}, summary } as unknown as FoundStudy;
  const text = shortenBlock([study]).replaceAll('\u202f', ' ');
  expect(text).toContain('`shorten-mnist`, MNIST, resnext-20-2x4d: the trials chose ema=0.99.');
  expect(text).toContain('| plain | 3.25 ± 0.90 | 2 | – | – |');
  expect(text).toContain(
    '| longer | 15 | 3.25 ± 0.90 | 2 | −1.00 % ± 0.40 % (± 0.50 % simultaneous) | told apart |',
  );
  expect(text).not.toMatch(/undefined|NaN|null/);
});

it('writes the blocks of a page anew, and nothing else', () => {
  const page = 'a\n<!-- x -->\nold $& \n<!-- end -->\nb\n<!-- y -->\n<!-- end -->\n';
  expect(withBlocks(page, { x: 'new $&', y: '' })).toBe(
    'a\n<!-- x -->\n\nnew $&\n\n<!-- end -->\nb\n<!-- y -->\n\n\n\n<!-- end -->\n',
  );
  expect(() => withBlocks(page, { x: '' })).toThrow('asks for y');
  expect(() => withBlocks(page, { x: '', y: '', z: '' })).toThrow('no place for z');
});
