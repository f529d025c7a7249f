import { expect, it } from 'vitest';
import { parseConfig } from '../runs/config.ts';
import { drawnCoefficients } from './coefficients.ts';

const config = parseConfig({ dataset: 'digits', net: 'resnext-8-2x4d', batch: 256 });
const data = { title: '', source: '', train: 1000, test: 100 };
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

it('counts every block, branch and image, the same at every call', () => {
  const { edges, forward, backward, law } = drawnCoefficients({ config, data }, 5);
  expect([law, edges.length, edges[0], edges.at(-1)]).toEqual(['shake-shake', 25, 0, 1]);
  expect([sum(forward), sum(backward)]).toEqual([3 * 2 * 256, 3 * 2 * 256]);
  expect(drawnCoefficients({ config, data }, 5).forward).toEqual(forward);
  expect(drawnCoefficients({ config, data }, 6).forward).not.toEqual(forward);
});

it('shows an even law as one bar', () => {
  const { forward } = drawnCoefficients({ config: { ...config, mixing: 'even' }, data }, 5);
  expect(forward.filter((count) => count > 0)).toEqual([3 * 2 * 256]);
});

it('shows a strength that is still on its ramp', () => {
  const early = { ...config, epochs: 10, mixing: 'shake-shake:ramp=1' };
  const spread = (step: number) =>
    drawnCoefficients({ config: early, data }, step).forward.filter((count) => count > 0).length;
  expect(spread(0)).toBe(1);
  expect(spread(10)).toBeLessThan(spread(39));
});
