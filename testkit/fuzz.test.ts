import { describe, expect, test } from 'vitest';
import { RequestError } from '../src/errors.ts';
import { fileFuzzing, findFailure, textFuzzing } from './fuzz.ts';

const valid = [Uint8Array.of(3, 10, 20, 30)];
const runs = 3000;

/** A file is a count and so many bytes. */
function parse(bytes: Uint8Array): number[] {
  if (bytes.length !== 1 + bytes[0]) throw new RequestError('the count is wrong');
  return [...bytes.subarray(1)];
}

const failureOf = (parser: (bytes: Uint8Array) => unknown, milliseconds = 60_000) =>
  findFailure(fileFuzzing({ valid, parse: parser }), { runs, milliseconds });

describe('fuzzing', () => {
  test('finds nothing wrong with a careful parser', () => {
    expect(failureOf(parse)).toBeNull();
  });

  test('finds an error that is no refusal', () => {
    const careless = (bytes: Uint8Array) => [...bytes.subarray(1)].at(bytes[0] - 1)!.toFixed();
    expect(failureOf(careless)?.cause).toBeInstanceOf(TypeError);
  });

  test('finds a read outside of the file, and the smallest one', () => {
    const careless = (bytes: Uint8Array) =>
      new Uint8Array(bytes.buffer, bytes.byteOffset, 1 + ((bytes[0] ?? 0) % 32)).slice();
    const failure = failureOf(careless);
    expect(failure?.cause).toMatchObject({ message: expect.stringMatching(/outside of the file/) });
    expect(failure?.smallest.length).toBeLessThan(4);
  });

  test('finds an input that a parser never comes to an end with', () => {
    const endless = (bytes: Uint8Array) => {
      while (bytes[0] > 100);
    };
    const failure = failureOf(endless, 3000);
    expect(failure?.cause).toMatchObject({ message: 'it does not come to an end' });
    expect(failure?.smallest[0]).toBeGreaterThan(100);
  });

  test('finds what is accepted and should not be', () => {
    const accepted = (digits: string) => expect(digits).toMatch(/^\d*$/);
    const fuzzing = textFuzzing({ valid: ['12'], parse: (text) => text, accepted });
    expect(findFailure(fuzzing, { runs, milliseconds: 60_000 })).not.toBeNull();
  });
});
