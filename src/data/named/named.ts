import type { ImageKind } from '../dataset.ts';
import type { DataFile, PublishedFile, StoredDataset } from '../kinds.ts';
import type { NamedFile, NamedSet } from './sets.ts';

/**
 * The data set of a row: the files as published, plain or packed, or what their archive unpacks to,
 * in its own folder or directly in the data set's. Only downloads must match a checksum.
 */
export function namedDataset(set: NamedSet): StoredDataset {
  const { title, folder, mirrors, images, unpacked } = set;
  const own = (inner: string) => unpacked!.names.map((name) => unpackedFile(set, inner + name));
  return {
    kind: 'stored',
    ...{ title, folder, mirrors, images },
    forms: [
      set.files.map((file) => publishedFile(set, file)),
      ...(unpacked ? [own(unpacked.inner), own('')] : []),
    ],
    imageKind: imageKindOf(set),
    open: async (place) => (await reading()).openNamed(set, place),
  };
}

/** What is known before the files are read; their means and deviations are computed then. */
export function imageKindOf({ channels, side, classNames }: NamedSet): ImageKind {
  const each = (value: number) => Array.from({ length: channels }, () => value);
  return {
    ...{ channels, height: side, width: side, classNames: [...classNames] },
    ...{ mean: each(127.5), std: each(63.75), augmentation: 'none' },
  };
}

function publishedFile(set: NamedSet, { name, bytes, md5 }: NamedFile): PublishedFile {
  const digest = { algorithm: 'md5', of: 'file', value: md5 } as const;
  return { names: namesOf(name), bytes, digest, check: checkOf(set) };
}

const unpackedFile = (set: NamedSet, name: string): DataFile => ({
  ...{ names: namesOf(name), bytes: 0, digest: null, check: checkOf(set) },
});

/** A file that is published packed may lie unpacked. */
const namesOf = (name: string): [string, ...string[]] =>
  name.endsWith('.gz') ? [name, name.slice(0, -3)] : [name];

const checkOf = (set: NamedSet) => async (path: string) => (await reading()).checkNamed(set, path);

/** Decoders are loaded only where files are read. */
const reading = () => import('./openNamed.ts');
