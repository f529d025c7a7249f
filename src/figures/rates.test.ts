import { expect, test } from 'vitest';
import { drawRates } from './rates.ts';

const steps = [1e-3, 1e-2, 1e-1, 1].map((learningRate, i) => ({
  learningRate,
  loss: [2, 1, 0, 3][i],
  smoothed: [2, 1.5, 1, 2][i],
}));

test('draws both losses by rate, and the suggestion', () => {
  const svg = drawRates(steps, 0.01);
  expect(svg.match(/aria-label="line"/g)).toHaveLength(3);
  for (const text of ['each step', 'smoothed', 'suggested: 0.010', 'Learning rate'])
    expect(svg).toContain(text);
  expect(svg).not.toMatch(/NaN|Infinity/);
});

test('draws no suggestion where there is none', () => {
  const svg = drawRates(steps, null);
  expect(svg.match(/aria-label="line"/g)).toHaveLength(2);
  expect(svg).not.toContain('suggested');
});
