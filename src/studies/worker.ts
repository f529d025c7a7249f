import { option, RequestError } from '../errors.ts';
import { nativeIsas } from '../machines/native/native.ts';
import { readHalt } from '../runs/halts.ts';
import { plural } from '../text/text.ts';
import type { RunsEvent } from './events.ts';
import { type HereOptions, trainHere } from './executor.ts';
import { keptStudy } from './kept.ts';
import type { StudyPlan } from './plan.ts';
import { runFolder } from './study.ts';

/**
 * Carries out one run of the study in a folder: trains it, or goes on with it, and embeds its images
 * where the study wants it. Any number of workers may be at work on a study, on any hosts: each holds
 * the run's folder alone, and what they have done lies in these folders. A run that was asked to stand
 * still is left alone, until it is submitted again.
 *
 * @param index of the run in the study's plan, from 0
 * @throws RequestError where there is no such run, another worker holds it, or the study is pinned to
 *   an instruction set that this host lacks
 */
export async function* workOn(
  out: string,
  index: number,
  options: HereOptions,
): AsyncGenerator<RunsEvent> {
  const { study, plan } = await keptStudy(out);
  const run = plan.runs[index];
  if (!run) {
    const rule = `the study in ${out} has ${plural(plan.runs.length, 'run')}, counted from 0`;
    throw new RequestError(`${option('index')} ${index}: ${rule}`);
  }
  const halt = await readHalt(runFolder(out, run));
  if (halt && halt.kind !== 'failed') {
    yield {
      kind: 'note',
      text: `${run.title}: ${halt.kind}, and left so until it is submitted again`,
    };
    return;
  }
  if (!options.allowOtherKernels) useIsaOf(plan, out);
  yield* trainHere(study, options).train([run], out);
}

/** Has this process compute by the instruction set that a study is pinned to, for the same bits. */
function useIsaOf({ isa }: StudyPlan, out: string): void {
  if (isa === undefined) return;
  const own = nativeIsas();
  if (!own.includes(isa)) {
    throw new RequestError(
      `${out}: the study is pinned to ${isa}, this host computes by ${own.join(', ')}; have hosts with ` +
        `${isa} work on it, or begin another study with SHAKELAB_ISA=${own[0]}`,
    );
  }
  process.env.SHAKELAB_ISA = isa;
}
