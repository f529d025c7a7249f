import type { MachineLimits } from '../machines/native/native.ts';
import { lastLine } from '../processes/children.ts';
import type { BenchCase } from './cases.ts';
import { type Checkout, thisCheckout } from './checkout.ts';
import type { Measurement } from './measure.ts';
import type { Peers } from './peers.ts';
import type { BenchResult } from './results.ts';
import type { WorkerTask } from './worker.ts';

/** How the cases of one benchmark are measured. */
export interface Session {
  threads: number;
  pairs: number;
  seconds: number;
  /** What ours is measured next to. */
  peers: Peers;
  /** Whether PyTorch also runs in bfloat16, and compiled. */
  bf16: boolean;
  compiled: boolean;
  /** Another checkout of ours to measure next to, instead of the peers. */
  against?: Checkout;
  /** The instruction set of ours; the usual one if left out. */
  isa?: string;
  signal?: AbortSignal;
}

/** What a case tells while it runs. */
export type CaseEvent =
  | { kind: 'note'; text: string }
  /** `done`: the share of the case that is behind us. */
  | { kind: 'task'; task: string; done: number }
  | { kind: 'result'; result: BenchResult };

type Asking = Pick<Session, 'signal'>;

/** Times a case in a fresh process of this checkout, or of another. */
export function measureOurs(
  benchCase: BenchCase,
  session: Session,
  checkout = thisCheckout,
): Promise<Measurement> {
  const { threads, seconds, isa } = session;
  return askWorker({ kind: 'measure', benchCase, threads, seconds, isa }, session, checkout);
}

/** The machine's limits, as a fresh process finds them. */
export const measureLimits = (session: Session): Promise<MachineLimits> =>
  askWorker({ kind: 'limits', threads: session.threads }, session);

/** Writes the net of a case where a runtime can read it. */
export const exportNet = (benchCase: BenchCase, path: string, session: Session): Promise<null> =>
  askWorker({ kind: 'export', benchCase, path }, session);

/** What the worker answers needs no check: it is this package, or an older one. */
async function askWorker<Answer>(
  task: WorkerTask,
  { signal }: Asking,
  { run }: Checkout = thisCheckout,
): Promise<Answer> {
  return lastLine(await run('bench/worker', [JSON.stringify(task)], signal)) as Answer;
}
