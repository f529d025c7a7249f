import { describe, expect, test } from 'vitest';
import { isOneRun, readRuns } from './runs.ts';
import { readStruct, writeStruct } from './thrift.ts';

describe('runs and packed bits', () => {
  test('a run of a value of two bytes, then packed ones of three bits', () => {
    // Eight packed values 0 … 7 of three bits each: 0x88 0xc6 0xfa, as in Parquet's description.
    expect([...readRuns(Uint8Array.of(6, 5, 3, 0x88, 0xc6, 0xfa), 3, 11)]).toEqual([
      ...[5, 5, 5],
      ...[0, 1, 2, 3, 4, 5, 6, 7],
    ]);
    expect([...readRuns(Uint8Array.of(4, 0x34, 0x12), 16, 2)]).toEqual([0x1234, 0x1234]);
  });

  test('a run that claims a thousand million values is cut where they are wanted', () => {
    expect(readRuns(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 1, 3)).toEqual(
      Uint8Array.of(1, 1, 1),
    );
  });

  test('levels that are one run need not be laid out', () => {
    expect(isOneRun(Uint8Array.of(0xd8, 0x04, 2), 2, 300)).toBe(true);
    expect(isOneRun(Uint8Array.of(0xd8, 0x04, 2), 2, 301)).toBe(false);
    expect(isOneRun(Uint8Array.of(0xd8, 0x04, 1), 2, 300)).toBe(false);
    expect(isOneRun(Uint8Array.of(3, 0x88, 0xc6, 0xfa), 5, 8)).toBe(false);
    expect(isOneRun(new Uint8Array(9).fill(255), 1, 1)).toBe(false);
    expect(isOneRun(new Uint8Array(0), 1, 1)).toBe(false);
  });

  test('bits that end too early are refused', () => {
    expect(() => readRuns(Uint8Array.of(3, 0x88), 3, 8)).toThrow('the bytes end');
    expect(() => readRuns(Uint8Array.of(0, 0), 1, 8)).toThrow('a run of nothing');
  });
});

test('structs of page headers are read as they were written', () => {
  const header = { 1: 3, 2: 300, 3: 70_000, 8: { 1: 12, 4: 0, 7: false } };
  const bytes = Uint8Array.from([...writeStruct(header), 99]);
  expect(readStruct(bytes)).toEqual({ value: header, length: bytes.length - 1 });
  expect(() => readStruct(bytes.subarray(0, 8))).toThrow(RangeError);
});
