import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { drawLearningCurves } from './learning.ts';

const curve = (title: string, errors: number[]) => ({
  title,
  epochs: errors.map((testError, index) => ({ epoch: index + 1, testError })),
});

function ticksOf(svg: string, axis: 'x' | 'y'): string[] {
  const { document } = parseHTML(svg);
  const labels = document.querySelectorAll(`g[aria-label="${axis}-axis tick label"] text`);
  return [...labels].map((text) => text.textContent ?? '');
}

describe('the axis of errors', () => {
  test('is linear from 0 for errors alike', () => {
    const svg = drawLearningCurves([curve('A', [4, 2, 1])]);
    expect(ticksOf(svg, 'y')).toEqual(['0', '1', '2', '3', '4']);
  });

  test('is logarithmic for errors far apart', () => {
    const svg = drawLearningCurves([curve('A', [4, 0.8]), curve('B', [60, 25])]);
    expect(ticksOf(svg, 'y')).toEqual(['0.5', '1', '2', '5', '10', '20', '50', '100']);
  });

  test('has a place for an error of 0', () => {
    const svg = drawLearningCurves([curve('A', [40, 1, 0])]);
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(drawLearningCurves([curve('A', [0, 0])])).not.toMatch(/NaN|Infinity/);
  });
});

test('epochs are whole numbers, a single one is a dot', () => {
  const svg = drawLearningCurves([curve('A', [3]), curve('B', [4])]);
  expect(ticksOf(svg, 'x')).toEqual(['1']);
  expect(parseHTML(svg).document.querySelectorAll('g[aria-label="dot"] circle')).toHaveLength(2);
});

test('long runs have no dots', () => {
  const errors = Array.from({ length: 200 }, (_, i) => 10 / (i + 1) + 3);
  expect(drawLearningCurves([curve('A', errors)])).not.toContain('aria-label="dot"');
});
