import { basename } from 'node:path';
import type { StoredArray } from './arrays.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { nativeLittle, numberTypes } from './elements.ts';
import { contentsOfArrays } from './fromArrays.ts';
import { type Pickled, PickledArray, readPickle } from './pickle.ts';
import { refusal } from './refusal.ts';

/** A file of the Python version, and its bytes. */
export interface PickleFile {
  path: string;
  bytes: Uint8Array;
}

/** Pictures and labels of a batch. */
interface Batch {
  split: 'train' | 'test';
  pixels: Uint8Array;
  labels: number[];
  count: number;
}

const imageBytes = 3 * 32 * 32;

/** Names of the files: five batches and a test batch, or `train` and `test`; `meta` has the classes. */
export const isCifarPickle = (path: string): boolean =>
  /^(data_batch_\d|test_batch|train|test|meta|batches\.meta)$/.test(basename(path));

/**
 * Reads the Python version of CIFAR-10 or CIFAR-100: pickled dicts with `data`, [n, 3072] bytes in
 * planes of red, green and blue, and `labels` or `fine_labels`. The classes' names are those of
 * `batches.meta` or `meta` where that is among the files.
 *
 * @throws RequestError naming the file that holds anything else
 */
export function readCifarPickles(
  files: readonly PickleFile[],
  options: ContainerOptions,
): Promise<Contents> {
  const isMeta = ({ path }: PickleFile) => basename(path).endsWith('meta');
  const data = files.filter((file) => !isMeta(file));
  const sorted = data.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const batches = sorted.map(readBatch);
  const meta = files.find(isMeta);
  const classNames = meta ? namesOf(meta) : null;
  const splits = (['train', 'test'] as const).filter((s) => batches.some((b) => b.split === s));
  const arrays = splits.flatMap((split) => arraysOf(split, batches));
  const subject = files.map(({ path }) => path).join(', ');
  const container = 'CIFAR batches pickled by Python';
  return contentsOfArrays({ container, arrays, classNames }, options, subject);
}

function readBatch({ path, bytes }: PickleFile): Batch {
  const dict = readDict(bytes, path);
  const data = dict.get('data');
  const labels = dict.get('fine_labels') ?? dict.get('labels');
  if (!(data instanceof PickledArray) || !isNumbers(labels)) {
    throw refusal(path, 'has no data and labels', 'name a batch of CIFAR');
  }
  const { shape, dtype, fortran, bytes: pixels } = data;
  const [count, width] = shape;
  if (dtype !== 'u1' || fortran || shape.length !== 2 || width !== imageBytes) {
    const found = `${dtype} [${shape.join(', ')}]`;
    throw refusal(
      path,
      `its data is ${found}, CIFAR's are u1 [n, ${imageBytes}]`,
      'save it as .npz',
    );
  }
  if (pixels.length !== count * imageBytes || labels.length !== count) {
    const what = `${count} pictures in ${pixels.length} bytes and ${labels.length} labels`;
    throw refusal(path, what, 'fetch the file again');
  }
  return { split: /test/.test(basename(path)) ? 'test' : 'train', pixels, labels, count };
}

/** The dict of a file by its keys as text, which Python 3 has as bytes. */
function readDict(bytes: Uint8Array, path: string): Map<string, Pickled> {
  const dict = readPickle(bytes, path);
  if (!(dict instanceof Map)) throw refusal(path, 'holds no dict', 'name a batch of CIFAR');
  return new Map([...dict].map(([key, value]) => [textOf(key), value]));
}

function namesOf({ path, bytes }: PickleFile): string[] {
  const dict = readDict(bytes, path);
  const names = dict.get('fine_label_names') ?? dict.get('label_names');
  if (Array.isArray(names) && names.length > 0) return names.map(textOf);
  throw refusal(path, 'names no classes', 'fetch the file again, or leave it out');
}

const textOf = (value: Pickled): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);

const isNumbers = (value: Pickled | undefined): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one));

function arraysOf(split: 'train' | 'test', batches: readonly Batch[]): StoredArray[] {
  const own = batches.filter((batch) => batch.split === split);
  const count = own.reduce((sum, batch) => sum + batch.count, 0);
  const form = { little: nativeLittle, fortran: false };
  const labels = new Uint8Array(Int32Array.from(own.flatMap((batch) => batch.labels)).buffer);
  return [
    {
      ...form,
      name: `${split}_data`,
      element: numberTypes.uint8,
      shape: [count, 3, 32, 32],
      axes: 'nchw',
      pieces: () => own.map(({ pixels }) => pixels),
    },
    {
      ...form,
      name: `${split}_labels`,
      element: numberTypes.int32,
      shape: [count],
      pieces: () => [labels],
    },
  ];
}
