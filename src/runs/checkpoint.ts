import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { option, RequestError } from '../errors.ts';
import { NewerFormatError } from '../files/format.ts';
import { readIfThere } from '../files/ifThere.ts';
import { mostBytes } from '../files/read.ts';
import { lacksAverages } from '../training/state.ts';
import type { Trainer, TrainingState } from '../training/trainer.ts';
import { writeWhole } from './atomic.ts';
import { decodeState, encodeState } from './stateFile.ts';

const newest = 'checkpoint.safetensors';
const bestName = 'best.safetensors';

/** Which checkpoint of a run: that of its best validation, or the newest. */
export type CheckpointChoice = 'best' | 'last';

/** Where a run's newest checkpoint is. */
export const checkpointPath = (folder: string): string => join(folder, newest);

const previous = 'checkpoint.previous.safetensors';
const damagedName = 'checkpoint.damaged.safetensors';

/**
 * Saves a state as the run's newest checkpoint; the one before stays beside it. The file carries
 * the step and a SHA-256 of it all, and depends on nothing but the state.
 *
 * @param check is asked as late as can be whether this process may still write; it throws if not
 * @throws StorageError where the system refuses; the two that were there stay
 */
export async function saveCheckpoint(
  folder: string,
  state: TrainingState,
  check: () => Promise<void> = async () => {},
): Promise<void> {
  await writeWhole(checkpointPath(folder), encodeState(state), async () => {
    await check();
    await keepPrevious(folder);
  });
}

/** Where a run's checkpoint of the best validation is. */
const bestPath = (folder: string): string => join(folder, bestName);

/** Saves a state as that of the best validation so far, as `saveCheckpoint` saves the newest. */
export const saveBest = (
  folder: string,
  state: TrainingState,
  check: () => Promise<void> = async () => {},
): Promise<void> => writeWhole(bestPath(folder), encodeState(state), check);

/** A restored state, and what the user should know about where it came from. */
export interface LoadedCheckpoint {
  path: string;
  state: TrainingState;
  notes: string[];
}

/**
 * Loads the newest checkpoint of a run, or the previous one where the newest is damaged or
 * missing, with a note that says so; null where the run has none yet.
 *
 * @throws RequestError where checkpoints exist and none of them is whole, or one is of a newer format
 */
export async function loadCheckpoint(folder: string): Promise<LoadedCheckpoint | null> {
  const complaints: RequestError[] = [];
  for (const name of [newest, previous]) {
    const path = join(folder, name);
    try {
      const bytes = await readIfThere(path, mostBytes.checkpoint);
      if (bytes === null) continue;
      const state = decodeState(bytes, path);
      const notes = complaints.map(({ message }) => `${message}; going on from the previous one`);
      return { path, state, notes };
    } catch (error) {
      if (!(error instanceof RequestError) || error instanceof NewerFormatError) throw error;
      complaints.push(error);
    }
  }
  if (complaints.length === 0) return null;
  const remedy =
    'put a copy back, or delete them and metrics.jsonl to start the run from its beginning';
  const reasons = complaints.map((complaint) => complaint.worded(option)).join('\n');
  throw new RequestError(`${reasons}\nno whole checkpoint is left; ${remedy}`);
}

/**
 * Loads a run's checkpoint of the best validation; null where it has none.
 *
 * @throws RequestError where it is damaged or of a newer format
 */
export async function loadBest(folder: string): Promise<LoadedCheckpoint | null> {
  const path = bestPath(folder);
  const bytes = await readIfThere(path, mostBytes.checkpoint);
  return bytes && { path, state: decodeState(bytes, path), notes: [] };
}

/**
 * Loads a run's checkpoint, as `loadCheckpoint` or `loadBest` does, into its trainer.
 *
 * @throws RequestError also where the checkpoint is not of this trainer's net and length
 */
export async function restoreCheckpoint(
  folder: string,
  trainer: Trainer,
  choice: CheckpointChoice = 'last',
): Promise<LoadedCheckpoint | null> {
  const loaded = await (choice === 'best' ? loadBest(folder) : loadCheckpoint(folder));
  if (loaded) restoreInto(loaded, (state) => trainer.restore(state));
  return loaded;
}

/**
 * Hands a loaded state to whatever goes on from it.
 *
 * @throws RequestError naming the file where the state does not fit
 */
export function restoreInto(
  { path, state }: LoadedCheckpoint,
  restore: (state: TrainingState) => void,
): void {
  try {
    restore(state);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const remedy = "put the run's own file back, or train into another folder";
    throw new RequestError(`${path}: ${error.worded(option)}; ${remedy}`);
  }
}

const notAveraged =
  'the mean of the weights had not begun, or was not evaluated, at the step of this checkpoint; it is opened with the weights that train';

/**
 * Loads the checkpoint of a run that is asked for: that of its best validation where there is one, else
 * the newest whole one.
 *
 * @throws RequestError where the run has none
 */
export async function loadChosen(
  folder: string,
  choice?: CheckpointChoice,
): Promise<LoadedCheckpoint> {
  const best = choice === 'last' ? null : await loadBest(folder);
  if (choice === 'best' && !best) {
    throw new RequestError(
      `${folder}: the run keeps no best checkpoint, for it has no validation images; open the last one`,
    );
  }
  const checkpoint = best ?? (await loadCheckpoint(folder));
  if (checkpoint) {
    const { notes, state } = checkpoint;
    return { ...checkpoint, notes: lacksAverages(state) ? [...notes, notAveraged] : notes };
  }
  const remedy = 'go on with `shakelab train --resume --out` and this folder first';
  throw new RequestError(`${folder}: the run has no checkpoint yet; ${remedy}`);
}

/**
 * Keeps a damaged newest checkpoint out of the way of the next ones, which would else push the
 * whole previous one out; nothing is deleted.
 */
export async function setDamagedAside(folder: string, { path }: LoadedCheckpoint): Promise<void> {
  if (path === checkpointPath(folder)) return;
  await rename(checkpointPath(folder), join(folder, damagedName)).catch(ignoreMissing);
}

/** The paths of a run's checkpoints that are there, whole or not. */
export async function checkpointFiles(folder: string) {
  const pathIfThere = async (name: string): Promise<string | null> => {
    const path = join(folder, name);
    return (await stat(path).catch(() => null)) && path;
  };
  const [last, before, best] = await Promise.all([newest, previous, bestName].map(pathIfThere));
  return { newest: last, previous: before, best };
}

/** Whether a run has a checkpoint, whole or not. */
export async function hasCheckpoint(folder: string): Promise<boolean> {
  return Object.values(await checkpointFiles(folder)).some((path) => path !== null);
}

/** Whether a run has a checkpoint to go on from, whole or not. */
export async function canGoOn(folder: string): Promise<boolean> {
  const { newest, previous } = await checkpointFiles(folder);
  return newest !== null || previous !== null;
}

async function keepPrevious(folder: string): Promise<void> {
  await rename(checkpointPath(folder), join(folder, previous)).catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
