import { basename, join } from 'node:path';
import { RequestError } from '../../errors.ts';
import type { Dataset, DatasetName, ImageKind, Split } from '../dataset.ts';
import type { DataFile, PublishedFile, StoredDataset } from '../kinds.ts';
import { formIn, pathsOf } from '../locate.ts';
import { readMembers } from '../tar.ts';
import { readPieces, readUnpacked } from '../unpack.ts';
import {
  channels,
  type RecordFile,
  type RecordFormat,
  readRecords,
  recordBytes,
  side,
} from './records.ts';

/** What tells one data set of the CIFAR family from another. */
export interface CifarFamily extends RecordFormat, Pick<ImageKind, 'classNames' | 'mean' | 'std'> {
  name: DatasetName;
  title: string;
  /** the published archive: its name, its bytes as it lies, its MD5 */
  archive: { name: string; bytes: number; md5: string };
  /** the folder inside the archive */
  inner: string;
  /** files of records inside that folder, in the order their images are numbered */
  files: { train: string[]; test: string[] };
  images: { train: number; test: number };
}

const address = 'https://www.cs.toronto.edu/~kriz/';

/**
 * A data set of the CIFAR family (Krizhevsky, 2009) in its binary version: the archive, or what
 * it unpacks to, in its own folder or directly in the data set's. Files that parse and hold as
 * many images as were published are accepted whatever their checksum; only downloads must match it.
 */
export function cifar(family: CifarFamily): StoredDataset {
  const { name, title, images } = family;
  const imageKind = imageKindOf(family);
  const unpacked = (folder: string) =>
    recordNames(family).map((n) => recordFile(family, folder + n));
  const forms: StoredDataset['forms'] = [
    [archiveFile(family)],
    unpacked(`${family.inner}/`),
    unpacked(''),
  ];
  return {
    kind: 'stored',
    title,
    folder: name,
    forms,
    mirrors: [address],
    images,
    imageKind,
    async open(folder): Promise<Dataset> {
      const splits = assemble(family, folder, await readFiles(family, forms, folder));
      return { name, title, source: folder, ...imageKind, ...splits };
    },
  };
}

function imageKindOf({ classNames, mean, std }: CifarFamily): ImageKind {
  const size = { channels, height: side, width: side };
  return { ...size, classNames, mean, std, augmentation: 'crop-flip' };
}

const recordNames = ({ files }: CifarFamily): string[] => [...files.train, ...files.test];

function archiveFile(family: CifarFamily): PublishedFile {
  const { name, bytes, md5 } = family.archive;
  return {
    names: [`${name}.tar.gz`, `${name}.tar`],
    bytes,
    digest: { algorithm: 'md5', of: 'file', value: md5 },
    check: async (path) => void assemble(family, path, await readArchive(family, path)),
  };
}

/** One of the files that the archive unpacks to; nobody published their digests. */
function recordFile(family: CifarFamily, name: string): DataFile {
  const check = async (path: string) => {
    readRecords([{ file: path, bytes: await readUnpacked(path) }], family);
  };
  return { names: [name], bytes: 0, digest: null, check };
}

/** The files of records by their names, from whichever form the folder holds. */
async function readFiles(
  family: CifarFamily,
  forms: StoredDataset['forms'],
  folder: string,
): Promise<Map<string, RecordFile>> {
  const form = (await formIn({ forms }, folder)) ?? forms[0];
  const paths = await pathsOf(folder, form);
  if (form === forms[0]) return readArchive(family, paths[0]);
  const files = new Map<string, RecordFile>();
  for (const file of paths) files.set(basename(file), { file, bytes: await readUnpacked(file) });
  return files;
}

/** The same from the archive, which is unpacked while it is read. */
async function readArchive(family: CifarFamily, path: string): Promise<Map<string, RecordFile>> {
  const { inner, images } = family;
  const names = recordNames(family);
  const wanted = names.map((name) => `${inner}/${name}`);
  const largest = Math.max(images.train, images.test) * recordBytes(family);
  const members = await readMembers(readPieces(path), path, { names: wanted, largest });
  const files = new Map<string, RecordFile>();
  for (const name of names) {
    const bytes = members.get(`${inner}/${name}`);
    if (!bytes) throw new RequestError(`${path}: lacks ${inner}/${name}; fetch the file again`);
    files.set(name, { file: join(path, inner, name), bytes });
  }
  return files;
}

function assemble(family: CifarFamily, source: string, files: Map<string, RecordFile>) {
  const split = (name: 'train' | 'test'): Split => {
    const read = readRecords(
      family.files[name].map((file) => files.get(file)!),
      family,
    );
    const expected = family.images[name];
    if (read.count === expected) return read;
    throw new RequestError(
      `${source}: ${family.files[name].join(', ')} hold ${read.count} images, but ${family.title} ` +
        `has ${expected} for ${name}; fetch the file again`,
    );
  };
  return { train: split('train'), test: split('test') };
}
