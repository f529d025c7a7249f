import { dataKeyOf } from '../../../src/runs/fields.ts';
import type { RunDetail } from '../../../src/server/resources/runs.ts';
import { api, bytes, type Split } from './client.ts';

/** A run with what its images are. */
export type ImageSource = Pick<RunDetail, 'id' | 'config' | 'images'>;

/** Most images of a request. */
const most = 256;
const known = new Map<string, Uint8Array>();
/** What is known or under way, whichever part of the page asked for it. */
const arrivals = new Map<string, Promise<void>>();

/** The image at a place; undefined until it has been fetched. */
export function knownImage(run: ImageSource, split: Split, place: number): Uint8Array | undefined {
  return known.get(keyOf(run, split, place));
}

/**
 * Resolves when the images at these places are known; asks for those that nobody has asked for.
 *
 * @throws ApiError where they are not to be had
 */
export async function fetchImages(
  run: ImageSource,
  split: Split,
  places: readonly number[],
): Promise<void> {
  const missing = places.filter((place) => !arrivals.has(keyOf(run, split, place)));
  for (let start = 0; start < missing.length; start += most) {
    const some = missing.slice(start, start + most);
    const arrival = fetchSome(run, split, some);
    for (const place of some) arrivals.set(keyOf(run, split, place), arrival);
  }
  await Promise.all(places.map((place) => arrivals.get(keyOf(run, split, place))));
}

async function fetchSome(run: ImageSource, split: Split, places: readonly number[]): Promise<void> {
  if (!run.images) return;
  const keys = places.map((place) => keyOf(run, split, place));
  try {
    const asked = { param: { id: run.id }, query: { split, places: places.join() } };
    const images = await bytes(api.runs[':id'].images.$get(asked));
    const size = run.images.channels * run.images.height * run.images.width;
    for (const [i, key] of keys.entries())
      known.set(key, images.subarray(i * size, (i + 1) * size));
  } catch (error) {
    for (const key of keys) arrivals.delete(key);
    throw error;
  }
}

/** Runs on the same data share their images. */
function keyOf({ id, config }: ImageSource, split: Split, place: number): string {
  return `${config ? dataKeyOf(config) : id}/${split}/${place}`;
}
