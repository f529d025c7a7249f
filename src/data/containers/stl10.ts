import { basename } from 'node:path';
import type { StoredArray } from './arrays.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { numberTypes } from './elements.ts';
import { contentsOfArrays } from './fromArrays.ts';
import { refusal } from './refusal.ts';

/** A file of STL-10's binary version, and its bytes. */
export interface StlFile {
  path: string;
  bytes: Uint8Array;
}

const side = 96;
const imageBytes = 3 * side * side;

/** Names of the files that are read; the unlabelled pictures and the folds are passed over. */
export const isStlName = (path: string): boolean =>
  /^((train|test)_[Xy]\.bin|class_names\.txt)$/.test(basename(path));

/**
 * Reads STL-10's binary version: `train_X.bin`, `train_y.bin` and the same of `test`, without any
 * header. A picture is three planes of 96×96, each column by column; labels are 1 … 10.
 *
 * @throws RequestError for a file that is no whole number of pictures, and a label beyond 1 … 10
 */
export function readStl10(files: readonly StlFile[], options: ContainerOptions): Promise<Contents> {
  const names = files.find(({ path }) => path.endsWith('.txt'));
  const classNames = names
    ? new TextDecoder()
        .decode(names.bytes)
        .split(/\r?\n/)
        .filter((name) => name !== '')
    : null;
  const arrays = files.filter((file) => file !== names).map(arrayOf);
  const subject = files.map(({ path }) => path).join(', ');
  const notes = ['planes lie column by column; labels count from 1'];
  return contentsOfArrays({ container: 'STL-10', arrays, classNames, notes }, options, subject);
}

function arrayOf({ path, bytes }: StlFile): StoredArray {
  const name = basename(path, '.bin');
  const common = { name, element: numberTypes.uint8, little: true, fortran: false };
  if (name.endsWith('y')) {
    const labels = zeroBased(bytes, path);
    return { ...common, shape: [bytes.length], pieces: () => [labels] };
  }
  const count = bytes.length / imageBytes;
  if (count >= 1 && Number.isInteger(count)) {
    return { ...common, shape: [count, 3, side, side], axes: 'ncwh', pieces: () => [bytes] };
  }
  const what = `${bytes.length} bytes are no whole number of pictures of ${imageBytes}`;
  throw refusal(path, what, 'fetch the file again');
}

function zeroBased(bytes: Uint8Array, path: string): Uint8Array {
  const wrong = bytes.findIndex((label) => label < 1 || label > 10);
  if (wrong < 0) return bytes.map((label) => label - 1);
  throw refusal(
    `${path}, byte ${wrong}`,
    `label ${bytes[wrong]}, but labels are 1 … 10`,
    'fetch it again',
  );
}
