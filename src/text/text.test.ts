import { describe, expect, it } from 'vitest';
import {
  byteSize,
  columns,
  duration,
  elapsed,
  lossText,
  percent,
  shortCount,
  wholeNumber,
} from './text.ts';

describe('columns', () => {
  it('align to the widest entry, without spaces at the end', () => {
    const rows = [
      ['name', 'count', 'note'],
      ['a', '1,000,000', ''],
    ];
    expect(columns(rows, ['left', 'right', 'left'])).toBe('name      count  note\na     1,000,000');
  });
});

describe('numbers', () => {
  it.each([
    [duration(0), '0:00'],
    [duration(59.6), '1:00'],
    [duration(725), '12:05'],
    [duration(3725), '1:02:05'],
    [duration(Number.POSITIVE_INFINITY), '-:--'],
    [elapsed(4.24), '4.2 s'],
    [elapsed(59.96), '1:00'],
    [lossText(0.12345), '0.1235'],
    [lossText(6.0658e28), '6.07e+28'],
    [percent(3.6549), '3.65 %'],
    [wholeNumber(11653018), '11,653,018'],
    [byteSize(0), '0 bytes'],
    [byteSize(999), '999 bytes'],
    [byteSize(54_950_048), '55.0 MB'],
    [shortCount(512), '512'],
    [shortCount(4_712_345), '4.71 M'],
    [shortCount(1_690_000_000), '1.69 G'],
  ])('read %s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
