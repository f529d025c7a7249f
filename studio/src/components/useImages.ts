import type { Split } from '../api/client.ts';
import { fetchImages, type ImageSource, knownImage } from '../api/images.ts';
import { useLoaded } from '../state/useLoaded.ts';

/** Images of a split, as far as they have come. */
export interface Images {
  at(place: number): Uint8Array | undefined;
  /** Why some do not come; null where nothing is known to be wrong. */
  problem: string | null;
}

/** The images at these places, fetched where they are not known. */
export function useImages(run: ImageSource, split: Split, places: readonly number[]): Images {
  const key = `${run.id}/${split}/${places.join(',')}`;
  const { error } = useLoaded(key, () => fetchImages(run, split, places));
  return { at: (place) => knownImage(run, split, place), problem: error };
}
