import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestError } from '../errors.ts';
import type { NamedTensors, TrainingState } from '../training/trainer.ts';
import { writeWhole } from './atomic.ts';
import { bytesOf, decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';

const newest = 'checkpoint.safetensors';
const previous = 'checkpoint.previous.safetensors';

/**
 * Saves a state as the run's newest checkpoint; the one before stays beside it. The file carries
 * the step and a SHA-256 of it all, and depends on nothing but the state.
 */
export async function saveCheckpoint(folder: string, state: TrainingState): Promise<void> {
  const metadata = { step: String(state.step), sha256: digest(state) };
  const path = join(folder, newest);
  await writeWhole(path, encodeSafetensors({ tensors: state.tensors, metadata }), () =>
    keepPrevious(folder),
  );
}

/** A restored state, and what the user should know about where it came from. */
export interface LoadedCheckpoint {
  state: TrainingState;
  notes: string[];
}

/**
 * Loads the newest checkpoint of a run, or the previous one where the newest is damaged or
 * missing, with a note that says so; null where the run has none yet.
 *
 * @throws RequestError where checkpoints exist and none of them is whole
 */
export async function loadCheckpoint(folder: string): Promise<LoadedCheckpoint | null> {
  const complaints: string[] = [];
  for (const name of [newest, previous]) {
    const path = join(folder, name);
    const bytes = await readIfThere(path);
    if (bytes === null) continue;
    try {
      const state = decodeState(bytes, path);
      const notes = complaints.map((text) => `${text}; going on from the previous one`);
      return { state, notes };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      complaints.push(error.message);
    }
  }
  if (complaints.length === 0) return null;
  throw new RequestError(`${complaints.join('\n')}\nno whole checkpoint is left; train anew`);
}

function decodeState(bytes: Uint8Array, path: string): TrainingState {
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  const step = Number(metadata.step ?? Number.NaN);
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new RequestError(`${path}: the file names no training step; it is no checkpoint`);
  }
  const state = { step, tensors: floatsOf(tensors, path) };
  if (metadata.sha256 !== digest(state)) {
    throw new RequestError(`${path}: the content does not match its SHA-256; the file is damaged`);
  }
  return state;
}

function floatsOf(tensors: Map<string, StoredTensor>, path: string): NamedTensors {
  const floats: NamedTensors = new Map();
  for (const [name, { shape, data }] of tensors) {
    if (!(data instanceof Float32Array)) {
      throw new RequestError(`${path}: tensor '${name}' is not F32; the file is no checkpoint`);
    }
    floats.set(name, { shape, data });
  }
  return floats;
}

/** SHA-256 of everything a state is: step, names, shapes, values. */
function digest({ step, tensors }: TrainingState): string {
  const hash = createHash('sha256').update(`step ${step}\n`);
  for (const [name, { shape, data }] of tensors) {
    hash.update(`${name} [${shape.join(',')}]\n`).update(bytesOf(data));
  }
  return hash.digest('hex');
}

async function keepPrevious(folder: string): Promise<void> {
  await rename(join(folder, newest), join(folder, previous)).catch(ignoreMissing);
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  return (await readFile(path).catch(ignoreMissing)) ?? null;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
