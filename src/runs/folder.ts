import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Dataset } from '../data/dataset.ts';
import { readingVersionOf } from '../data/format.ts';
import { datasetDigest } from '../data/identity.ts';
import { option, RequestError } from '../errors.ts';
import { type DocumentKind, documentText, parseDocument } from '../files/document.ts';
import { mostBytes, readText } from '../files/read.ts';
import { unreadable } from '../files/refusals.ts';
import { isPassing, PassingError, retried } from '../files/retry.ts';
import type { Trainer } from '../training/trainer.ts';
import { isPartial, writeWhole } from './atomic.ts';
import { differenceFromDefaults, differingKeys } from './config.ts';
import type { RunConfig } from './fields.ts';
import { describeIdentity } from './identity.ts';
import { leasesName } from './leaseFiles.ts';
import { lockFile } from './lock.ts';
import { runConfigSchema } from './schema.ts';

/** The file that makes a folder a run. */
export const recordName = 'run.json';

/** What data a run was begun with; records from before there was a digest have none. */
const dataSchema = z.object({
  title: z.string(),
  source: z.string(),
  train: z.number(),
  test: z.number(),
  /** Images that it chooses by; left out where there are none. */
  validation: z.number().optional(),
  digest: z.string().optional(),
  /** The version of the reader that read them; 1 where there is none. */
  reading: z.number().optional(),
  /** What files of one's own hold: `images`, `sound clips`, … */
  holds: z.string().optional(),
});

/** What computes; records from before they were kept say no instruction set, and mean kernels 1. */
const kernelFields = { isa: z.string().optional(), kernels: z.number().optional() };

/** A step from which on a run was computed by other kernels than before. */
const changeSchema = z.object({
  step: z.number(),
  isa: z.string(),
  kernels: z.number(),
  when: z.string(),
});

/** What a net gets to see, and the names of what it tells apart. */
export const recordedImagesSchema = z.object({
  channels: z.number(),
  height: z.number(),
  width: z.number(),
  classNames: z.array(z.string()),
  /** How they are normalised, a channel each, in units of 0…255; older records do not say. */
  mean: z.array(z.number()).optional(),
  std: z.array(z.number()).optional(),
  /** What became black and white, where all files together told it. */
  extent: z.object({ low: z.number(), high: z.number() }).optional(),
});

/** The schema of `run.json`. */
export const recordSchema = z.object({
  config: runConfigSchema,
  /** The entries of the config that are not the defaults. */
  differs: z.record(z.string(), z.unknown()),
  seed: z.number(),
  parameters: z.number(),
  data: dataSchema,
  /** Kept because a folder of one's own need not be at hand later; old records have none. */
  images: recordedImagesSchema.optional(),
  code: z.object({ shakelab: z.string(), commit: z.string().nullable(), node: z.string() }),
  machine: z.object({
    ...{ cpu: z.string(), processors: z.number(), platform: z.string() },
    ...kernelFields,
  }),
  /** The weights that it began with, of the file that the config names: whether its head was taken, too. */
  init: z.object({ sha256: z.string(), head: z.enum(['taken', 'drawn']) }).optional(),
  /** Where `--allow-other-kernels` let it go on by other kernels, in order; `when` is ISO 8601. */
  kernelChanges: z.array(changeSchema).optional(),
  /** ISO 8601. */
  startedAt: z.string(),
});

/** `run.json`: what was asked, of what data, by what code, where and when. */
export type RunRecord = z.infer<typeof recordSchema>;

/** The formats of `run.json`. */
const recordKind: DocumentKind<RunRecord> = {
  name: 'record',
  upgrades: [],
  schema: recordSchema,
  remedy: 'train into another folder',
};

/**
 * Decides, without touching anything, whether a run may be kept in a folder.
 *
 * @returns whether the folder holds the run to go on with; else it is free for a new one
 * @throws RequestError where the folder holds a run and `resume` is not set, a run of another
 *   config (naming the entries that differ), or files that are no run
 */
export async function checkFolder(
  folder: string,
  config: RunConfig,
  resume: boolean,
): Promise<boolean> {
  const names = await namesIn(folder);
  if (!names.includes(recordName)) {
    refuseForeign(folder, names);
    return false;
  }
  if (!resume) {
    const remedy = `add ${option('resume')} to go on with it, or choose another folder`;
    throw new RequestError(
      `${option('folder')} ${folder}: the folder holds a run already; ${remedy}`,
    );
  }
  refuseOtherConfig(folder, (await readRecord(folder)).config, config);
  return true;
}

/** Writes the record of a new run into its folder; `init` says what weights it begins with. */
export async function createRecord(
  folder: string,
  { config, dataset, trainer }: { config: RunConfig; dataset: Dataset; trainer: Trainer },
  init?: RunRecord['init'],
): Promise<void> {
  const { shakelab, commit, node, ...machine } = describeIdentity();
  const { isa, version: kernels } = trainer.kernels;
  const { title, source, train, validation, test, reading } = dataset;
  const record: RunRecord = {
    config,
    differs: differenceFromDefaults(config),
    seed: config.seed,
    parameters: trainer.parameterCount,
    data: {
      ...{ title, source, train: train.count, test: test.count },
      ...(validation && { validation: validation.count }),
      ...{ digest: datasetDigest(dataset), reading: readingVersionOf(dataset) },
      ...(reading && { holds: reading.holds }),
    },
    images: recordedImages(dataset),
    code: { shakelab, commit, node },
    machine: { ...machine, isa, kernels },
    ...(init && { init }),
    startedAt: new Date().toISOString(),
  };
  await writeRecord(folder, record);
}

