import { resolve } from 'node:path';
import { type Naming, option, RequestError, worded } from '../errors.ts';
import { checkFiles, type FileCheck } from './check.ts';
import { cifar10 } from './cifar/cifar10.ts';
import { cifar100 } from './cifar/cifar100.ts';
import { type ClassCount, countClasses, unequalNote } from './classCounts.ts';
import type { Dataset, DatasetName, ImageKind, OpenOptions, SearchOptions } from './dataset.ts';
import { digits } from './digits/digits.ts';
import { fetchFiles } from './fetchFiles.ts';
import type { Reading } from './format.ts';
import { noGroups } from './groups.ts';
import { type DrawnDataset, drawnByCode, type StoredDataset } from './kinds.ts';
import { cacheFolder, locate, searchPlaces } from './locate.ts';
import { locatePath } from './locatePath.ts';
import { mnist } from './mnist.ts';
import { namedDataset } from './named/named.ts';
import { namedSets } from './named/sets.ts';
import { folderPath, namesFolder } from './names.ts';
import { obtain, whereLooked } from './obtain.ts';
import { outcomeOf } from './problem.ts';
import { checkSizes, subset } from './subset.ts';

/** The data sets of the paper and their kin: what commands mean that name none. */
const usual = { mnist, digits, cifar10, cifar100 };

/** Every data set there is; a new one is a row in `named/sets.ts`, or a file of its own and a row here. */
const datasets = {
  ...usual,
  ...Object.fromEntries(namedSets.map((set) => [set.name, namedDataset(set)])),
} as Record<DatasetName, StoredDataset | DrawnDataset>;

/** The names `openDataset` knows. */
const datasetNames = Object.keys(datasets) as DatasetName[];

/** The names of the usual data sets, which are a few hundred megabytes; all others are fetched by name. */
export const usualDatasetNames = Object.keys(usual) as DatasetName[];

/**
 * Opens a data set: looks for its files in `folder`, `$SHAKELAB_DATA` and the cache, else downloads
 * them into the cache; or draws it, if it is one drawn by code; or reads a folder of one's own, if
 * the name is a path.
 * @throws DatasetUnavailableError when there are no files and no way to get them
 * @throws RequestError for an unknown name, a wrong size or a damaged file
 */
export async function openDataset(name: string, options: OpenOptions = {}): Promise<Dataset> {
  checkSizes(options);
  refuseGroups(name, options);
  if (namesFolder(name)) return subset(await openOwn(name, options), options, options.seed ?? 1);
  const kind = datasetNamed(name);
  if (kind.kind === 'drawn') return drawSome(kind, options);
  const dataset = await kind.open(await obtain(name, kind, options));
  return subset(dataset, options, options.seed ?? 1);
}

/** The first images of the sequence, as many as are asked for; with another seed, some of the usual ones. */
function drawSome({ draw, images }: DrawnDataset, options: OpenOptions): Dataset {
  const { trainSize, testSize, seed = 1 } = options;
  if (seed === 1) return draw(trainSize ?? images.train, testSize ?? images.test);
  return subset(draw(images.train, images.test), options, seed);
}

/** Published data sets do not say what belongs together. */
function refuseGroups(name: string, { groupField = noGroups }: OpenOptions): void {
  if (groupField === noGroups || namesFolder(name)) return;
  throw new RequestError(
    `${option('groupField')} ${groupField}: ${name} has no groups; leave it out, or name a folder or table`,
  );
}

/** Decoders are loaded only where a folder is opened. */
async function openOwn(name: string, options: OpenOptions): Promise<Dataset> {
  const { openPath } = await import('./formats.ts');
  return openPath(await locatePath(folderPath(name), options.folder), options);
}

/**
 * Size, classes and normalisation of a data set's images, known without its files.
 * @throws RequestError for an unknown name, and for a folder, whose files alone tell
 */
export function imagesOf(name: string): ImageKind {
  return datasetNamed(name).imageKind;
}

