import { expect, test } from 'vitest';
import { oneBranch, ownLaw } from './ownLaw.ts';

test('the law lets one branch through, and trains', async () => {
  const pass = { seed: 1, step: 2, block: 0, blocks: 3, branches: 2, samples: 64 };
  const [forward, backward] = [new Float32Array(128), new Float32Array(128)];
  oneBranch.draw(pass, forward, backward);
  const sums = Array.from({ length: 64 }, (_, i) => forward[i] + forward[64 + i]);
  expect(new Set(sums)).toEqual(new Set([1]));
  expect(new Set(forward)).toEqual(new Set([0, 1]));
  expect(await ownLaw(256, 1)).toBeLessThan(100);
});
