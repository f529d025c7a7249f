import { join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import { RequestError } from '../errors.ts';
import { type Format, NewerFormatError, newestFormat, upgraded } from '../files/format.ts';
import { readIfThere } from '../files/ifThere.ts';
import { mostBytes } from '../files/read.ts';
import { predictedClass } from '../statistics/predictions.ts';
import type { Evaluation, Trainer } from '../training/trainer.ts';
import { writeWhole } from './atomic.ts';
import { decodeSafetensors, encodeSafetensors, type TensorFile } from './safetensors.ts';

/** Splits that predictions are kept of. */
export type PredictedSplit = 'test' | 'validation';

/** What a run's net says of a split's samples, in their order. */
export interface SplitPredictions {
  /** [count][classes]: a sample is given the class of the largest; see `Evaluation`. */
  logits: Float32Array;
  /** [count], each from 0 to classes − 1. */
  labels: Int32Array;
  /** [count], where the samples stand in the part of the data set that they were taken from. */
  indices: Int32Array;
  classes: number;
}

/** The content of a run's `predictions.safetensors`. */
export interface RunPredictions {
  /** Training steps that the net had done. */
  step: number;
  splits: { test: SplitPredictions; validation?: SplitPredictions };
}

const predictionsFormat: Format<TensorFile> = { name: 'predictions', upgrades: [] };

/** Where a run's predictions are kept. */
export const predictionsPath = (folder: string): string => join(folder, 'predictions.safetensors');

/** A trained run's trainer and the data that it is tested on. */
export type Predictor = { trainer: Trainer; dataset: Dataset };

/**
 * Keeps what a trained run says of each test and validation sample, unless its folder has that of this
 * step already. Costs no pass over images that have just been evaluated.
 *
 * @param check is asked as late as can be whether this process may still write; it throws if not
 * @throws StorageError where the system refuses
 * @throws NewerFormatError where a newer release has kept them
 */
export async function keepPredictions(
  folder: string,
  run: Predictor,
  check?: () => Promise<void>,
): Promise<void> {
  if (await keptPredictions(folder, run.trainer.step)) return;
  await writePredictions(folder, await predict(run), check);
}

/**
 * A run's predictions of a step, null where none or others are kept; a damaged file counts for none.
 *
 * @throws NewerFormatError where a newer release has kept them
 */
export async function keptPredictions(
  folder: string,
  step: number,
): Promise<RunPredictions | null> {
  const kept = await readPredictions(folder).catch(passDamage);
  return kept?.step === step ? kept : null;
}

/** What a run says of each test sample as it is now, and of each validation sample where it has any. */
export async function predict({ trainer, dataset }: Predictor): Promise<RunPredictions> {
  const of = async (split: PredictedSplit) =>
    predictionsOf(await trainer.predict(split), dataset[split]!.places);
  const splits = { test: await of('test') };
  if (!dataset.validation) return { step: trainer.step, splits };
  return { step: trainer.step, splits: { ...splits, validation: await of('validation') } };
}

function passDamage(error: unknown): null {
  if (error instanceof RequestError && !(error instanceof NewerFormatError)) return null;
  throw error;
}

/**
 * What an evaluation says of each sample.
 *
 * @param places of the samples in the part of the data set that they were taken from; by default its
 *   first ones
 */
export function predictionsOf(
  { logits, labels, classes }: Evaluation,
  places: ArrayLike<number> = labels.map((_, place) => place),
): SplitPredictions {
  return { logits, labels: Int32Array.from(labels), indices: Int32Array.from(places), classes };
}

/** The class that each sample is given. */
export const predictedClasses = ({ logits, classes, labels }: SplitPredictions): number[] =>
  Array.from(labels, (_, sample) => predictedClass(logits, sample, classes));

/**
 * Writes a run's `predictions.safetensors`: of each split `logits` [count, classes] in F32, `labels` and
 * `indices` [count] in I32, as `test.logits` and so on; metadata `format` and `step`.
 *
 * @param check is asked as late as can be whether this process may still write; it throws if not
 * @throws StorageError where the system refuses; what was there stays
 */
export async function writePredictions(
  folder: string,
  { step, splits }: RunPredictions,
  check?: () => Promise<void>,
): Promise<void> {
  const tensors: TensorFile['tensors'] = new Map();
  for (const [name, { logits, labels, indices, classes }] of Object.entries(splits)) {
    const { length: count } = labels;
    tensors.set(`${name}.logits`, { shape: [count, classes], data: logits });
    tensors.set(`${name}.labels`, { shape: [count], data: labels });
    tensors.set(`${name}.indices`, { shape: [count], data: indices });
  }
  const metadata = { format: String(newestFormat(predictionsFormat)), step: String(step) };
  await writeWhole(predictionsPath(folder), encodeSafetensors({ tensors, metadata }), check);
}

/**
 * Reads what `writePredictions` wrote; null where a run has none: it is not trained to its end, or was by
 * a release before there were any.
 *
 * @throws RequestError where the file is damaged, or of a newer format
 */
export async function readPredictions(folder: string): Promise<RunPredictions | null> {
  const path = predictionsPath(folder);
  const bytes = await readIfThere(path, mostBytes.predictions);
  if (bytes === null) return null;
  const file = decodeSafetensors(bytes, path);
  const { tensors, metadata } = upgraded(file, file.metadata.format, predictionsFormat, path);
  const test = splitIn(tensors, 'test', path);
  if (!test) throw damaged(path, 'holds no test samples');
  const validation = splitIn(tensors, 'validation', path);
  return { step: stepIn(metadata, path), splits: { test, ...(validation && { validation }) } };
}

function stepIn({ step }: TensorFile['metadata'], path: string): number {
  const number = Number(step ?? Number.NaN);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw damaged(path, 'names no training step');
}

function splitIn(
  tensors: TensorFile['tensors'],
  name: PredictedSplit,
  path: string,
): SplitPredictions | undefined {
  if (!tensors.has(`${name}.logits`)) return undefined;
  const [count = 0, classes = 0] = tensors.get(`${name}.logits`)!.shape;
  const values = (part: string, kind: typeof Float32Array | typeof Int32Array, size: number) => {
    const data = tensors.get(`${name}.${part}`)?.data;
    if (data instanceof kind && data.length === size) return data;
    throw damaged(path, `has no fitting tensor '${name}.${part}'`);
  };
  const logits = values('logits', Float32Array, count * classes) as Float32Array;
  const labels = values('labels', Int32Array, count) as Int32Array;
  if (!labels.every((label) => label >= 0 && label < classes))
    throw damaged(path, `has a label in '${name}.labels' that is none of ${classes} classes`);
  return { logits, labels, indices: values('indices', Int32Array, count) as Int32Array, classes };
}

const damaged = (path: string, what: string): RequestError =>
  new RequestError(
    `${path}: the file ${what}; delete it, and let \`shakelab evaluate\` write it anew`,
  );
