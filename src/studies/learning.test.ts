import { expect, test } from 'vitest';
import { learningFigure } from './learning.ts';

const curveOf = (...errors: object[]) => ({
  title: 'A',
  epochs: errors.map((own, index) => ({ epoch: index + 1, ...own })),
});

test('learning curves are called what they are of', () => {
  const tested = curveOf({ testError: 4 }, { testError: 2 });
  const validated = curveOf({ validationError: 5 }, {});
  const titleOf = (...curves: (typeof tested)[]) => learningFigure(curves, 'Seed 1.').title;
  expect(titleOf(tested)).toBe('Test error');
  expect(titleOf(validated)).toBe('Validation error');
  expect(titleOf(tested, validated)).toBe('Validation or test error');
  const { content, caption, alternative } = learningFigure([validated], 'Seed 1.');
  expect(content).toContain('Validation error (%)');
  expect(caption).toBe('After each epoch, in evaluate mode. Seed 1.');
  expect(alternative).toBe('Validation error by epoch, a curve for each model and seed');
});
