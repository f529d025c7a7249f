import { expect, test } from 'vitest';
import { circle, embeddingOf } from '../../testkit/clouds.ts';
import { classCentres, distancesToCentres } from './centres.ts';

test('the centre of a circle is its middle, at the radius from every point', () => {
  const embedding = embeddingOf([circle(3, -1, 2)]);
  const [centre] = classCentres(embedding);
  expect(centre?.[0]).toBeCloseTo(3, 6);
  expect(centre?.[1]).toBeCloseTo(-1, 6);
  for (const distance of distancesToCentres(embedding)[0]) expect(distance).toBeCloseTo(2, 6);
});

test('an empty class has no centre, a class of one sample is its own', () => {
  const embedding = embeddingOf([[], [[4, 5]]]);
  expect(classCentres(embedding)).toEqual([null, [4, 5]]);
  expect(distancesToCentres(embedding)).toEqual([[], [0]]);
});

test('any number of dimensions', () => {
  const embedding = embeddingOf(
    [
      [
        [0, 0, 0],
        [2, 4, 4],
      ],
    ],
    3,
  );
  expect(classCentres(embedding)).toEqual([[1, 2, 2]]);
  expect(distancesToCentres(embedding)).toEqual([[3, 3]]);
});
