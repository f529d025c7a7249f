import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inSlices } from '../files/slices.ts';
import { ownPlace, type Place } from '../processes/place.ts';
import { MetricsFollower } from '../runs/follow.ts';
import { readHalt } from '../runs/halts.ts';
import { type Holder, holderOf } from '../runs/holders.ts';
import { summaryName } from '../runs/summary.ts';
import type { TrainingEvent } from '../training/trainer.ts';
import { keepsDivergence } from './divergence.ts';
import { keepsEmbeddings } from './embeddings.ts';
import { isRecorded } from './evidence/recorded.ts';
import { type Demands, runFolder, type StudyRun } from './study.ts';

/**
 * How a run of a study stands. `trained`: nothing is left to do. `waiting`: not begun. `interrupted`:
 * its worker has ended or died. `paused`, `stopped`: as somebody asked. `failed`: ended by an error.
 */
export type RunState =
  | 'trained'
  | 'training'
  | 'interrupted'
  | 'paused'
  | 'stopped'
  | 'failed'
  | 'waiting';

/** How a run of a study stands, as its folder tells at a glance. */
export interface RunStanding {
  /** Its number in the plan, from 0. */
  index: number;
  run: StudyRun;
  state: RunState;
  /** The epoch that it is in, or has ended; 0 before the first. */
  epoch: number;
  /** Who trains it, or did last. */
  holder: Holder | null;
  /** Why it failed. */
  problem: string | null;
}

/** The end of a file of metrics that holds its newest line. */
const lineBytes = 1024;

/** How the runs of the study in `out` stand. Reads little of each: the end of its metrics, its lease. */
export function standingsOf(
  demands: Demands,
  runs: readonly StudyRun[],
  out: string,
): Promise<RunStanding[]> {
  const here = ownPlace();
  return inSlices([...runs.entries()], async ([index, run]) => ({
    ...{ index, run },
    ...(await standingOf(demands, run, runFolder(out, run), here)),
  }));
}

async function standingOf(
  demands: Demands,
  { config: { epochs } }: StudyRun,
  folder: string,
  here: Place,
): Promise<Omit<RunStanding, 'index' | 'run'>> {
  const nothing = { epoch: 0, holder: null, problem: null };
  if (!existsSync(folder)) return { ...nothing, state: 'waiting' };
  if (demands.enduresDivergence && keepsDivergence(folder)) {
    return { ...nothing, state: 'trained', epoch: epochs };
  }
  const newest = (await new MetricsFollower(folder, lineBytes).next()).at(-1);
  const epoch = newest?.epoch ?? 0;
  const embedded = !demands.embeds || keepsEmbeddings(folder) || isRecorded(folder);
  const done = isAtEnd(newest, epochs, folder) && embedded;
  if (done) return { ...nothing, state: 'trained', epoch };
  const [holder, halt] = await Promise.all([holderOf(folder, here), readHalt(folder)]);
  if (holder?.lives) return { state: 'training', epoch, holder, problem: null };
  const state = halt?.kind ?? (newest || holder ? 'interrupted' : 'waiting');
  return { state, epoch, holder, problem: halt?.message ?? null };
}

/** One that chooses by validation has ended once its summary is there, which its patience may bring early. */
function isAtEnd(newest: TrainingEvent | undefined, epochs: number, folder: string): boolean {
  if (newest?.kind !== 'epoch') return false;
  if (existsSync(join(folder, summaryName))) return true;
  return newest.epoch >= epochs && newest.validationError === undefined;
}
