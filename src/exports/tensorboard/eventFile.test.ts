import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { continueEvents, encodeEvents, eventFileName } from './eventFile.ts';
import { type SummaryEvent, stepOf } from './proto.ts';
import { wholeRecords } from './records.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-events-'));
const path = join(folder, eventFileName);
afterAll(() => rmSync(folder, { recursive: true }));

const eventAt = (step: number): SummaryEvent => {
  return { wallTime: 1, step, values: [{ tag: 'loss', kind: 'scalar', value: step / 7 }] };
};
const whole = encodeEvents([1, 2, 300, 70_000].map(eventAt));
const stepsIn = (bytes: Uint8Array) => [...wholeRecords(bytes)].map(({ data }) => stepOf(data));

test('a file cut anywhere has the whole records before the cut', () => {
  expect(stepsIn(whole)).toEqual([0, 1, 2, 300, 70_000]);
  const ends = [...wholeRecords(whole)].map(({ end }) => end);
  for (let length = 0; length < whole.length; length++) {
    const kept = stepsIn(whole.subarray(0, length));
    expect(kept.length).toBe(ends.filter((end) => end <= length).length);
  }
});

test('a damaged byte ends a file before its record', () => {
  for (let at = 0; at < whole.length; at++) {
    const damaged = Uint8Array.from(whole);
    damaged[at] ^= 1;
    const before = [...wholeRecords(whole)].filter(({ end }) => end <= at).length;
    expect(stepsIn(damaged)).toHaveLength(before);
  }
});

test('goes on after a step: later events and half a record are cut off', async () => {
  writeFileSync(path, whole);
  appendFileSync(path, whole.subarray(0, 20));
  const file = await continueEvents(folder, 300);
  expect(file.isNew).toBe(false);
  await file.append(eventAt(301));
  await file.close();
  expect(stepsIn(readFileSync(path))).toEqual([0, 1, 2, 300, 301]);
});

test('begins anew where nothing whole is left', async () => {
  writeFileSync(path, 'no events');
  const file = await continueEvents(folder, 5);
  expect(file.isNew).toBe(true);
  await file.close();
  expect(stepsIn(readFileSync(path))).toEqual([0]);
});
