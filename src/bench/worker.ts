import { argv, env, stderr, stdout } from 'node:process';
import { type MachineLimits, measureLimits } from '../machines/native/native.ts';
import type { BenchCase } from './cases.ts';
import { type Measurement, measure } from './measure.ts';

/**
 * What the benchmark asks of a fresh process, by its last argument; a line of JSON answers. Checkouts of
 * other ages are asked the same (`bench --against`): fields may come, none may go.
 */
export type WorkerTask =
  | { kind: 'measure'; benchCase: BenchCase; threads: number; seconds: number; isa?: string }
  | { kind: 'limits'; threads: number }
  /** Writes the case's net to a path, for a runtime to read. */
  | { kind: 'export'; benchCase: BenchCase; path: string };

try {
  const task: WorkerTask = JSON.parse(argv[2]);
  stdout.write(`${JSON.stringify(await answer(task))}\n`);
} catch (error) {
  stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function answer(task: WorkerTask): Promise<Measurement | MachineLimits | null> {
  if (task.kind === 'export') return exported(task);
  if (task.kind === 'limits') return measureLimits(task.threads);
  if (task.isa) env.SHAKELAB_ISA = task.isa;
  return measure(task.benchCase, task);
}

/** Loaded when it is asked for: what is measured is to be no larger for it. */
async function exported({ benchCase, path }: Extract<WorkerTask, { kind: 'export' }>) {
  await (await import('./onnxPeer.ts')).exportCase(benchCase, path);
  return null;
}
