import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { project } from '../analysis/plane.ts';
import { decodeSafetensors, encodeSafetensors } from '../runs/safetensors.ts';
import { representationSchema } from '../studies/summary.ts';

const number = z.number();
const measured = number.nullable();
const curve = z.object({ radius: z.array(number), within: z.array(number) });

/** What the studio keeps of a look at a run's images: its measures, and the plane they lie in. */
export const observedSchema = z.object({
  compactness: curve,
  testCompactness: curve,
  coverage: measured,
  margin: measured,
  testMargin: measured,
  angleDeviation: measured,
  angleMinimum: measured,
  isotropy: measured,
  representation: representationSchema,
  /** Errors in percent: of training images in train mode, of test images in evaluate mode. */
  trainError: number,
  testError: number,
  /** The curves of Fig. 5. */
  fine: curve.extend({ perClass: z.array(z.array(number).nullable()) }),
  /** Null where the features are the points. */
  plane: z.object({ origin: z.array(number), axes: z.array(number) }).nullable(),
});

export type Observed = z.infer<typeof observedSchema>;

/** Where a run's observations are kept. */
export const observedPath = (folder: string): string => join(folder, 'embeddings', 'observed.json');

/** What was observed of a run since its newest checkpoint; null where that is still to be done. */
export async function readObserved(folder: string): Promise<Observed | null> {
  const [observed, checkpoint] = await Promise.all(
    [observedPath(folder), join(folder, 'checkpoint.safetensors')].map((path) =>
      stat(path).catch(() => null),
    ),
  );
  if (!observed || (checkpoint && checkpoint.mtimeMs > observed.mtimeMs)) return null;
  const text = await readFile(observedPath(folder), 'utf8');
  const { success, data } = observedSchema.safeParse(JSON.parse(text));
  return success ? data : null;
}

/**
 * A split's points as a safetensors file: `points` F32 [images][x, y], `labels` and `predictions`.
 * Wide features are projected to the run's plane.
 */
export async function pointsFile(
  folder: string,
  { plane }: Observed,
  cell: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, 'embeddings', `${cell}.safetensors`);
  const { tensors } = decodeSafetensors(await readFile(path), path);
  const { shape, data } = tensors.get('features')!;
  const [count, dimensions] = shape;
  const cloud = { features: data as Float32Array, dimensions, count };
  const known = plane && {
    origin: Float32Array.from(plane.origin),
    axes: Float32Array.from(plane.axes),
  };
  const points = { shape: [count, 2], data: known ? project(cloud, known) : cloud.features };
  const metadata = { projection: known ? 'pca' : 'features' };
  const others = [...tensors].filter(([name]) => name !== 'features');
  const file = encodeSafetensors({ tensors: new Map([['points', points], ...others]), metadata });
  return new Uint8Array(file);
}
