import { readPieces, readUnpacked } from '../unpack.ts';
import { isCifarPickle, readCifarPickles } from './cifarPickle.ts';
import { type ContainerFormat, containerFormat, endsIn, readEach } from './containerFormat.ts';
import type { ContainerOptions, Contents } from './contents.ts';
import { emnistTraits } from './emnist.ts';
import { isIdxName, readIdx } from './idx.ts';
import { largestText, readManifest } from './manifest.ts';
import { publishedAs } from './published.ts';
import { fileReference, withFile } from './source.ts';
import { isStlName, readStl10 } from './stl10.ts';
import { utf8Text } from './utf8.ts';

/** Files that are held whole may be, or unpack to, so many bytes. */
const largestWhole = 2 ** 31;

/** Archives go by in pieces. */
const largestArchive = 2 ** 40;

const whole = async (path: string) => ({ path, bytes: await readUnpacked(path, largestWhole) });
const allWhole = (paths: readonly string[]) => Promise.all(paths.map(whole));

/** Idx files with what their names or digests tell of them; of a file that lies there plain too, the packed one. */
async function readIdxFiles(all: string[], options: ContainerOptions): Promise<Contents> {
  const paths = all.filter((path) => !all.includes(`${path}.gz`));
  const known = await publishedAs(paths);
  const traits = emnistTraits(paths) ?? (known ? { classNames: [...known.classNames] } : {});
  const contents = await readIdx(await allWhole(paths), options, traits);
  if (!known) return contents;
  contents.schema.notes.push(`these are ${known.title}'s files as published`);
  return { ...contents, title: known.title };
}

/**
 * Every container of labelled pictures that somebody else's tools write; a new one is a row here. Readers
 * that bring a library along are loaded when they are needed, for the memory that those take.
 */
export const containerFormats: readonly ContainerFormat[] = [
  containerFormat({
    holds: 'arrays of numpy',
    belongs: endsIn('.npz'),
    async read(paths, options) {
      const { readNpz } = await import('./npz.ts');
      return readEach(paths, (path) =>
        withFile(fileReference(path), (file) => readNpz(file, options)),
      );
    },
  }),
  containerFormat({
    holds: 'records of numpy',
    belongs: endsIn('.npy'),
    folder: 0.3,
    async read(paths, options) {
      const { readNpy } = await import('./npz.ts');
      return readEach(paths, (path) =>
        withFile(fileReference(path), (file) => readNpy(file, options)),
      );
    },
  }),
  containerFormat({
    holds: 'Parquet tables',
    groups: true,
    belongs: endsIn('.parquet'),
    async read(paths, options) {
      const { readParquet } = await import('./parquet/parquet.ts');
      return readParquet(paths.map(fileReference), options);
    },
  }),
  containerFormat({
    holds: 'tars of samples',
    belongs: endsIn('.tar', '.tar.gz', '.tgz'),
    folder: 0.7,
    async read(paths, options) {
      const { readWebDataset } = await import('./webdataset/webdataset.ts');
      const pieces = (path: string) => () => readPieces(path, largestArchive);
      return readWebDataset(
        paths.map((path) => ({ path, pieces: pieces(path) })),
        options,
      );
    },
  }),
  containerFormat({
    holds: "MATLAB's variables",
    belongs: endsIn('.mat'),
    async read(paths, options) {
      const { readMat } = await import('./matlab/mat.ts');
      return readEach(paths, async (path) => readMat((await whole(path)).bytes, path, options));
    },
  }),
  containerFormat({
    holds: 'idx files',
    fields: false,
    belongs: isIdxName,
    folder: 0.9,
    read: readIdxFiles,
  }),
  containerFormat({
    holds: "CIFAR's batches as Python pickled them",
    fields: false,
    belongs: isCifarPickle,
    folder: 0.85,
    read: async (paths, options) => readCifarPickles(await allWhole(paths), options),
  }),
  containerFormat({
    holds: "STL-10's binary files",
    fields: false,
    belongs: isStlName,
    folder: 0.85,
    read: async (paths, options) => readStl10(await allWhole(paths), options),
  }),
  containerFormat({
    holds: 'a manifest',
    groups: true,
    belongs: endsIn('.csv', '.tsv', '.csv.gz', '.tsv.gz'),
    folder: 0.5,
    read: (paths, options) =>
      readEach(paths, async (path) =>
        readManifest(utf8Text(await readUnpacked(path, largestText), path), path, options),
      ),
  }),
];
