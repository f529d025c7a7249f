import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { RequestError } from '../../errors.ts';
import { readEach } from '../containers/containerFormat.ts';
import type { Contents } from '../containers/contents.ts';
import { emnistTraits } from '../containers/emnist.ts';
import { type IdxFile, idxArray, readIdx } from '../containers/idx.ts';
import { readMat } from '../containers/matlab/mat.ts';
import { refusing } from '../containers/refusal.ts';
import { fileReference, withFile } from '../containers/source.ts';
import { readStl10, type StlFile } from '../containers/stl10.ts';
import { type ZipMember, zipMembers } from '../containers/zip.ts';
import { readMembers } from '../tar.ts';
import { readPieces, readUnpacked } from '../unpack.ts';
import type { NamedSet, ReaderName } from './sets.ts';

/** How files of one kind are read. */
interface Reader {
  /** what they hold, in the plural */
  holds: string;
  /** @param paths the files of one form, in its order */
  read(paths: string[], set: NamedSet): Promise<Contents>;
  /** @throws RequestError for what is no file of the data set */
  check(path: string, set: NamedSet): Promise<void>;
}

/** Files that are held whole may be, or unpack to, so many bytes; archives go by in pieces. */
const largestWhole = 2 ** 31;
const largestArchive = 2 ** 40;

/** Every reader of named data sets. */
export const readers: Record<ReaderName, Reader> = {
  idx: {
    holds: 'idx files',
    read: async (paths, { classNames }) =>
      readIdx(await allWhole(paths), {}, { classNames: [...classNames] }),
    check: checkIdx,
  },
  emnist: {
    holds: 'idx files',
    async read(paths, set) {
      const files = await emnistFiles(paths, set);
      return readIdx(files, {}, emnistTraits(files.map(({ path }) => path)) ?? {});
    },
    check: async (path, set) =>
      isArchive(path) ? void (await emnistFiles([path], set)) : checkIdx(path),
  },
  mat: {
    holds: "MATLAB's variables",
    read: (paths) => readEach(paths, readMatFile),
    check: async (path) => void (await readMatFile(path)),
  },
  stl10: {
    holds: "STL-10's binary files",
    read: async (paths, set) => readStl10(await stlFiles(paths, set), {}),
    check: async (path, set) => void (await stlFiles([path], set)),
  },
};

const isArchive = (path: string): boolean => /\.(zip|tar|tar\.gz)$/.test(path);

const whole = async (path: string) => ({ path, bytes: await readUnpacked(path, largestWhole) });
const allWhole = (paths: readonly string[]) => Promise.all(paths.map(whole));

const readMatFile = async (path: string) => readMat((await whole(path)).bytes, path, {});

async function checkIdx(path: string): Promise<void> {
  idxArray((await whole(path)).bytes, basename(path), path);
}

async function stlFiles(paths: string[], { unpacked }: NamedSet): Promise<StlFile[]> {
  const [archive] = paths;
  if (!isArchive(archive)) return allWhole(paths);
  const names = unpacked!.names.map((name) => unpacked!.inner + name);
  const pieces = readPieces(archive, largestArchive);
  const members = await readMembers(pieces, archive, { names, largest: largestWhole });
  return names.map((name) => {
    const bytes = members.get(name);
    if (!bytes) throw lacking(archive, name);
    return { path: join(archive, name), bytes };
  });
}

/** The four files of a split, from where EMNIST's archive was unpacked, or from the archive. */
async function emnistFiles(paths: string[], { unpacked }: NamedSet): Promise<IdxFile[]> {
  const [archive] = paths;
  if (!isArchive(archive)) return allWhole(paths);
  return withFile(fileReference(archive), async (source) => {
    const members = await zipMembers(source);
    const files: IdxFile[] = [];
    for (const name of unpacked!.names.map((own) => unpacked!.inner + own)) {
      const member = members.find((own) => own.name === name);
      if (!member) throw lacking(archive, name);
      const path = join(archive, name);
      files.push({ path, bytes: await unpackedMember(member, path) });
    }
    return files;
  });
}

async function unpackedMember(member: ZipMember, path: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of member.pieces()) pieces.push(piece);
  return refusing(path, 'is damaged', async () =>
    gunzipSync(Buffer.concat(pieces), { maxOutputLength: largestWhole }),
  );
}

const lacking = (archive: string, name: string) =>
  new RequestError(`${archive}: lacks ${name}; fetch the file again`);
