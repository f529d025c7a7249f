import { RequestError } from '../errors.ts';
import type { FlagsOf } from './command.ts';
import { count, text, toggle } from './flags.ts';
import { kebab } from './naming.ts';

/** How a study is handed to a scheduler. */
export const jobFlags = {
  on: text('scheduler', 'have workers train the runs as jobs of slurm; say it again to go on'),
  partition: text('name', 'with --on: the partition of the jobs'),
  time: text(
    'limit',
    'with --on: longest time of a worker, 4:00:00; one that needs more is resumed',
  ),
  cpus: count('count', 'with --on: processors, and threads, of a worker (default: 4)', 8),
  arrayLimit: count('count', 'with --on: workers at once, at most', 32),
  constraint: text('features', 'with --on: what the hosts must have, such as avx2'),
  sbatch: text('flags', "with --on: further flags of sbatch, such as '--account=a --mem=8G'"),
  dryRun: toggle('with --on: submit nothing; print what would be submitted'),
};

export type JobFlags = FlagsOf<typeof jobFlags>;

/** The flags of jobs apart from those of the study itself. */
export function withoutJobFlags<Values extends object>(
  values: Values & Partial<JobFlags>,
): { jobs: JobFlags; options: Omit<Values, keyof JobFlags> } {
  const { on, partition, time, cpus, arrayLimit, constraint, sbatch, dryRun, ...options } = values;
  const jobs = { on, partition, time, cpus, arrayLimit, constraint, sbatch, dryRun };
  if (on === undefined) refuseAlone(jobs);
  return { jobs, options };
}

/** @throws RequestError where something is said of jobs, and nothing makes any */
function refuseAlone(jobs: JobFlags): void {
  for (const [name, value] of Object.entries(jobs)) {
    if (value === undefined) continue;
    const said = value === true ? '' : ` ${value}`;
    throw new RequestError(`--${kebab(name)}${said}: says how jobs are submitted; add --on slurm`);
  }
}
