import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { narrowVariants, parseReport, variantName, variants } from './peer.ts';

const report = { imagesPerSecond: 1500.5, peakMemoryBytes: 4e8, steps: 60 };

describe('the line that the peer prints', () => {
  it('is the last one, whatever libraries said before', () => {
    const out = `a warning\n${JSON.stringify({ ...report, torch: '1.13.1' })}\n`;
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

it('tries both memory layouts, apart and merged, eager and compiled', () => {
  expect(variants.map(variantName)).toEqual([
    'PyTorch NCHW',
    'PyTorch channels-last',
    'PyTorch NCHW, merged',
    'PyTorch channels-last, merged',
    'PyTorch NCHW, compiled',
    'PyTorch channels-last, compiled',
    'PyTorch NCHW, merged, compiled',
    'PyTorch channels-last, merged, compiled',
  ]);
  expect(narrowVariants(variants[2]).map(variantName)).toEqual([
    'PyTorch NCHW, merged, bf16',
    'PyTorch channels-last, merged, bf16',
    'PyTorch NCHW, merged, compiled, bf16',
    'PyTorch channels-last, merged, compiled, bf16',
  ]);
});
