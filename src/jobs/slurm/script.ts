import { join } from 'node:path';
import { option, RequestError } from '../../errors.ts';
import { logsName } from '../logs.ts';
import { rangesOf } from '../ranges.ts';
import type { Batch, Resources } from '../scheduler.ts';

/** Slurm numbers the tasks of an array below 1001, unless a cluster says otherwise. */
const arraySize = 1000;

/** Seconds before the time limit at which a worker is told to save its work. */
const graceSeconds = 120;

/** A script for sbatch. */
export interface ArrayScript {
  /** The run that its task 0 works on. */
  first: number;
  text: string;
}

/**
 * The scripts of a batch: one for each thousand of the study's numbers, since an array's own go no
 * further. They share the limit of workers at once.
 *
 * @throws RequestError where the resources are not as sbatch takes them
 */
export function arrayScripts(batch: Batch): ArrayScript[] {
  checkResources(batch.resources);
  const thousands = [...new Set(batch.runs.map((run) => Math.floor(run / arraySize)))];
  return thousands.map((thousand) => arrayScript(batch, thousand * arraySize, thousands.length));
}

/** `work` execs Node, so that signals reach it and not a shell that waits for it. */
function arrayScript(batch: Batch, first: number, arrays: number): ArrayScript {
  const { resources, out, runs } = batch;
  const { arrayLimit, cpus } = resources;
  const tasks = runs.map((run) => run - first).filter((task) => task >= 0 && task < arraySize);
  const limit = arrayLimit === undefined ? '' : `%${Math.max(1, Math.floor(arrayLimit / arrays))}`;
  const log = `${String(first / arraySize).padStart(2, '0')}%3a.log`;
  const text = scriptOf(batch, {
    'job-name': batch.name,
    array: rangesOf(tasks) + limit,
    'cpus-per-task': cpus,
    ...limitsOf(resources),
    requeue: true,
    'open-mode': 'append',
    signal: `B:USR2@${graceOf(resources)}`,
    output: `${literal(join(out, logsName))}/${log}`,
  });
  const index = first === 0 ? '$SLURM_ARRAY_TASK_ID' : `$((SLURM_ARRAY_TASK_ID + ${first}))`;
  const words = [...batch.work.map(quoted), '--index', `"${index}"`, '--threads', cpus];
  return { first, text: `${text}exec ${words.join(' ')}\n` };
}

/** The script of the job that follows a batch's arrays, however they end. */
export function closingScript(batch: Batch, jobs: readonly string[]): string {
  const { name, out, resources } = batch;
  const text = scriptOf(batch, {
    'job-name': `${name}-report`,
    dependency: `afterany:${jobs.join(':')}`,
    'cpus-per-task': 1,
    ...limitsOf(resources),
    'open-mode': 'append',
    output: join(literal(join(out, logsName)), 'report.log'),
  });
  return `${text}exec ${batch.closing.map(quoted).join(' ')}\n`;
}

const limitsOf = ({ partition, time, constraint }: Resources) => ({ partition, time, constraint });

type Options = Record<string, string | number | boolean | undefined>;

function scriptOf({ resources: { flags, setup } }: Batch, options: Options): string {
  const said = Object.entries(options).filter(([, value]) => value !== undefined);
  const lines = said.map(([name, value]) =>
    value === true ? `--${name}` : `--${name}=${inDirective(String(value))}`,
  );
  const directives = [...lines, ...(flags ? [flags] : [])].map((line) => `#SBATCH ${line}\n`);
  return `#!/bin/bash\n${directives.join('')}${setup ? `${setup}\n` : ''}`;
}

/** Of a short limit a quarter. */
function graceOf({ time }: Resources): number {
  return Math.min(graceSeconds, Math.floor(secondsIn(time ?? 'UNLIMITED') / 4));
}

const timePattern = /^(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?$/;

/** The seconds of a time limit: minutes, m:s, h:m:s, d-h, d-h:m, d-h:m:s. */
function secondsIn(time: string): number {
  if (/^(UNLIMITED|INFINITE)$/i.test(time)) return Number.POSITIVE_INFINITY;
  const [, days, ...parts] = timePattern.exec(time)!;
  const [a, b, c] = parts.map((part) => Number(part ?? Number.NaN));
  if (days) return Number(days) * 86_400 + a * 3600 + (b || 0) * 60 + (c || 0);
  if (Number.isNaN(b)) return a * 60;
  return Number.isNaN(c) ? a * 60 + b : a * 3600 + b * 60 + c;
}

function checkResources({ time, ...texts }: Resources): void {
  if (time !== undefined && !/^(UNLIMITED|INFINITE)$/i.test(time) && !timePattern.test(time)) {
    const rule = 'must be a time as Slurm writes it, minutes, hours:minutes:seconds or days-hours';
    throw new RequestError(`${option('time')} ${time}: ${rule}; try 4:00:00`);
  }
  const lines = { partition: texts.partition, constraint: texts.constraint, sbatch: texts.flags };
  for (const [name, text = ''] of Object.entries(lines)) {
    if (/[\r\n]/.test(text)) throw new RequestError(`${option(name)}: must be a single line`);
  }
}

/** A path in which Slurm finds nothing to fill in. */
const literal = (path: string): string => path.replaceAll('%', '%%');

/** A value as a directive of a script takes it. */
const inDirective = (value: string): string =>
  /^[\w./:=,+@%&|*()[\]-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;

/** A word as a shell takes it. */
const quoted = (word: string): string =>
  /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
