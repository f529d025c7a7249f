import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDocument } from '../files/document.ts';
import { NewerFormatError } from '../files/format.ts';
import { summaryKind } from './summary.ts';

const path = 'testkit/fixtures/a6e6ac3/cifar10/summary.json';
const entries = JSON.parse(readFileSync(path, 'utf8'));
const read = (changes: object) =>
  parseDocument(JSON.stringify({ ...entries, ...changes }), summaryKind, path);

it('is read where it claims something of a measure that this release does not know', () => {
  const [claim] = entries.claims;
  const [comparison] = claim.comparisons;
  const claims = [{ ...claim, comparisons: [{ ...comparison, measure: 'later' }] }];
  expect(read({ claims, more: true }).claims[0].comparisons[0].measure).toBe('later');
});

it('is refused where it is of a newer format', () => {
  expect(read({}).title).toBe(entries.title);
  expect(() => read({ format: 2 })).toThrow(NewerFormatError);
});
