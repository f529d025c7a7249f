import type { SplitName } from '../data/dataset.ts';
import { splitNames } from '../data/dataset.ts';
import type { Trainer } from '../training/trainer.ts';
import { crc32 } from './crc.ts';
import type { FilesOfRun } from './formats.ts';

/** An array of numpy's: its type as numpy writes it, and its values in row-major order, little-endian. */
interface NumpyArray {
  type: string;
  shape: number[];
  bytes: Uint8Array;
}

/**
 * A run's embeddings as numpy's archive: of every split that there is `train_features` [count][D],
 * `train_labels`, `train_predictions` [count] and the like, in evaluate mode, and `class_names`.
 */
export const npzFiles: FilesOfRun = async (source) => {
  const { trainer, dataset } = await source.openForFeatures();
  const arrays = new Map([['class_names', textArray(dataset.classNames)]]);
  for (const split of splitNames) {
    if (!dataset[split]) continue;
    for (const [name, array] of await arraysOf(trainer, split))
      arrays.set(`${split}_${name}`, array);
  }
  return [{ name: 'embeddings.npz', content: encodeNpz(arrays) }];
};

async function arraysOf(trainer: Trainer, split: SplitName): Promise<[string, NumpyArray][]> {
  const { features, dimensions, count, labels, predictions } = await trainer.embed(
    split,
    'evaluate',
  );
  return [
    ['features', { type: '<f4', shape: [count, dimensions], bytes: bytesOf(features) }],
    ['labels', { type: '<u2', shape: [count], bytes: bytesOf(labels) }],
    ['predictions', { type: '<u2', shape: [count], bytes: bytesOf(predictions) }],
  ];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Texts as numpy keeps them: four bytes a letter, the shorter ones filled up with zeros. */
function textArray(texts: readonly string[]): NumpyArray {
  const letters = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0)!));
  const longest = Math.max(1, ...letters.map(({ length }) => length));
  const codes = new Uint32Array(texts.length * longest);
  letters.forEach((own, place) => void codes.set(own, place * longest));
  return { type: `<U${longest}`, shape: [texts.length], bytes: bytesOf(codes) };
}

/** An array as a `.npy` file of version 1.0, its values at a multiple of 64 bytes. */
function encodeNpy({ type, shape, bytes }: NumpyArray): Buffer {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${extents}), }`;
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 0, 0]);
  const length = Math.ceil((start.length + text.length + 1) / 64) * 64 - start.length;
  start.writeUInt16LE(length, 8);
  return Buffer.concat([start, Buffer.from(`${text.padEnd(length - 1)}\n`), bytes]);
}

/** Arrays as a zip archive of `.npy` files, stored as they are, as `numpy.savez` does. */
export function encodeNpz(arrays: ReadonlyMap<string, NumpyArray>): Buffer {
  const [files, entries]: Buffer[][] = [[], []];
  let at = 0;
  for (const [name, array] of arrays) {
    const content = encodeNpy(array);
    const path = Buffer.from(`${name}.npy`);
    const facts = factsOf(content, path);
    files.push(Buffer.concat([Buffer.from('PK\x03\x04'), facts, path, content]));
    entries.push(directoryEntry(facts, path, at));
    at += files.at(-1)!.length;
  }
  return Buffer.concat([...files, ...entries, directoryEnd(entries, at)]);
}

/** What both the archive's parts say of a file: version 2.0, stored, of the first of January 1980. */
function factsOf(content: Buffer, path: Buffer): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(0x21, 8);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(content.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(path.length, 22);
  return facts;
}

function directoryEntry(facts: Buffer, path: Buffer, at: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(at, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, rest, path]);
}

function directoryEnd(entries: readonly Buffer[], at: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    entries.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return end;
}
