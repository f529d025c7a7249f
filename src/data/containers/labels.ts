import { arrayText, isNumeric, type StoredArray, wholeArray } from './arrays.ts';
import type { Label } from './contents.ts';
import { refusal } from './refusal.ts';

/** Labels of an array, and how they were understood where that is not plain. */
export interface ReadLabels {
  labels: Label[];
  note: string | null;
}

/**
 * Reads labels: one a picture, `[n]`, `[n, 1]` or `[1, n]`; or rows `[n, k]` with a single 1, which
 * stands in the class's column.
 *
 * @throws RequestError for rows with more or fewer ones (several labels a picture), for any other
 *   shape, and for a number that is not whole
 */
export async function readLabels(array: StoredArray, subject: string): Promise<ReadLabels> {
  const values = valuesOf(array, await wholeArray(array, subject), subject);
  const wide = array.shape.filter((size) => size !== 1);
  if (array.shape.length <= 2 && wide.length <= 1) {
    return { labels: checked(array, values, subject), note: null };
  }
  if (array.shape.length === 2 && isNumeric(array.element)) return oneHot(array, values, subject);
  const rule = 'there must be one label a picture';
  throw refusal(subject, `${arrayText(array)}, but ${rule}`, 'write labels as [count]');
}

/** Labels that are text in the file: as numbers where all of them are whole ones, `7` or `7.0`. */
export function labelsOfTexts(texts: readonly string[]): Label[] {
  const isWhole = texts.every((text) => /^-?\d{1,15}(\.0*)?$/.test(text));
  return isWhole ? texts.map(Number) : [...texts];
}

/** All values of an array in their order in the file; of text without its padding. */
function valuesOf(array: StoredArray, bytes: Uint8Array, subject: string): Label[] {
  const { element, little } = array;
  const count = element.bytes === 0 ? 0 : bytes.length / element.bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = element.bytes;
  return Array.from({ length: count }, (_, i) =>
    isNumeric(element)
      ? element.read(view, i * size, little)
      : (element.decode(bytes.subarray(i * size, (i + 1) * size), little) ??
        noText(array, i, subject)),
  );
}

function noText(array: StoredArray, place: number, subject: string): never {
  const what = `${arrayText(array)}: label ${place} is no text in UTF-8`;
  throw refusal(subject, what, 'save labels as numbers or as str');
}

function checked(array: StoredArray, values: Label[], subject: string): Label[] {
  const wrong = values.findIndex((v) => typeof v === 'number' && !Number.isSafeInteger(v));
  if (wrong < 0) return values;
  throw refusal(
    subject,
    `${arrayText(array)}: label ${wrong} is ${values[wrong]}, but a class is a whole number or a name`,
    'give labels that are classes; measured values cannot be learnt here',
  );
}

function oneHot(array: StoredArray, values: Label[], subject: string): ReadLabels {
  const [rows, columns] = array.shape;
  const at = (row: number, column: number) =>
    values[array.fortran ? column * rows + row : row * columns + column];
  const labels = Array.from({ length: rows }, (_, row) => {
    const own = Array.from({ length: columns }, (_, column) => at(row, column));
    const ones = own.filter((value) => value === 1).length;
    if (ones === 1 && own.every((value) => value === 0 || value === 1)) return own.indexOf(1);
    throw severalLabels(array, row, ones, subject);
  });
  return { labels, note: `${arrayText(array)}: the class is the column of a row's only 1` };
}

function severalLabels(array: StoredArray, row: number, ones: number, subject: string) {
  return refusal(
    subject,
    `${arrayText(array)}: row ${row} has ${ones} ones, but a picture has one class (several labels a picture are multi-label)`,
    'choose one of them, or write labels as [count]',
  );
}
