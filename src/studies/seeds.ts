import { RequestError } from '../errors.ts';

/**
 * The seeds 1 … count that a study trains each of its models with.
 *
 * @throws RequestError unless `count` is a whole number from 1
 */
export function studySeeds(count: number): number[] {
  if (Number.isInteger(count) && count >= 1) return Array.from({ length: count }, (_, k) => k + 1);
  throw new RequestError(
    `--seeds ${count}: the number of seeds must be a whole number from 1; try 3`,
  );
}
