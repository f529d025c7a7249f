import { createHash } from 'node:crypto';
import { RequestError } from '../errors.ts';
import { type Format, upgraded } from '../files/format.ts';
import type { NamedTensors, TrainingState } from '../training/trainer.ts';
import {
  bytesOf,
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type TensorFile,
} from './safetensors.ts';

/**
 * The formats of a checkpoint. One of format 1 does not say so: same seed, same bytes, in every
 * release so far. The first upgrade makes `saveCheckpoint` write the number.
 */
export const checkpointFormat: Format<TensorFile> = { name: 'checkpoint', upgrades: [] };

/** A state as the bytes of a checkpoint: with its step and a SHA-256 of it all; they depend on nothing else. */
export function encodeState(state: TrainingState): Uint8Array {
  const metadata = { step: String(state.step), sha256: digest(state) };
  return encodeSafetensors({ tensors: state.tensors, metadata });
}

/** The state that a checkpoint's bytes hold. @throws RequestError where they are damaged, or of a newer format */
export function decodeState(bytes: Uint8Array, path: string): TrainingState {
  const file = decodeSafetensors(bytes, path);
  const { tensors, metadata } = upgraded(file, file.metadata.format, checkpointFormat, path);
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
