import { arrayText, type StoredArray } from './arrays.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { contentsOfArrays } from './fromArrays.ts';
import { fieldPieces, headerLength, headerStart, type NpyHeader, readNpyHeader } from './npy.ts';
import { refusal } from './refusal.ts';
import { type ByteSource, bytesSource, piecesOf } from './source.ts';
import { type ZipMember, zipMembers } from './zip.ts';

/**
 * Reads a .npz archive: arrays by their keys, stored or packed, one after the other, so that no
 * more is held than the pictures.
 *
 * @throws RequestError naming the member that cannot be read
 */
export async function readNpz(source: ByteSource, options: ContainerOptions): Promise<Contents> {
  const arrays: StoredArray[] = [];
  for (const member of await zipMembers(source)) {
    const subject = `${source.path}, ${member.name}`;
    if (member.name.endsWith('.npy')) arrays.push(...(await memberArrays(member, subject)));
  }
  return contentsOfArrays({ container: 'npz', arrays }, options, source.path);
}

/** Reads a .npy file: records with a picture and a label each, or pictures alone where that will do. */
export async function readNpy(source: ByteSource, options: ContainerOptions): Promise<Contents> {
  const arrays = await npyArrays(source);
  if (arrays.length > 1 || options.unlabelled)
    return contentsOfArrays({ container: 'npy', arrays }, options, source.path);
  throw refusal(
    source.path,
    `holds one array (${arrayText(arrays[0])}), but pictures need labels`,
    'save both as numpy.savez(file, images=…, labels=…)',
  );
}

/** The arrays of a .npy file, one for each field of its records. */
async function npyArrays(source: ByteSource): Promise<StoredArray[]> {
  const { path, size } = source;
  const start = await source.read(0, headerStart);
  const bytes = await source.read(0, headerLength(start, path));
  const header = readNpyHeader(bytes, 'array', path);
  refuseSize(header, size, path);
  return fields(header, () => piecesOf(source, header.length, size));
}

/** The same of a file in memory, such as a member of a tar. */
export const npyArraysIn = (bytes: Uint8Array, name: string): Promise<StoredArray[]> =>
  npyArrays(bytesSource(bytes, name));

async function memberArrays(member: ZipMember, subject: string): Promise<StoredArray[]> {
  const header = await memberHeader(member, subject);
  refuseSize(header, member.size, subject);
  return fields(header, () => without(member.pieces(), header.length));
}

/** Reads no more of a member than its header takes. */
async function memberHeader(member: ZipMember, subject: string): Promise<NpyHeader> {
  let bytes: Uint8Array = new Uint8Array(0);
  for await (const piece of member.pieces()) {
    bytes = Buffer.concat([bytes, piece]);
    if (bytes.length >= headerStart && bytes.length >= headerLength(bytes, subject)) break;
  }
  return readNpyHeader(bytes, member.name.replace(/\.npy$/, ''), subject);
}

function fields({ arrays }: NpyHeader, pieces: () => AsyncIterable<Uint8Array>): StoredArray[] {
  return arrays.map((field) => ({ ...field, pieces: () => fieldPieces(field, pieces()) }));
}

async function* without(pieces: AsyncIterable<Uint8Array>, skipped: number) {
  let left = skipped;
  for await (const piece of pieces) {
    if (left < piece.length) yield piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}

function refuseSize({ length, size }: NpyHeader, found: number, subject: string): void {
  if (length + size === found) return;
  const what = `the header's array takes ${length + size} bytes, the file has ${found}`;
  throw refusal(subject, what, 'save or fetch it again');
}
