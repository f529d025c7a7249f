import { expect, it } from 'vitest';
import { parseConfig } from '../runs/config.ts';
import { drawnCoefficients } from './coefficients.ts';

const config = parseConfig({ dataset: 'digits', net: 'resnext-8-2x4d', batch: 256 });
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

it('counts every block, branch and image, the same at every call', () => {
  const { edges, forward, backward, law } = drawnCoefficients({ config }, 5);
  expect([law, edges.length, edges[0], edges.at(-1)]).toEqual(['shake-shake', 25, 0, 1]);
  expect([sum(forward), sum(backward)]).toEqual([3 * 2 * 256, 3 * 2 * 256]);
  expect(drawnCoefficients({ config }, 5).forward).toEqual(forward);
  expect(drawnCoefficients({ config }, 6).forward).not.toEqual(forward);
});

it('shows an even law as one bar', () => {
  const { forward } = drawnCoefficients({ config: { ...config, mixing: 'even' } }, 5);
  expect(forward.filter((count) => count > 0)).toEqual([3 * 2 * 256]);
});
