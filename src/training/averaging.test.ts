import { expect, test } from 'vitest';
import { parseAveraging } from './averaging.ts';
import { cosine, warmedUp } from './schedule.ts';

const ratesOf = (text: string, steps: number, before = cosine) =>
  Array.from({ length: steps }, (_, step) => parseAveraging(text).schedule(before)(1, step, steps));
const modelsOf = (text: string, steps: number) =>
  Array.from({ length: steps + 1 }, (_, done) => parseAveraging(text).models(done, steps));

test('no averaging leaves the schedule as it is, and averages nothing', () => {
  expect(parseAveraging('none').schedule(cosine)).toBe(cosine);
  expect(modelsOf('none', 5)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('at a constant rate the weights after every step of the last part are averaged', () => {
  expect(modelsOf('constant:start=0.5', 8)).toEqual([0, 0, 0, 0, 1, 2, 3, 4, 5]);
  const rates = ratesOf('constant:start=0.5,rate=0.2', 8);
  expect(rates.slice(4)).toEqual([0.2, 0.2, 0.2, 0.2]);
  expect(rates.slice(0, 4)).toEqual(
    [0, 1, 2, 3].map((step) => expect.closeTo(0.2 + 0.8 * cosine(1, step, 4), 12)),
  );
});

test('in cycles they are averaged at the end of each, where the rate is lowest', () => {
  const text = 'cyclic:start=0.25,rate=0.5,low=0.1,cycles=2';
  expect(modelsOf(text, 8)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3]);
  const fall = [0.5 - 0.4 / 3, 0.5 - 0.8 / 3, 0.1].map((rate) => expect.closeTo(rate, 12));
  expect(ratesOf(text, 8).slice(2)).toEqual([...fall, ...fall]);
});

test('a warm-up rises within the steps before, and the rest follows', () => {
  const rates = ratesOf('constant:start=0.5,rate=0.5', 8, warmedUp(0.5));
  expect(rates).toEqual(
    [0.75, 1, 1, 0.75, 0.5, 0.5, 0.5, 0.5].map((rate) => expect.closeTo(rate, 12)),
  );
});

test('the shortest training has a step before and a mean at its end', () => {
  expect(modelsOf('constant', 1)).toEqual([0, 1]);
  expect(modelsOf('cyclic', 1)).toEqual([0, 1]);
  expect(modelsOf('cyclic:cycles=9', 4)).toEqual([0, 0, 0, 1, 2]);
});

test.each([
  ['constant:start=1', 'start must be a number above 0 and below 1; the default is 0.75'],
  ['cyclic:cycles=0', 'cycles must be a whole number from 1; the default is 4'],
  ['often', 'no averaging has this name; the averagings are none, constant, cyclic'],
])('%s is refused', (text, message) => {
  expect(() => parseAveraging(text)).toThrow(message);
});
