import { describe, expect, test } from 'vitest';
import { cifarRecords } from '../../../testkit/cifarFiles.ts';
import { fuzzBytes } from '../../../testkit/fuzz.ts';
import { RequestError } from '../../errors.ts';
import { type RecordFormat, readRecords } from './records.ts';

const cifar10: RecordFormat = { labels: [10] };
const cifar100: RecordFormat = { labels: [20, 100] };
const read = (bytes: Uint8Array, format: RecordFormat) =>
  readRecords([{ file: 'f.bin', bytes }], format);

test('records of CIFAR-10: a label, then three planes', () => {
  const bytes = cifarRecords([[3], [9]]);
  bytes.set([11, 12, 13], 3073 + 1 + 2 * 1024);
  const { count, labels, images } = read(bytes, cifar10);
  expect([count, ...labels]).toEqual([2, 3, 9]);
  expect(images).toHaveLength(2 * 3072);
  expect([...images.subarray(3072 + 2 * 1024, 3072 + 2 * 1024 + 4)]).toEqual([11, 12, 13, 1]);
});

test('records of CIFAR-100: the second label, the fine one, is the class', () => {
  const { labels, images } = read(
    cifarRecords([
      [19, 4],
      [0, 99],
    ]),
    cifar100,
  );
  expect([...labels]).toEqual([4, 99]);
  expect([images[0], images[3071], images[3072]]).toEqual([0, 0, 1]);
});

test('several files are read one after the other', () => {
  const files = [[[1], [2]], [[3]]].map((labels) => ({ file: 'f', bytes: cifarRecords(labels) }));
  const { labels, images } = readRecords(files, cifar10);
  expect([...labels]).toEqual([1, 2, 3]);
  expect([images[3072], images[6144]]).toEqual([1, 0]);
});

describe('an error names the file and the byte', () => {
  const wrong: [string, Uint8Array, RecordFormat, string][] = [
    ['an empty file', new Uint8Array(0), cifar10, 'f.bin, byte 0: the file is empty'],
    ['a cut file', cifarRecords([[1], [2]]).subarray(0, 6000), cifar10, 'byte 6000: the file ends'],
    ['a label', cifarRecords([[1], [10]]), cifar10, 'f.bin, byte 3073: label 10, but'],
    ['a coarse label', cifarRecords([[20, 3]]), cifar100, 'f.bin, byte 0: label 20, but'],
    [
      'a fine label',
      cifarRecords([
        [0, 3],
        [1, 100],
      ]),
      cifar100,
      'byte 3075: label 100, but',
    ],
    ['the other format', cifarRecords([[1], [2]]), cifar100, 'f.bin, byte 6146: the file ends'],
  ];
  test.each(wrong)('%s', (_, bytes, format, message) => {
    expect(() => read(bytes, format)).toThrow(message);
    expect(() => read(bytes, format)).toThrow(RequestError);
  });
});

const whole = cifarRecords([
  [1, 2],
  [19, 99],
  [3, 4],
]);

for (const format of [cifar10, cifar100]) {
  const size = format.labels.length + 3072;
  fuzzBytes(`CIFAR records, labels below ${format.labels.join(' and ')}`, {
    valid: [whole.subarray(0, size), cifarRecords([[1], [9], [0]]), whole],
    parse: (bytes) => read(bytes, format),
    accepted({ count, labels, images }, bytes) {
      expect(count * size).toBe(bytes.length);
      expect([labels.length, images.length]).toEqual([count, count * 3072]);
      expect(Math.max(...labels)).toBeLessThan(format.labels.at(-1)!);
    },
  });
}
