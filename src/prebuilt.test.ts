import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { prebuiltTarget } from './prebuilt.ts';

const definition = new URL('../scripts/native/definition.mjs', import.meta.url).href;

test('this platform is called as among what is prebuilt', async () => {
  const { targets } = await import(definition);
  expect(Object.keys(targets)).toContain(prebuiltTarget());
});

test.runIf(process.platform === 'linux')('the C library is the one that Node is linked to', () => {
  const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' });
  const libc = libraries.includes('musl') ? 'musl' : 'glibc';
  expect(prebuiltTarget()).toBe(`linux-${process.arch}-${libc}`);
});
