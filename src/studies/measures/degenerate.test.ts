import { expect, it } from 'vitest';
import { embeddingOf } from '../../../testkit/clouds.ts';
import { measureEmbeddings, measureNames, measures } from './measures.ts';

const clouds = {
  coincident: embeddingOf([0, 1].map(() => [0, 0, 0, 0].map(() => [0.1, 0.3]))),
  'on a line': embeddingOf(
    [0, 5].map((x) => [0, 1, 2, 3].map((i) => [x + i / 7, (x + i / 7) / 3])),
  ),
  'two samples a class': embeddingOf([0, 5].map((x) => [0, 1].map((i) => [x + i, i]))),
  'one sample a class': embeddingOf([[[1, 2]], [[3, 5]]]),
  'one class': embeddingOf([[0, 1, 2, 3].map((i) => [i, i * i])]),
};

it.each(Object.entries(clouds))('is null or a finite number in every row: %s', (_, cloud) => {
  const cells = { trainMode: cloud, evaluateMode: cloud, test: cloud, classifier: {} };
  const found = { testError: 50, trainError: 50, ...measureEmbeddings(cells) };
  const unsound = measureNames.filter((name) => {
    const value = measures[name].read(found);
    return value !== null && !Number.isFinite(value);
  });
  expect(unsound).toEqual([]);
});

it('has no coverage where the samples have no area', () => {
  for (const cloud of [clouds.coincident, clouds['on a line'], clouds['two samples a class']]) {
    const cells = { trainMode: cloud, evaluateMode: cloud, test: cloud, classifier: {} };
    expect(measureEmbeddings(cells).coverage).toBeNull();
  }
});
