import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Header } from 'tar';
import { cifar } from '../src/data/cifar/cifar.ts';

/** CIFAR-10's files with 24 + 8 images. */
export const tinyCifar = cifar({
  name: 'cifar10',
  title: 'tiny CIFAR',
  archive: { name: 'tiny', bytes: 0, md5: '' },
  inner: 'batches',
  files: { train: ['data_batch_1.bin', 'data_batch_2.bin'], test: ['test_batch.bin'] },
  images: { train: 24, test: 8 },
  labels: [10],
  classNames: [...'abcdefghij'],
  mean: [125.3, 123.0, 113.9],
  std: [63.0, 62.1, 66.7],
});

/** The files of the tiny one, in batches of unequal length. */
export function tinyBatches(): Record<string, Buffer> {
  return {
    'data_batch_1.bin': cifarRecords(Array.from({ length: 10 }, (_, i) => [i])),
    'data_batch_2.bin': cifarRecords(Array.from({ length: 14 }, (_, i) => [i % 10])),
    'test_batch.bin': cifarRecords(Array.from({ length: 8 }, (_, i) => [9 - i])),
  };
}

/** Records with these label bytes; every pixel of record i is i. */
export function cifarRecords(labels: number[][]): Buffer {
  return Buffer.concat(labels.map((bytes, i) => Buffer.concat([Buffer.from(bytes), image(i)])));
}

const image = (value: number): Buffer => Buffer.alloc(3072, value);

/** A member of a tar archive. */
export interface Member {
  name: string;
  bytes?: Uint8Array;
  type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link';
  target?: string;
}

/** A tar archive with its two empty blocks at the end. */
export function tarFile(members: Member[]): Buffer {
  return Buffer.concat([...members.flatMap(blocksOf), Buffer.alloc(1024)]);
}

function blocksOf({ name, bytes = Buffer.alloc(0), type = 'File', target }: Member): Buffer[] {
  const header = new Header({
    path: name,
    size: bytes.length,
    type,
    mode: 0o644,
    linkpath: target,
  });
  header.encode();
  return [header.block!, Buffer.from(bytes), Buffer.alloc(-bytes.length & 511)];
}

/** The archive of the tiny data set. */
export const tinyArchive = (): Buffer =>
  tarFile(
    Object.entries(tinyBatches()).map(([name, bytes]) => ({ name: `batches/${name}`, bytes })),
  );

/** A folder that holds the real CIFAR-10 as `cifar10/`, or null; says so when it is null. */
export const realCifar = findRealCifar();

function findRealCifar(): string | null {
  const places = [process.env.SHAKELAB_DATA, '../shared/datasets'].filter((place) => !!place);
  const found = places.find((place) => existsSync(join(place!, 'cifar10')));
  if (!found)
    console.log(`real CIFAR-10 tests are skipped: no cifar10 folder in ${places.join(' or ')}`);
  return found ?? null;
}
