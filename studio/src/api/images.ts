import { useEffect, useReducer } from 'preact/hooks';
import type { RunDetail } from '../../../src/server/schemas.ts';
import { api, type Split } from './routes.ts';

/** A run with what its images are. */
export type ImageSource = Pick<RunDetail, 'id' | 'config' | 'images'>;

const most = 256;
const known = new Map<string, Uint8Array>();
const asked = new Set<string>();

/** Images by place as far as they have come, fetched where they are not known. */
export function useImages(
  run: ImageSource,
  split: Split,
  places: readonly number[],
): (place: number) => Uint8Array | undefined {
  const [, arrived] = useReducer((times: number) => times + 1, 0);
  const wanted = places.join(',');
  // Wanted stands for places.
  useEffect(() => {
    let current = true;
    void fetchImages(run, split, places).then(() => current && arrived(undefined));
    return () => {
      current = false;
    };
  }, [run.id, split, wanted]);
  return (place) => known.get(keyOf(run, split, place));
}

async function fetchImages(run: ImageSource, split: Split, places: readonly number[]) {
  const missing = places.filter((place) => !asked.has(keyOf(run, split, place)));
  for (let start = 0; start < missing.length; start += most) {
    await fetchSome(run, split, missing.slice(start, start + most));
  }
}

async function fetchSome(run: ImageSource, split: Split, places: readonly number[]) {
  if (!run.images) return;
  const keys = places.map((place) => keyOf(run, split, place));
  for (const key of keys) asked.add(key);
  try {
    const bytes = await api.images(run.id, split, places);
    const size = run.images.channels * run.images.height * run.images.width;
    for (const [i, key] of keys.entries()) known.set(key, bytes.subarray(i * size, (i + 1) * size));
  } catch {
    for (const key of keys) asked.delete(key);
  }
}

/** Runs on the same data share their images. */
function keyOf({ id, config }: ImageSource, split: Split, place: number): string {
  if (!config) return `${id}/${split}/${place}`;
  const { dataset, trainSize, imageSize, imageChannels, spectrogram } = config;
  return [dataset, trainSize, imageSize, imageChannels, spectrogram, split, place].join('/');
}
