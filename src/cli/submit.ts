import { resolve } from 'node:path';
import { RequestError } from '../errors.ts';
import { settleResources } from '../jobs/defaults.ts';
import { schedulerNamed } from '../jobs/schedulers.ts';
import type { Dispatch, Submittal } from '../jobs/submit.ts';
import { type SubmitEvent, submitStudy } from '../jobs/submitStudy.ts';
import type { Keep } from '../runs/keepChoices.ts';
import type { Study, StudyOptions, StudyTypes } from '../studies/study.ts';
import { byteSize, plural } from '../text/text.ts';
import { follow } from './follow.ts';
import type { JobFlags } from './jobFlags.ts';
import { printNote } from './output.ts';
import type { Progress } from './progress.ts';

/** `--on slurm`: submits a study's runs as jobs. A dry run prints scripts alone on standard output. */
export async function submit<T extends StudyTypes>(
  study: Study<T>,
  options: T['options'],
  { on, dryRun = false, ...asked }: JobFlags,
  json?: boolean,
): Promise<number> {
  const scheduler = schedulerNamed(on!);
  refuseSharing(options);
  const resources = await settleResources(asked);
  const dispatch: Dispatch = { scheduler, resources, work: workWords(options) };
  return follow<SubmitEvent>({
    ...{ json, begins: 'submitted', ends: ['submitted', 'script', 'census'] },
    start: (live) => submitStudy(study, { ...options, ...live }, dispatch, dryRun),
    reporter: (progress) => reporter(progress, options.keep, dryRun ? printNote : progress.line),
  });
}

function refuseSharing({ threads, parallel }: StudyOptions): void {
  if (threads !== undefined) {
    throw new RequestError(
      `--threads ${threads}: a worker computes with a thread a processor; say --cpus ${threads}`,
    );
  }
  if (parallel === undefined) return;
  throw new RequestError(
    `--parallel ${parallel}: with --on each run is a job of its own; say --array-limit for runs at once`,
  );
}

const workWords = ({ dataFolder, memory, keep, allowOtherKernels }: StudyOptions): string[] => [
  ...(dataFolder === undefined ? [] : ['--data', resolve(dataFolder)]),
  ...(memory === undefined ? [] : ['--memory', memory]),
  ...(keep === undefined ? [] : ['--keep', keep]),
  ...(allowOtherKernels ? ['--allow-other-kernels'] : []),
];

/** @param tell where everything but scripts goes */
function reporter(progress: Progress, keep: Keep | undefined, tell: (text: string) => void) {
  let out = '';
  return (event: SubmitEvent): void => {
    if (event.kind === 'script') progress.line(event.text);
    else if (event.kind === 'note') tell(event.text);
    else if (event.kind === 'submitted') submittedLines(event, out).forEach(tell);
    else if (event.kind === 'census') censusLines(event, keep).forEach(tell);
    else {
      out = event.out;
      tell(event.title);
      tell(`on ${event.dataset.title} (${event.dataset.source}), kept in ${out}`);
    }
  };
}

type CensusEvent = Extract<SubmitEvent, { kind: 'census' }>;

function censusLines(census: CensusEvent, keep: Keep = 'all'): string[] {
  const { runs, trained, underWay, keptBytes, trainingBytes } = census;
  const open = runs - trained - underWay;
  return [
    `${plural(runs, 'run')}: ${trained} trained, ${underWay} under way, ${open} to be trained`,
    `checkpoints: ${byteSize(trainingBytes)} of a run that trains, in the end ${byteSize(keptBytes)} ` +
      `of all (--keep ${keep})`,
  ];
}

/** What was submitted, and how to follow it. */
export function submittedLines(submitted: Submittal, out: string): string[] {
  const { scheduler, jobs, closing, runs, later } = submitted;
  const array = `${plural(runs, 'run')} submitted to ${scheduler} as ${jobs.join(', ')}`;
  const rest = later > 0 ? `, and submits ${plural(later, 'run')} more` : '';
  return [array, `${closing} follows: it writes the report${rest}`, `npx shakelab status ${out}`];
}
