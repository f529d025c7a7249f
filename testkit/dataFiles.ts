import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that holds the real MNIST as `mnist/`, or null; says so when it is null. */
export const realData = findRealData();

/** An idx file: magic, dimensions, values. */
export function idxFile(dimensions: number[], values: ArrayLike<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header.writeUInt8(8, 2);
  header.writeUInt8(dimensions.length, 3);
  dimensions.forEach((size, axis) => {
    header.writeUInt32BE(size, 4 + 4 * axis);
  });
  return Buffer.concat([header, Uint8Array.from(values)]);
}

/** Writes a data folder with a tiny MNIST of so many images, plain, and returns it. */
export async function tinyMnist(train: number, test: number): Promise<string> {
  const folder = await temporaryFolder();
  const pixels = (count: number) =>
    Array.from({ length: count * 784 }, (_, at) => (at / 784) % 256);
  const labels = (count: number) => Array.from({ length: count }, (_, at) => at % 10);
  await writeFiles(join(folder, 'mnist'), {
    'train-images-idx3-ubyte': idxFile([train, 28, 28], pixels(train)),
    'train-labels-idx1-ubyte': idxFile([train], labels(train)),
    't10k-images-idx3-ubyte': idxFile([test, 28, 28], pixels(test)),
    't10k-labels-idx1-ubyte': idxFile([test], labels(test)),
  });
  return folder;
}

/** The SHA-256 of some bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A new empty folder; the system's own cleaning takes it away. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'shakelab-test-'));
}

/** Writes files by name into a folder, making it. */
export async function writeFiles(
  folder: string,
  files: Record<string, Uint8Array | string>,
): Promise<void> {
  for (const [name, contents] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), contents);
  }
}

function findRealData(): string | null {
  const places = [process.env.SHAKELAB_DATA, '../shared/datasets'].filter((place) => !!place);
  const found = places.find((place) => existsSync(join(place!, 'mnist')));
  if (!found)
    console.log(`real MNIST tests are skipped: no mnist folder in ${places.join(' or ')}`);
  return found ?? null;
}

/** The folder of files with hard inputs and their truth, or null; says so when it is null. */
export const hardCases = findHardCases();

function findHardCases(): string | null {
  const places = [process.env.SHAKELAB_CASES, '../shared/cases'].filter((place) => !!place);
  const found = places.find((place) => existsSync(place!));
  if (!found) console.log(`tests of hard cases are skipped: none in ${places.join(' or ')}`);
  return found ?? null;
}

/** A file of a folder of fixtures. */
export const fixture = (...parts: string[]): string =>
  join(import.meta.dirname, 'fixtures', ...parts);
