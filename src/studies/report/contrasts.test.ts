import { expect, test } from 'vitest';
import { contrastErrors } from '../contrast.ts';
import { judgeContrasts } from '../family.ts';
import { verdictInWords } from './contrasts.ts';

/** What is said of two errors of one seed each. */
const said = (left: number, right: number): string =>
  verdictInWords(judgeContrasts([contrastErrors([left], [right], 10_000)])[0], 'testError');

test('of one seed it is said how alike the differences of more would have to be', () => {
  expect(said(9, 5)).toMatch(
    /^n = 1: no verdict; 3 seeds would decide if their differences deviate by \d\.\d\d\s% at most, 5 by /,
  );
});

test('seeds that would have to agree in every digit shown are not counted on', () => {
  expect(said(5.0001, 5)).toBe('n = 1: no verdict; train more seeds');
  expect(said(5.02, 5)).not.toContain('0.00');
});
