import { RequestError } from '../../errors.ts';
import type { Split } from '../dataset.ts';

export const side = 32;
export const channels = 3;
const imageBytes = channels * side * side;

/** What the label bytes before each image mean; the last one is the class. */
export interface RecordFormat {
  /** how many values each label byte may take: `[10]`, or `[20, 100]` for CIFAR-100 */
  labels: number[];
}

/** A file of records and its bytes. */
export interface RecordFile {
  file: string;
  bytes: Uint8Array;
}

/** Bytes of one record: its labels, then red, green and blue planes of 32×32. */
export const recordBytes = ({ labels }: RecordFormat): number => labels.length + imageBytes;

/**
 * Reads files in CIFAR's binary format, one after the other, into one split. There is no header:
 * a file is records and nothing else.
 *
 * @throws RequestError naming the file and the byte where it stops being such a file
 */
export function readRecords(files: RecordFile[], format: RecordFormat): Split {
  const counts = files.map((file) => countRecords(file, format));
  const count = counts.reduce((sum, records) => sum + records, 0);
  const split = {
    count,
    images: new Uint8Array(count * imageBytes),
    labels: new Uint16Array(count),
  };
  let first = 0;
  files.forEach((file, index) => {
    copyRecords(file, format, split, first);
    first += counts[index];
  });
  return split;
}

function countRecords({ file, bytes }: RecordFile, format: RecordFormat): number {
  const size = recordBytes(format);
  if (bytes.length === 0) throw bad(file, 0, 'the file is empty', 'there must be a record');
  const rest = bytes.length % size;
  if (rest === 0) return bytes.length / size;
  throw bad(file, bytes.length, `the file ends ${rest} bytes into a record`, `one has ${size}`);
}

function copyRecords({ file, bytes }: RecordFile, format: RecordFormat, to: Split, first: number) {
  const { labels } = format;
  const size = recordBytes(format);
  for (let at = 0, index = first; at < bytes.length; at += size, index++) {
    for (const [byte, values] of labels.entries())
      checkLabel(bytes[at + byte], values, file, at + byte);
    to.labels[index] = bytes[at + labels.length - 1];
    to.images.set(bytes.subarray(at + labels.length, at + size), index * imageBytes);
  }
}

function checkLabel(label: number, values: number, file: string, at: number): void {
  if (label < values) return;
  throw bad(file, at, `label ${label}`, `labels there are 0…${values - 1}`);
}

function bad(file: string, offset: number, what: string, rule: string): RequestError {
  return new RequestError(
    `${file}, byte ${offset}: ${what}, but ${rule}; fetch the file again or name the right one`,
  );
}
