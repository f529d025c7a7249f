import type { StoredArray } from '../arrays.ts';
import { type NumberType, numberTypes } from '../elements.ts';
import { refusal } from '../refusal.ts';
import { type Element, elementsIn, matrixKind } from './elements.ts';

/** A variable of a .mat file: numbers, texts (a char array's rows or a cell's), or neither. */
export type Variable =
  | { kind: 'numbers'; array: StoredArray }
  | { kind: 'texts'; name: string; texts: string[] }
  | { kind: 'other'; name: string; type: string };

/** How numbers are stored, by the element's kind. */
const storedTypes: Record<number, NumberType> = {
  1: numberTypes.int8,
  2: numberTypes.uint8,
  3: numberTypes.int16,
  4: numberTypes.uint16,
  5: numberTypes.int32,
  6: numberTypes.uint32,
  7: numberTypes.float32,
  9: numberTypes.float64,
  12: numberTypes.int64,
  13: numberTypes.uint64,
};

/** What a numeric array is to MATLAB, by its class; it may be stored in a narrower kind. */
const classTypes: Record<number, NumberType> = {
  6: numberTypes.float64,
  7: numberTypes.float32,
  8: numberTypes.int8,
  9: numberTypes.uint8,
  10: numberTypes.int16,
  11: numberTypes.uint16,
  12: numberTypes.int32,
  13: numberTypes.uint32,
  14: numberTypes.int64,
  15: numberTypes.uint64,
};

const [cellClass, charClass] = [1, 4];
const otherClasses: Record<number, string> = {
  2: 'struct',
  3: 'object',
  5: 'sparse',
  16: 'function',
};
const [complexFlag, logicalFlag] = [0x800, 0x200];
const mostCells = 65_536;

/**
 * Reads the variables of a .mat file of version 5.
 *
 * @throws RequestError naming variable and byte where it is damaged
 */
export function readVariables(bytes: Uint8Array, little: boolean, subject: string): Variable[] {
  const variables: Variable[] = [];
  for (const element of elementsIn(bytes, little, subject, 128)) {
    if (element.kind === matrixKind) variables.push(readVariable(element, little, subject));
  }
  return variables;
}

function readVariable({ bytes, at }: Element, little: boolean, subject: string): Variable {
  const [flags, dimensions, name, ...content] = elementsIn(bytes, little, subject);
  const where = `${subject}, byte ${at}`;
  if (!name || flags.bytes.length < 8 || dimensions.bytes.length > 32) {
    throw refusal(where, 'a variable has no class, size and name', 'save or fetch the file again');
  }
  const word = viewOf(flags.bytes).getUint32(0, little);
  const shape = int32s(dimensions.bytes, little);
  const own = {
    name: new TextDecoder().decode(name.bytes),
    shape,
    where: `${where} (${new TextDecoder().decode(name.bytes)})`,
  };
  const kind = word & 0xff;
  if (kind === charClass) {
    return { kind: 'texts', name: own.name, texts: rowsOf(content[0], shape, little) };
  }
  if (kind === cellClass) return cellOf(own, content, little, subject);
  const type = Object.hasOwn(classTypes, kind) ? classTypes[kind] : null;
  if (!type || word & complexFlag) {
    const other = type ? 'complex' : (otherClasses[kind] ?? `class ${kind}`);
    return { kind: 'other', name: own.name, type: other };
  }
  return {
    kind: 'numbers',
    array: arrayOf(own, type, content[0], Boolean(word & logicalFlag), little),
  };
}

interface Named {
  name: string;
  shape: number[];
  where: string;
}

function arrayOf(
  { name, shape, where }: Named,
  type: NumberType,
  content: Element | undefined,
  logical: boolean,
  little: boolean,
): StoredArray {
  const stored =
    content && Object.hasOwn(storedTypes, content.kind) ? storedTypes[content.kind] : null;
  const count = shape.reduce((product, size) => product * size, 1);
  if (!content || !stored || content.bytes.length !== count * stored.bytes) {
    const what = `[${shape.join(', ')}] numbers in ${content?.bytes.length ?? 0} bytes`;
    throw refusal(where, what, 'save or fetch the file again');
  }
  const meant = logical ? numberTypes.bool : type;
  const element = stored === meant ? stored : { ...stored, name: meant.name, scale: meant.scale };
  return { name, element, shape, little, fortran: true, pieces: () => [content.bytes] };
}

/** A cell array as its texts, or as something else where it holds any other. */
function cellOf(
  { name, shape, where }: Named,
  content: Element[],
  little: boolean,
  subject: string,
): Variable {
  const count = shape.reduce((product, size) => product * size, 1);
  if (content.length !== count || count > mostCells) {
    throw refusal(
      where,
      `${count} cells, ${content.length} are there`,
      'save or fetch the file again',
    );
  }
  const cells = content.map((cell) =>
    cell.kind === matrixKind ? readCell(cell, little, subject) : null,
  );
  const texts = cells.filter((text) => text !== null);
  if (texts.length === count) return { kind: 'texts', name, texts };
  return { kind: 'other', name, type: 'cell of other things than texts' };
}

/** The text in a cell, or null: cells in cells are not gone into. */
function readCell({ bytes }: Element, little: boolean, subject: string): string | null {
  const [flags, dimensions, , content] = elementsIn(bytes, little, subject);
  if (!flags || flags.bytes.length < 4 || !dimensions) return null;
  if ((viewOf(flags.bytes).getUint32(0, little) & 0xff) !== charClass) return null;
  return rowsOf(content, int32s(dimensions.bytes, little), little).join('');
}

/** The rows of a char array, which is stored column by column, without the blanks that fill them. */
function rowsOf(content: Element | undefined, shape: number[], little: boolean): string[] {
  const letters = content ? lettersOf(content, little) : [];
  const [rows = 0] = shape;
  if (!(rows >= 0 && rows <= letters.length)) return [];
  return Array.from({ length: rows }, (_, row) =>
    letters
      .filter((_, at) => at % rows === row)
      .join('')
      .trimEnd(),
  );
}

function lettersOf({ kind, bytes }: Element, little: boolean): string[] {
  const [utf8, utf16, utf32] = [16, 17, 18];
  if (kind === utf8) return [...new TextDecoder().decode(bytes)];
  const width = kind === utf32 ? 4 : kind === utf16 ? 2 : (storedTypes[kind]?.bytes ?? 1);
  const view = viewOf(bytes);
  const codes = Array.from({ length: Math.floor(bytes.length / width) }, (_, i) => {
    if (width === 1) return view.getUint8(i);
    return width === 2 ? view.getUint16(2 * i, little) : view.getUint32(width * i, little);
  });
  return codes.map((code) => String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd));
}

function int32s(bytes: Uint8Array, little: boolean): number[] {
  const view = viewOf(bytes);
  const count = Math.floor(bytes.length / 4);
  return Array.from({ length: count }, (_, i) => view.getInt32(4 * i, little));
}

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
