import { randomStream } from '../src/random/index.ts';

type Dimensions<Case> = { [K in keyof Case]: readonly Case[K][] };

export interface CoveringOptions<Case> {
  seed: number;
  count: number;
  /** Cases that are too slow, or make no sense, are left out. */
  allowed?: (candidate: Case) => boolean;
}

/** How many random cases compete for each place. */
const candidates = 60;

/**
 * Picks cases that meet as many pairs of values as they can: each is the one of many random cases
 * that holds the most pairs that no earlier one held. Most faults need two values to meet, so a few
 * dozen cases do the work of the thousands of the full grid. The same seed picks the same cases.
 */
export function coveringCases<Case extends object>(
  dimensions: Dimensions<Case>,
  { seed, count, allowed = () => true }: CoveringOptions<Case>,
): Case[] {
  const stream = randomStream(seed, 'test/covering');
  const names = Object.keys(dimensions) as (keyof Case)[];
  const draw = () =>
    Object.fromEntries(
      names.map((name) => [name, dimensions[name][stream.integer(dimensions[name].length)]]),
    ) as Case;
  const seen = new Set<string>();
  return Array.from({ length: count }, () => {
    const drawn = Array.from({ length: candidates }, draw).filter(allowed);
    const fresh = drawn.map((one) => pairsOf(one).filter((pair) => !seen.has(pair)));
    const best = fresh.reduce((a, pairs, b) => (pairs.length > fresh[a].length ? b : a), 0);
    for (const pair of fresh[best]) seen.add(pair);
    return drawn[best];
  });
}

/** Every two of a case's values, as text. */
export function pairsOf(one: object): string[] {
  const values = Object.entries(one).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a}, ${b}`));
}