/** What `data list` shows of a data set. */
export interface DatasetListing {
  name: DatasetName;
  title: string;
  images: { train: number; test: number };
  /** bytes of its files as published; 0 for a drawn one */
  bytes: number;
  /** the folder its files are in, “drawn by code”, or null when they would have to be fetched */
  found: string | null;
}

/** All data sets and where they are; downloads nothing. */
export function listDatasets(options: SearchOptions = {}): Promise<DatasetListing[]> {
  return Promise.all(datasetNames.map((name) => listing(name, options)));
}

/**
 * Makes sure a data set's files are at hand and returns where (“drawn by code” for one without
 * files). With `folder` they are put there, else looked for everywhere and put into the cache.
 * @throws RequestError for an unknown name or when a download fails
 */
export async function getDataset(name: string, options: SearchOptions = {}): Promise<string> {
  if (namesFolder(name)) return locatePath(folderPath(name), options.folder);
  const kind = datasetNamed(name);
  if (kind.kind === 'drawn') return drawnByCode;
  if (options.folder) return fetchFiles(kind, resolve(options.folder), options.onProgress);
  const found = await locate(kind, searchPlaces());
  return found ?? fetchFiles(kind, cacheFolder(), options.onProgress);
}

/** What `data check` finds. */
export interface DatasetCheck {
  /** where it was found, or null */
  source: string | null;
  files: FileCheck[];
  /** how files of one's own were read; null of others, and where they cannot be */
  reading: Reading | null;
  /** images of every class, in the order of their numbers; empty where it is not opened */
  classes: ClassCount[];
  /** what to know where the classes' sizes differ much, else null */
  warning: string | null;
  /** why the data set cannot be opened, or null when it can */
  problem: string | null;
}

/**
 * Checks the first place that holds the data set: each file's checksum, whether each parses, and
 * whether the whole opens. Downloads nothing.
 * @param nameOf what the options in its problem and warning are called; their own names when left out
 * @throws RequestError for an unknown name
 */
export async function checkDataset(
  name: string,
  options: OpenOptions = {},
  nameOf?: Naming,
): Promise<DatasetCheck> {
  if (namesFolder(name))
    return opened(folderPath(name), [], () => openOwn(name, { ...options, anew: true }), nameOf);
  const kind = datasetNamed(name);
  const unopened = { files: [], reading: null, classes: [], warning: null };
  if (kind.kind === 'drawn') return { source: drawnByCode, ...unopened, problem: null };
  const places = searchPlaces(options.folder);
  const source = await locate(kind, places);
  if (source)
    return opened(source, await checkFiles(kind, source), () => kind.open(source), nameOf);
  const problem = worded(await whereLooked(name, kind, places), nameOf);
  return { source, ...unopened, problem };
}

async function opened(
  source: string,
  files: FileCheck[],
  open: () => Promise<Dataset>,
  nameOf?: Naming,
): Promise<DatasetCheck> {
  const { value: dataset, problem } = await outcomeOf(open, nameOf);
  const classes = dataset ? countClasses(dataset) : [];
  const reading = dataset?.reading ?? null;
  return { source, files, reading, classes, warning: unequalNote(classes, nameOf), problem };
}

function datasetNamed(name: string): StoredDataset | DrawnDataset {
  if (Object.hasOwn(datasets, name)) return datasets[name as DatasetName];
  const known = datasetNames.join(', ');
  const [rule, remedy] = namesFolder(name)
    ? ['what a folder holds is known only after reading it', 'open the data set']
    : ['there is no such data set', `choose from ${known}, or give a folder as ./${name}`];
  throw new RequestError(`dataset ${name}: ${rule}; ${remedy}`);
}

async function listing(name: DatasetName, options: SearchOptions): Promise<DatasetListing> {
  const kind = datasets[name];
  const { title, images } = kind;
  if (kind.kind === 'drawn') return { name, title, images, bytes: 0, found: drawnByCode };
  const bytes = kind.forms[0].reduce((sum, file) => sum + file.bytes, 0);
  return { name, title, images, bytes, found: await locate(kind, searchPlaces(options.folder)) };
}