/** What a net sees of its data, as records keep it. */
export function recordedImages(dataset: Dataset): NonNullable<RunRecord['images']> {
  const { channels, height, width, classNames, mean, std, reading } = dataset;
  const extent = reading?.extent && { extent: reading.extent };
  return { channels, height, width, classNames, mean, std, ...extent };
}

/** Writes a run's record over the one that is there. */
export const writeRecord = (folder: string, record: RunRecord): Promise<void> =>
  writeWhole(join(folder, recordName), documentText(recordKind, record));

/**
 * Reads a run's record.
 *
 * @throws RequestError where the folder is no run, or its `run.json` is damaged or of a newer format
 */
export async function readRecord(folder: string): Promise<RunRecord> {
  const path = join(folder, recordName);
  const read = () => readText(path, mostBytes.document);
  const text = await retried(read).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RequestError) throw error;
    if (isPassing(error.code)) {
      throw new PassingError(`${path}: ${unreadable(error)}`);
    }
    const remedy = 'give the folder that `shakelab train --out` made';
    throw new RequestError(`${folder}: no run is kept there (${path}: ${error.code}); ${remedy}`);
  });
  return parseRecord(text, path);
}

/** Parses the text of a `run.json`. @throws RequestError where it is damaged or of a newer format */
export const parseRecord = (text: string, path: string): RunRecord =>
  parseDocument(text, recordKind, path);

/** The record of the run in a folder, or undefined where there is none yet. */
export async function keptRecord(folder: string): Promise<RunRecord | undefined> {
  const names = await namesIn(folder);
  return names.includes(recordName) ? readRecord(folder) : undefined;
}

/**
 * Checks that the data at hand are those that the run in a folder was begun with, and are read as
 * they were then.
 *
 * @throws RequestError where either has changed
 */
export async function checkData(folder: string, dataset: Dataset): Promise<void> {
  const record = await readRecord(folder);
  const { data } = record;
  checkReading(folder, record, readingVersionOf(dataset));
  const digest = datasetDigest(dataset);
  if (data.digest === undefined || data.digest === digest) return;
  const told = (train: number, test: number, hash: string): string =>
    `${train} training and ${test} test images, digest ${hash.slice(0, 12)}`;
  throw new RequestError(
    `${folder}: its data have changed: the run was begun with ` +
      `${told(data.train, data.test, data.digest)}; ${dataset.source} holds ` +
      `${told(dataset.train.count, dataset.test.count, digest)}; bring back the old data, name ` +
      `their place with ${option('dataFolder')}, or train a new run`,
  );
}

/**
 * Checks that a run's data were read as they are now.
 *
 * @param now the version of their reader
 * @throws RequestError where that has changed
 */
export function checkReading(folder: string, { data, code }: RunRecord, now: number): void {
  const begun = data.reading ?? 1;
  if (begun === now) return;
  throw new RequestError(
    `${folder}: its data are read in another way now: ${data.source} was read by version ` +
      `${begun} of the reader when the run was begun and is by version ${now} here, so that the ` +
      `same files give other values; use the shakelab that began the run (${code.shakelab}), or train a new one`,
  );
}

/** The config of the run in a folder, or undefined where there is none yet. */
export async function keptConfig(folder: string): Promise<RunConfig | undefined> {
  return (await keptRecord(folder))?.config;
}

function refuseForeign(folder: string, names: string[]): void {
  const own = [lockFile, leasesName];
  const foreign = names.filter((name) => !isPartial(name) && !own.includes(name));
  if (foreign.length === 0) return;
  const rule = `the folder holds other files (${foreign[0]}) and no run`;
  throw new RequestError(`${option('folder')} ${folder}: ${rule}; choose a new or an empty folder`);
}

function refuseOtherConfig(folder: string, kept: RunConfig, asked: RunConfig): void {
  const differing = differingKeys(kept, asked);
  if (differing.length === 0) return;
  const list = differing.map((key) => `${option(key)} ${asked[key]} (the run has ${kept[key]})`);
  const remedy = 'leave them out to go on with the run, or choose another folder';
  throw new RequestError(
    `${option('resume')} ${folder}: the run has other settings; ${remedy}\n  ${list.join('\n  ')}`,
  );
}

async function namesIn(folder: string): Promise<string[]> {
  // As `join` names the files in it: 'a/../b' is b, whether there is an a or not.
  return readdir(join(folder, '.')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new RequestError(
      error.code === 'ENOTDIR'
        ? `${option('folder')} ${folder}: cannot be read as a folder (ENOTDIR); choose another`
        : `${option('folder')} ${folder}: ${unreadable(error)}, or choose another`,
    );
  });
}
