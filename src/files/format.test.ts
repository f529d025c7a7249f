import { describe, expect, it } from 'vitest';
import { RequestError } from '../errors.ts';
import {
  type Entries,
  type Format,
  isNewest,
  NewerFormatError,
  newestFormat,
  numbered,
  upgraded,
} from './format.ts';

/** A kind that has come through two changes: `size` became `width`, which then became a list. */
const box: Format<Entries> = {
  name: 'box',
  upgrades: [
    ({ size, ...rest }) => ({ ...rest, width: size }),
    ({ width, ...rest }) => ({ ...rest, widths: [width] }),
  ],
};

describe('a format', () => {
  it.each([
    ['none, which is 1', undefined, { size: 3 }],
    ['1', 1, { size: 3 }],
    ['1, as metadata say it', '1', { size: 3 }],
    ['2', 2, { width: 3 }],
    ['3, the newest', 3, { widths: [3] }],
  ])('is brought up to date step by step: %s', (_, number, content) => {
    const before = structuredClone(content);
    expect(upgraded<Entries>(content, number, box, 'a')).toEqual({ widths: [3] });
    expect(content).toEqual(before);
  });

  it('that is newer is refused: what, found, known and remedy', () => {
    const read = () => upgraded({}, 4, box, 'out/box.json');
    expect(read).toThrow(NewerFormatError);
    expect(read).toThrow(
      /^out\/box\.json: box of format 4; shakelab \d\S* reads formats up to 3; install a newer shakelab/,
    );
  });

  it.each([0, -1, 1.5, Number.NaN, 'x', '', null, {}, [1], 2 ** 60])(
    'is a whole number: %j',
    (number) => {
      const read = () => upgraded({}, number, box, 'a');
      expect(read).toThrow(RequestError);
      expect(read).toThrow(/^a: format .*: a format is a whole number from 1; put a copy/);
    },
  );

  it('is written first', () => {
    expect(newestFormat(box)).toBe(3);
    expect(JSON.stringify(numbered(box, { widths: [3] }))).toBe('{"format":3,"widths":[3]}');
  });

  it.each([
    [undefined, false],
    [2, false],
    ['3', true],
    [3, true],
    [4, false],
  ])('of a cache counts only as the newest: %j, %s', (number, counts) => {
    expect(isNewest(number, box)).toBe(counts);
  });
});
