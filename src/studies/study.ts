import { join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import type { RunConfig } from '../runs/fields.ts';
import type { Claim } from './claims.ts';

/** One training run of a study; `id` names its folder under `runs/`. */
export interface StudyRun {
  id: string;
  /** The model's name, the same for every seed. */
  model: string;
  /** The model's name, with the seed where there are several. */
  title: string;
  config: RunConfig;
}

/** A set of runs with the claims they are held against. */
export interface Study {
  name: string;
  title: string;
  /** What the study asks, in a sentence or two. */
  about: string;
  dataset: Dataset;
  /** The data set that `dataset` stands in for, such as `MNIST`; null where it is itself. */
  standInFor: string | null;
  runs: StudyRun[];
  claims: Claim[];
  /** The command line that repeats the study. */
  command: string;
  threads: number;
}

/** Where a run of the study in `out` is kept. */
export function runFolder(out: string, { id }: StudyRun): string {
  return join(out, 'runs', id);
}
