/** How many runs are to be trained at once, and how much that gains. */
export interface Places {
  places: number;
  /** Images a second, all runs together, over those of one run that has all threads; null where nothing was compared. */
  gain: number | null;
  /** That all runs take one after another, where these are too few for a comparison. */
  seconds?: number;
}

/** A way that gains less is not worth its memory, nor is it told from noise. */
const leastGain = 1.05;

/** What is trained sooner one after another is done before the tries have paid. */
const leastSeconds = 120;

/**
 * Numbers of runs at once worth trying, ascending: with all threads for each, with half of them, and so on
 * down to a thread each.
 */
export function candidatesOf(threads: number, most: number): number[] {
  const places: number[] = [];
  for (let each = threads; each >= 1; each = each === 1 ? 0 : Math.ceil(each / 2)) {
    places.push(Math.floor(threads / each));
  }
  return [...new Set(places)].filter((count) => count <= most);
}

/**
 * Tries more and more runs at once for as long as they are faster together. Each is measured between two
 * looks at the fewer that it is compared with: a processor's speed drifts, and its others come and go.
 *
 * @param images that are still to be trained on; so few that it takes no two minutes are not worth a comparison
 * @param speedOf images a second of so many runs together; NaN where it cannot be told
 */
export async function choosePlaces(
  candidates: readonly number[],
  images: number,
  speedOf: (places: number) => Promise<number>,
): Promise<Places> {
  const [first, ...others] = candidates;
  if (others.length === 0) return { places: first, gain: null };
  let best = { places: first, gain: 1 };
  let before = await speedOf(first);
  // Not to be told where a run is over sooner than it is looked at.
  if (Number.isNaN(before)) return { places: first, gain: null };
  const seconds = images / before;
  if (seconds < leastSeconds) return { places: first, gain: null, seconds };
  for (const places of others) {
    const speed = await speedOf(places);
    const gain = (2 * speed) / (before + (await speedOf(best.places)));
    if (!(gain >= leastGain)) break;
    best = { places, gain: best.gain * gain };
    before = speed;
  }
  return best;
}
