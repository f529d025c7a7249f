import type { Dataset } from '../../data/dataset.ts';
import { availableMemory } from '../../processes/memory.ts';
import { byteSize, plural } from '../../text/text.ts';
import type { Demands, Executor, HereOptions } from '../executor.ts';
import { standingsOf } from '../standing.ts';
import type { StudyRun } from '../study.ts';
import { fittingRuns, trainingBytes } from './memory.ts';
import { candidatesOf, choosePlaces } from './places.ts';
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
      const asked = Math.max(1, Math.min(left.length, parallel === 'auto' ? threads : parallel));
      const room = left.length > 0 ? roomFor(left, options) : { runs: 1, note: '' };
      if (room.runs < asked) yield { kind: 'note', text: room.note };
      let places = Math.min(asked, room.runs);
      if (parallel === 'auto') {
        const choice = await choosePlaces(candidatesOf(threads, places), (count) =>
          speedTogether(left[0].config, count, {
            ...options,
            threads: Math.floor(threads / count),
          }),
        );
        places = choice.places;
        if (choice.gain !== null) {
          parallel = places;
          yield { kind: 'note', text: choiceNote(places, choice.gain, threads) };
        }
      }
      yield* trainSideBySide(demands, { ...options, places }).train(runs, out);
    },
  };
}

async function untrained(demands: Demands, runs: readonly StudyRun[], out: string) {
  const standings = await standingsOf(demands, runs, out);
  return standings.flatMap(({ run, state }) => (state === 'trained' ? [] : [run]));
}

/** How many of some runs there is memory for at once, and what to say where that decides. */
function roomFor(
  runs: readonly StudyRun[],
  { dataset, memory }: TogetherOptions,
): { runs: number; note: string } {
  const available = availableMemory();
  const bytes = trainingBytes(runs, dataset, memory);
  const fitting = fittingRuns(bytes, available);
  const sizes = `a run takes ${byteSize(bytes)}, and there are ${byteSize(available)}`;
  return { runs: fitting, note: `memory for ${plural(fitting, 'run')} at once: ${sizes}` };
}

function choiceNote(places: number, gain: number, threads: number): string {
  if (places === 1)
    return `one run at a time, with ${plural(threads, 'thread')}: more are no faster`;
  const each = plural(Math.floor(threads / places), 'thread');
  const times = `${gain.toFixed(2)} times as fast as one with ${plural(threads, 'thread')}`;
  return `${places} runs at once, ${each} each: together ${times}`;
}
