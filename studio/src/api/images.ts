import { useEffect, useState } from 'preact/hooks';
import type { RunDetail } from '../../../src/server/schemas.ts';
import { api, type Split } from './routes.ts';

/** A run with what its images are. */
export type ImageSource = Pick<RunDetail, 'id' | 'config' | 'images'>;

/** Images of a split, as far as they have come. */
export interface Images {
  at(place: number): Uint8Array | undefined;
  /** Why some do not come; null where nothing is known to be wrong. */
  problem: string | null;
}

/** The images at these places, fetched where they are not known. */
export function useImages(run: ImageSource, split: Split, places: readonly number[]): Images {
  const [{ problem }, setOutcome] = useState<Pick<Images, 'problem'>>({ problem: null });
  const wanted = places.join(',');
  // Wanted stands for places.
  useEffect(() => {
    let current = true;
    const tell = (outcome: Pick<Images, 'problem'>) => current && setOutcome(outcome);
    arrivalOf(run, split, places).then(
      () => tell({ problem: null }),
      (error: Error) => tell({ problem: error.message }),
    );
    return () => {
      current = false;
    };
  }, [run.id, split, wanted]);
  return { at: (place) => known.get(keyOf(run, split, place)), problem };
}

/** Most images of a request. */
const most = 256;
const known = new Map<string, Uint8Array>();
/** What is known or has been asked for, by whichever part of the page. */
const arrivals = new Map<string, Promise<void>>();

/** Resolves when all these images are known. */
function arrivalOf(run: ImageSource, split: Split, places: readonly number[]) {
  const missing = places.filter((place) => !arrivals.has(keyOf(run, split, place)));
  for (let start = 0; start < missing.length; start += most) {
    const some = missing.slice(start, start + most);
    const arrival = fetchSome(run, split, some);
    for (const place of some) arrivals.set(keyOf(run, split, place), arrival);
  }
  return Promise.all(places.map((place) => arrivals.get(keyOf(run, split, place))));
}

async function fetchSome(run: ImageSource, split: Split, places: readonly number[]): Promise<void> {
  if (!run.images) return;
  const keys = places.map((place) => keyOf(run, split, place));
  try {
    const bytes = await api.images(run.id, split, places);
    const size = run.images.channels * run.images.height * run.images.width;
    for (const [i, key] of keys.entries()) known.set(key, bytes.subarray(i * size, (i + 1) * size));
  } catch (error) {
    for (const key of keys) arrivals.delete(key);
    throw error;
  }
}

/** Runs on the same data share their images. */
function keyOf({ id, config }: ImageSource, split: Split, place: number): string {
  if (!config) return `${id}/${split}/${place}`;
  const { dataset, trainSize, imageSize, imageChannels, spectrogram } = config;
  return [dataset, trainSize, imageSize, imageChannels, spectrogram, split, place].join('/');
}
