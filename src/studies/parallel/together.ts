import type { Dataset } from '../../data/dataset.ts';
import { availableMemory } from '../../processes/memory.ts';
import { byteSize, duration, plural } from '../../text/text.ts';
import { trainingImages } from '../amount.ts';
import type { RunsEvent } from '../events.ts';
import type { Executor, HereOptions } from '../executor.ts';
import { standingsOf } from '../standing.ts';
import type { Demands, StudyRun } from '../study.ts';
import { fittingRuns, trainingBytes } from './memory.ts';
import { candidatesOf, choosePlaces, type Places } from './places.ts';
import { trainSideBySide } from './sideBySide.ts';
import { speedTogether } from './speed.ts';

/** How many runs are trained at once: as many as are fastest together, or so many. */
export type Parallel = 'auto' | number;

interface TogetherOptions extends Omit<HereOptions, 'dataset' | 'onDownload'> {
  dataset: Dataset;
  parallel: Parallel;
  /** Of all runs together. */
  threads: number;
}

/**
 * Trains several runs at once, as far as there is memory for them. How many, where that is to be found,
 * is measured before the first runs, by one of them.
 */
export function trainTogether(demands: Demands, options: TogetherOptions): Executor {
  const { threads } = options;
  let { parallel } = options;
  return {
    async *train(runs, out) {
      const left = await untrained(demands, runs, out);
      const most = yield* mostAtOnce(left, { ...options, parallel });
      const choice: Places =
        parallel === 'auto' ? await fastest(left, most, options) : { places: most, gain: null };
      if (choice.gain !== null) parallel = choice.places;
      const text = choiceNote(choice, threads);
      if (text) yield { kind: 'note', text };
      yield* trainSideBySide(demands, { ...options, places: choice.places }).train(runs, out);
    },
  };
}

async function untrained(demands: Demands, runs: readonly StudyRun[], out: string) {
  const standings = await standingsOf(demands, runs, out);
  return standings.flatMap(({ run, state }) => (state === 'trained' ? [] : [run]));
}

/** How many of the runs that are left may be trained at once; tells where memory decides that. */
async function* mostAtOnce(
  left: readonly StudyRun[],
  { parallel, threads, dataset, memory }: TogetherOptions,
): AsyncGenerator<RunsEvent, number> {
  const asked = Math.min(left.length, parallel === 'auto' ? threads : parallel);
  if (asked <= 1) return 1;
  const available = availableMemory();
  const bytes = trainingBytes(left, dataset, memory);
  const fitting = fittingRuns(bytes, available);
  if (fitting >= asked) return asked;
  const sizes = `a run takes ${byteSize(bytes)}, and there are ${byteSize(available)}`;
  yield { kind: 'note', text: `memory for ${plural(fitting, 'run')} at once: ${sizes}` };
  return fitting;
}

/** How many at once are fastest together, found by the first of the runs that are left. */
function fastest(
  left: readonly StudyRun[],
  most: number,
  { threads, ...options }: TogetherOptions,
): Promise<Places> {
  const imagesOf = ({ config }: StudyRun) =>
    config.epochs * trainingImages(config, options.dataset.train.count);
  const images = left.reduce((sum, run) => sum + imagesOf(run), 0);
  return choosePlaces(candidatesOf(threads, most), images, (places) =>
    speedTogether(left[0].config, places, { ...options, threads: Math.floor(threads / places) }),
  );
}

/** What was chosen, and why; null where there was no choice. */
function choiceNote({ places, gain, seconds }: Places, threads: number): string | null {
  const alone = `one run at a time, with ${plural(threads, 'thread')}`;
  if (seconds !== undefined) return `${alone}: all that is left takes ${duration(seconds)}`;
  if (gain === null) return null;
  if (places === 1) return `${alone}: more are no faster`;
  const each = plural(Math.floor(threads / places), 'thread');
  const times = `${gain.toFixed(2)} times as fast as one with ${plural(threads, 'thread')}`;
  return `${places} runs at once, ${each} each: together ${times}`;
}
