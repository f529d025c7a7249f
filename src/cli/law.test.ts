import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shakelab } from '../../testkit/shakelab.ts';
import { laws } from '../mixing/index.ts';
import { drawLaw, sampleBlocks } from './law.ts';

const page = (name: string): string =>
  readFileSync(new URL(`../../docs/laws/${name}`, import.meta.url), 'utf8');

describe.each(Object.entries(laws))('docs/laws: %s', (name, { options, source, summary }) => {
  test('the page names the flag, every option, the source and how the figure is made', () => {
    const text = page(`${name}.md`);
    expect(text).toContain(`--mixing ${name}`);
    const shared = name === 'sub-band' ? page('shake-shake.md') : '';
    for (const option of Object.keys(options.shape))
      expect(text + shared).toContain(`\`${option}\``);
    expect(text).toContain(source.match(/(arXiv|doi):\S+/)![0]);
    expect(text).toMatch(new RegExp(`shakelab law ${name}( --branches 1)? --out docs/laws/`));
    expect(page('README.md')).toContain(`| [\`${name}\`](${name}.md) | ${summary} |`);
  });

  test('the figure is what the code draws now', () => {
    const branches = page(`${name}.md`).includes('--branches 1') ? 1 : 2;
    const { samples } = sampleBlocks(name, { branches });
    const same = page(`${name}.svg`) === drawLaw(name, samples);
    expect(same, `draw docs/laws/${name}.svg anew, as the page says`).toBe(true);
  });
});

test('every page has a law', () => {
  const linked = [...page('README.md').matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => name);
  expect(linked).toEqual(Object.keys(laws));
  for (const name of linked)
    expect(existsSync(new URL(`../../docs/laws/${name}.md`, import.meta.url))).toBe(true);
});

describe('shakelab law', () => {
  test('prints moments for machines', async () => {
    const { code, out } = await shakelab('law', 'stochastic-depth:gate=image', '--json');
    expect(code).toBe(0);
    const { law, rows } = JSON.parse(out);
    expect(law).toBe('stochastic-depth:gate=image');
    expect(rows).toHaveLength(6);
    expect(rows[4]).toMatchObject({ block: '9/9', pass: 'forward', least: 0, evaluation: 0.25 });
  });

  test('refuses a law that does not parse, and one that needs more branches', async () => {
    expect((await shakelab('law', 'shake')).code).toBe(2);
    const { code, err } = await shakelab('law', 'sub-band', '--branches', '1');
    expect(code).toBe(2);
    expect(err).toContain('nothing to shake');
  });
});
