import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { option, RequestError, worded } from './errors.ts';

const privateUse = /\p{Co}/u;
const error = new RequestError(`${option('learningRate')} 0: too low; raise ${option('batch')}`);
const shouted = (name: string) => name.toUpperCase();

test('an error names options as the library does', () => {
  expect(error.message).toBe('learningRate 0: too low; raise batch');
  expect(String(error)).toBe('RequestError: learningRate 0: too low; raise batch');
});

test('whoever tells an error names its options', () => {
  expect(error.worded(shouted)).toBe('LEARNINGRATE 0: too low; raise BATCH');
});

test('a text around an error keeps its options apart from other words', () => {
  const around = new RequestError(`batch: ${error.worded(option)}`);
  expect(around.message).toBe(`batch: ${error.message}`);
  expect(around.worded(shouted)).toBe(`batch: ${error.worded(shouted)}`);
});

test('nothing that is printed, sent or kept of an error shows its marks', () => {
  const faces = [error.message, error.stack, inspect(error), JSON.stringify({ ...error })];
  for (const face of faces) expect(face).not.toMatch(privateUse);
  expect(option('batch')).toMatch(privateUse);
});

test('marks alone, without a name between them, are left as they were', () => {
  expect(worded(`${option('')} ${option('a b')}`)).toBe(`${option('')} ${option('a b')}`);
});
