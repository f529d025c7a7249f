import { rm } from 'node:fs/promises';
import { checkpointFiles } from './checkpoint.ts';
import type { RunConfig } from './fields.ts';
import type { Keep } from './keepChoices.ts';
import { storing } from './storing.ts';

/** Removes the checkpoints of a trained run that are not to be kept. @throws StorageError */
export async function pruneCheckpoints(folder: string, keep: Keep): Promise<void> {
  const { newest, previous, best } = await checkpointFiles(folder);
  const all = [newest, previous, best];
  const choices = { all, last: [newest], best: [best ?? newest], none: [] };
  const kept: (string | null)[] = choices[keep];
  for (const path of all) {
    if (path && !kept.includes(path)) await storing(path, () => rm(path, { force: true }));
  }
}

/** How many checkpoints a run has, while it trains and when it is trained. */
export function checkpointCounts({ validation }: RunConfig, keep: Keep) {
  const training = validation === 'none' || validation === 'auto' ? 2 : 3;
  const trained = { all: training, last: 1, best: 1, none: 0 };
  return { training, trained: trained[keep] };
}

/** Values in a checkpoint a parameter: itself, its momentum, and its average where there is one. */
const valuesPerParameter = ({ averageDecay, swa }: RunConfig): number =>
  averageDecay > 0 || swa !== 'none' ? 3 : 2;

/** The bytes of a checkpoint of a net with so many parameters, but for the little besides them. */
export const checkpointBytes = (config: RunConfig, parameters: number): number =>
  4 * valuesPerParameter(config) * parameters;
