import { join } from 'node:path';
import { z } from 'zod';
import { project } from '../analysis/plane.ts';
import { type Entries, type Format, isNewest } from '../files/format.ts';
import { mostBytes, readText } from '../files/read.ts';
import { readEmbedding } from '../runs/embeddings.ts';
import { encodeSafetensors } from '../runs/safetensors.ts';
import { findingsSchema } from '../studies/measures/measures.ts';

const series = z.array(z.number());

/** What the studio keeps of a look at a run's images: its measures, and the plane they lie in. */
export const measurementsSchema = findingsSchema.extend({
  /** Errors in percent: of training images in train mode, of test images in evaluate mode. */
  trainError: z.number(),
  testError: z.number(),
  /** The curves of Fig. 5. */
  fine: z.object({ radius: series, within: series, perClass: z.array(series.nullable()) }),
  /** Null where the features are the points. */
  plane: z.object({ origin: series, axes: series }).nullable(),
});

export type Measurements = z.infer<typeof measurementsSchema>;

/** The formats of `observed.json`: a cache, made anew where it is of another. */
export const measurementsFormat: Format<Entries> = { name: 'observations', upgrades: [] };

/** Where a run's measurements are kept. */
export const measurementsName = 'observed.json';

export const measurementsPath = (folder: string): string =>
  join(folder, 'embeddings', measurementsName);

/** A run's measurements; null where there are none, or those of another format. */
export async function readMeasurements(folder: string): Promise<Measurements | null> {
  const text = await readText(measurementsPath(folder), mostBytes.document).catch(() => 'null');
  const content = JSON.parse(text);
  const { success, data } = measurementsSchema.safeParse(content);
  return success && isNewest(content.format, measurementsFormat) ? data : null;
}

/**
 * A split's points as a safetensors file: `points` F32 [images][x, y], `labels` and `predictions`.
 * Wide features are projected to the run's plane.
 */
export async function pointsFile(
  folder: string,
  { plane }: Measurements,
  cell: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { labels, predictions, ...cloud } = await readEmbedding(folder, cell);
  const known = plane && {
    origin: Float32Array.from(plane.origin),
    axes: Float32Array.from(plane.axes),
  };
  const { count } = cloud;
  const tensors = new Map([
    ['points', { shape: [count, 2], data: known ? project(cloud, known) : cloud.features }],
    ['labels', { shape: [count], data: Int32Array.from(labels) }],
    ['predictions', { shape: [count], data: Int32Array.from(predictions) }],
  ]);
  const metadata = { projection: known ? 'pca' : 'features' };
  const file = encodeSafetensors({ tensors, metadata });
  return new Uint8Array(file);
}
