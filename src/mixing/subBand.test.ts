import { expect, test } from 'vitest';
import { assertDistribution, assertUncorrelated } from '../../testkit/distribution.ts';
import { coefficientsOf, drawLaw } from '../../testkit/drawLaw.ts';
import { RequestError } from '../errors.ts';
import { parseMixing } from './parse.ts';

const uniform = (x: number) => x;

test('every band is shaken like a whole image, and independently of the others', () => {
  const { forward, backward } = drawLaw('sub-band:bands=3');
  const bands = [0, 1, 2].map((band) => coefficientsOf(forward, { band }));
  for (const band of bands) assertDistribution(band, uniform);
  assertUncorrelated(bands[0], bands[1]);
  assertUncorrelated(bands[0], bands[2]);
  assertUncorrelated(bands[1], bands[2]);
  assertUncorrelated(bands[1], coefficientsOf(backward, { band: 1 }));
  const sums = bands.map((band, b) =>
    band.map((x, i) => x + coefficientsOf(forward, { band: b, branch: 1 })[i]),
  );
  expect(sums.every((sum) => sum.every((x) => Math.abs(x - 1) < 2e-7))).toBe(true);
});

test('three branches lie on the simplex: 1 − (1 − x)²', () => {
  const { backward } = drawLaw('sub-band', { branches: 3 });
  const place = { band: 1, branch: 2, branches: 3 };
  assertDistribution(coefficientsOf(backward, place), (x) => 1 - (1 - x) ** 2);
});

test('one band is Shake-Shake from other numbers', () => {
  const { forward } = drawLaw('sub-band:bands=1,level=batch,strength=0.5', { samples: 16 });
  expect(new Set(forward.subarray(0, 16)).size).toBe(1);
  expect(forward[0]).toBeGreaterThanOrEqual(0.25);
  expect(forward[0]).toBeLessThanOrEqual(0.75);
});

test('more bands than rows are refused, with the most there may be', () => {
  const law = parseMixing('sub-band:bands=8');
  expect(() => law.check?.({ branches: 2, height: 8 })).not.toThrow();
  const check = () => law.check?.({ branches: 2, height: 7 });
  expect(check).toThrow(RequestError);
  expect(check).toThrow("a block's image has 7 rows, too few for 8 bands; try sub-band:bands=7");
});
