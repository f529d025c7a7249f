import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { csvFormatRow } from 'd3-dsv';
import { RequestError } from '../errors.ts';
import { makeFolder } from '../files/folders.ts';
import { type Format, isNewest, newestFormat } from '../files/format.ts';
import { mostBytes, readBounded } from '../files/read.ts';
import { isRefusal, unreadable } from '../files/refusals.ts';
import type { Trainer } from '../training/trainer.ts';
import { writeWhole } from './atomic.ts';
import { checkpointPath } from './checkpoint.ts';
import type { RunConfig } from './fields.ts';
import { decodeSafetensors, encodeSafetensors, type TensorFile } from './safetensors.ts';
import { storing } from './storing.ts';

/** Features, labels and predictions of a whole split, as the trainer's `embed` gives them. */
export type SplitEmbedding = Awaited<ReturnType<Trainer['embed']>>;

/** The formats of an embedding: a cache, made anew where it is of another. */
const embeddingFormat: Format<TensorFile> = { name: 'embedding', upgrades: [] };

/**
 * Writes an embedding into a run's folder as `embeddings/<name>.safetensors`: `features`
 * [count, dimensions] in F32, `labels` and `predictions` [count] in I32.
 *
 * @returns the file's path
 */
export async function writeEmbedding(
  folder: string,
  name: string,
  embedding: SplitEmbedding,
): Promise<string> {
  const { features, dimensions, count, labels, predictions } = embedding;
  const tensors = new Map([
    ['features', { shape: [count, dimensions], data: features }],
    ['labels', { shape: [count], data: Int32Array.from(labels) }],
    ['predictions', { shape: [count], data: Int32Array.from(predictions) }],
  ]);
  const metadata = { format: String(newestFormat(embeddingFormat)) };
  return write(folder, `${name}.safetensors`, encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads an embedding that `writeEmbedding` wrote.
 *
 * @throws RequestError where it is damaged or cannot be read, or a release of another format wrote it
 */
export async function readEmbedding(folder: string, name: string): Promise<SplitEmbedding> {
  const path = embeddingPath(folder, name);
  const bytes = await readBounded(path, mostBytes.embedding).catch((error) => {
    throw isRefusal(error) ? new RequestError(`${path}: ${unreadable(error)}`) : error;
  });
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  if (!isNewest(metadata.format, embeddingFormat)) {
    throw new RequestError(`${path}: another release wrote the file; embed the images again`);
  }
  const [features, labels, predictions] = ['features', 'labels', 'predictions'].map((part) =>
    tensors.get(part),
  );
  const [count, dimensions] = features?.shape ?? [];
  const whole = features?.shape.length === 2 && features.data instanceof Float32Array;
  if (!whole || labels?.data.length !== count || predictions?.data.length !== count) {
    throw new RequestError(`${path}: the file holds no embedding; embed the images again`);
  }
  return {
    features: features.data as Float32Array,
    dimensions,
    count,
    labels: Uint16Array.from(labels.data),
    predictions: Uint16Array.from(predictions.data),
  };
}

/** Whether files of a run's `embeddings/` are there and not older than its newest checkpoint. */
export async function areCurrent(folder: string, names: readonly string[]): Promise<boolean> {
  const checkpoint = await checkpointTime(folder);
  const times = await Promise.all(names.map((name) => timeOf(pathOf(folder, name))));
  return times.every((time) => time !== null && time >= checkpoint);
}

/** When a run's newest checkpoint was saved; 0 where there is none. */
export const checkpointTime = async (folder: string): Promise<number> =>
  (await timeOf(checkpointPath(folder))) ?? 0;

/**
 * Dates files of a run's `embeddings/` as the checkpoint that they were made of, so that one which
 * was saved while they were made counts as newer.
 */
export async function dateAs(time: number, folder: string, names: readonly string[]) {
  for (const name of names) await utimes(pathOf(folder, name), time / 1000, time / 1000);
}

/** In whole milliseconds, which a date that is set keeps. */
const timeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ mtimeMs }) => Math.round(mtimeMs),
    () => null,
  );

/**
 * Writes an embedding as `embeddings/<name>.csv`: a row an image with its label, its prediction
 * and its features `x1`, `x2`, ….
 *
 * @returns the file's path
 */
export async function writeEmbeddingTable(
  folder: string,
  name: string,
  embedding: SplitEmbedding,
): Promise<string> {
  const { features, dimensions, count, labels, predictions } = embedding;
  const columns = Array.from({ length: dimensions }, (_, index) => `x${index + 1}`);
  const rows = [csvFormatRow(['label', 'prediction', ...columns])];
  for (let image = 0; image < count; image++) {
    const feature = features.subarray(image * dimensions, (image + 1) * dimensions);
    rows.push(csvFormatRow([labels[image], predictions[image], ...feature].map(String)));
  }
  return write(folder, `${name}.csv`, `${rows.join('\n')}\n`);
}

async function write(folder: string, name: string, content: Uint8Array | string): Promise<string> {
  const path = pathOf(folder, name);
  await storing(folder, () => makeFolder(join(folder, 'embeddings')));
  await writeWhole(path, content);
  return path;
}

/** Where a run's embedding of a name is kept. */
export const embeddingPath = (folder: string, name: string): string =>
  pathOf(folder, `${name}.safetensors`);

const pathOf = (folder: string, name: string): string => join(folder, 'embeddings', name);

/** What the user should know of a run's features, and of the classes that are told with them. */
export const notesOnFeatures = ({ testMirror }: RunConfig): string[] =>
  testMirror === 'none'
    ? []
    : [
        'the run judges an image together with its mirror image; features, and the classes predicted beside them, are of ' +
          'the images as they are',
      ];
