import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
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
import { type RunRecord, recordSchema } from './record.ts';

/** The file that makes a folder a run. */
export const recordName = 'run.json';

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
    `${option('folder')} ${folder}: the run there has other settings; ${remedy}\n  ${list.join('\n  ')}`,
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
