import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { parseReport, variantName, variants } from './peer.ts';

const report = { imagesPerSecond: 1500.5, peakMemoryBytes: 4e8, steps: 60, torch: '1.13.1' };

describe('the line that the peer prints', () => {
  it('is the last one, whatever libraries said before', () => {
    const out = `a warning\n${JSON.stringify(report)}\n`;
    expect(parseReport(out)).toEqual(report);
  });

  it.each([
    ['nothing', '', SyntaxError],
    ['no JSON', 'Segmentation fault\n', SyntaxError],
    ['a speed of nothing', JSON.stringify({ ...report, imagesPerSecond: 0 }), ZodError],
    ['no memory', JSON.stringify({ ...report, peakMemoryBytes: undefined }), ZodError],
  ])('is refused when it is %s', (_, out, error) => {
    expect(() => parseReport(out)).toThrow(error);
  });
});

it('tries both memory layouts, apart and merged', () => {
  expect(variants.map(variantName)).toEqual([
    'PyTorch NCHW',
    'PyTorch channels-last',
    'PyTorch NCHW, merged',
    'PyTorch channels-last, merged',
  ]);
});
