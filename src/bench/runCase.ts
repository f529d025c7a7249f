import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MachineLimits } from '../machines/native/native.ts';
import { lastLine } from '../processes/children.ts';
import type { BenchCase } from './cases.ts';
import { type Checkout, thisCheckout } from './checkout.ts';
import { type Load, measureLoad, tooBusy } from './load.ts';
import type { Measurement } from './measure.ts';
import { measureOnnxruntime } from './onnxPeer.ts';
import { measurePeer, narrowVariants, type PeerVariant, variantName, variants } from './peer.ts';
import type { Python } from './python.ts';
import {
  type BenchResult,
  type CaseMeasurements,
  type CaseResult,
  caseResult,
  type Pace,
} from './results.ts';
import { ratioOf, spreadOf } from './spread.ts';
import type { WorkerTask } from './worker.ts';

/** How the cases of one benchmark are measured. */
export interface Session {
  threads: number;
  pairs: number;
  seconds: number;
  /** A Python with PyTorch, if ours is to be measured next to it. */
  peer: Python | null;
  /** One with onnxruntime, to evaluate. */
  runtime: Python | null;
  /** Whether PyTorch also runs in bfloat16, and compiled. */
  bf16: boolean;
  compiled: boolean;
  /** Another checkout of ours to measure next to, instead of the peer. */
  against?: Checkout;
  /** The instruction set of ours; the CPU's best if left out. */
  isa?: string;
  signal?: AbortSignal;
}

/** What a case tells while it runs. */
export type CaseEvent =
  | { kind: 'note'; text: string }
  /** `done`: the share of the case that is behind us. */
  | { kind: 'task'; task: string; done: number }
  | { kind: 'result'; result: BenchResult };

interface Turn {
  program: string;
  run: () => Promise<unknown>;
}

const probe = { seconds: 0.5, warmUp: 1 };
const helpRepeats = 9;

/** A program that ours is measured next to. */
interface Rival {
  program: string;
  measure: () => Promise<Pace>;
}

/** Measures a case: its limits, then ours and its rivals in turns, in fresh processes. */
export async function* runCase(case_: BenchCase, session: Session): AsyncGenerator<CaseEvent> {
  const load = await measureLoad();
  if (load.busy > tooBusy) yield { kind: 'note', text: busyText(load) };
  yield { kind: 'task', task: 'limits', done: 0 };
  const limits = await askWorker<MachineLimits>(
    { kind: 'limits', threads: session.threads },
    session,
  );
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-bench-'));
  try {
    const rivals = yield* rivalsIn(case_, session, folder);
    yield { kind: 'result', result: yield* measureAll(case_, rivals, session, { limits, load }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures ours and its rivals in turns. */
async function* measureAll(
  case_: BenchCase,
  rivals: readonly Rival[],
  session: Session,
  circumstances: Pick<CaseResult, 'limits' | 'load'>,
): AsyncGenerator<CaseEvent, BenchResult> {
  const measured: CaseMeasurements = {
    ours: [],
    peers: rivals.map(({ program }) => ({ program, reports: [] })),
  };
  const ours = async () => measured.ours.push(await measureOurs(case_, session));
  const theirs = rivals.map(({ program, measure }, i) => ({
    program,
    run: async () => measured.peers[i].reports.push(await measure()),
  }));
  yield* takeTurns([{ program: thisCheckout.name, run: ours }, ...theirs], session);
  return caseResult(case_, measured, circumstances);
}

/**
 * The other checkout, or the peers: PyTorch's best ways, and in evaluation onnxruntime.
 *
 * @param folder where a net is left for as long as it is measured
 */
async function* rivalsIn(
  case_: BenchCase,
  session: Session,
  folder: string,
): AsyncGenerator<CaseEvent, Rival[]> {
  const { against, peer, runtime, signal } = session;
  if (against) {
    return [{ program: against.name, measure: () => measureOurs(case_, session, against) }];
  }
  const chosen = peer ? yield* chooseVariants(peer, case_, session) : [];
  const rivals: Rival[] = chosen.map((variant) => ({
    program: variantName(variant),
    measure: () => measurePeer(peer!, case_, variant, session, signal),
  }));
  if (!runtime || case_.mode === 'train') return rivals;
  const path = join(folder, 'net.onnx');
  await askWorker({ kind: 'export', benchCase: case_, path }, session);
  const measure = () => measureOnnxruntime(runtime, case_, path, session, signal);
  return [...rivals, { program: 'onnxruntime', measure }];
}

/** A way to run ours, such as with one thread. */
export interface Way {
  program: string;
  changes: Partial<Pick<Session, 'threads' | 'isa'>>;
}

/** Measures how many times as fast ours is in the first way as in the second. */
export async function* compareWays(
  name: string,
  case_: BenchCase,
  ways: readonly [Way, Way],
  session: Session,
): AsyncGenerator<CaseEvent> {
  const speeds: number[][] = [[], []];
  const turns = ways.map(({ program, changes }, i) => ({
    program,
    run: async () => {
      const { imagesPerSecond } = await measureOurs(case_, { ...session, ...changes });
      speeds[i].push(imagesPerSecond);
    },
  }));
  yield* takeTurns(turns, session);
  const value = ratioOf(speeds[0], speeds[1]);
  yield { kind: 'result', result: { kind: 'figure', name, unit: 'times', value } };
}

/**
 * Measures how long the command line takes to print its help; next to another checkout, how many
 * times as fast it does.
 */
export async function* runHelp(
  name: string,
  session: Session,
  pairs = helpRepeats,
): AsyncGenerator<CaseEvent> {
  const { against, signal } = session;
  const checkouts = [thisCheckout, ...(against ? [against] : [])];
  const seconds: number[][] = checkouts.map(() => []);
  const turns = checkouts.map(({ name: program, run }, i) => ({
    program,
    run: async () => {
      const started = performance.now();
      await run('cli/main', ['--help'], signal);
      seconds[i].push((performance.now() - started) / 1000);
    },
  }));
  yield* takeTurns(turns, { pairs });
  const result = against
    ? { unit: 'times' as const, value: ratioOf(seconds[1], seconds[0]) }
    : { unit: 'seconds' as const, value: spreadOf(seconds[0]) };
  yield { kind: 'result', result: { kind: 'figure', name, ...result } };
}

/** Runs everybody's turn `pairs` times, in an order that alternates. */
async function* takeTurns(
  turns: Turn[],
  { pairs }: Pick<Session, 'pairs'>,
): AsyncGenerator<CaseEvent> {
  for (let pair = 0; pair < pairs; pair++) {
    const ordered = pair % 2 === 0 ? turns : turns.toReversed();
    for (const [place, { program, run }] of ordered.entries()) {
      const done = (pair + place / turns.length) / pairs;
      yield { kind: 'task', task: `pair ${pair + 1}/${pairs}, ${program}`, done };
      await run();
    }
  }
}

/** The peer's fastest way by a short look at each: one in float32, one in bfloat16. */
async function* chooseVariants(
  peer: Python,
  case_: BenchCase,
  session: Session,
): AsyncGenerator<CaseEvent, PeerVariant[]> {
  const possible = (one: PeerVariant) => session.compiled || !one.compiled;
  const best = yield* fastest(peer, case_, variants.filter(possible), session);
  if (!session.bf16) return [best];
  const narrow = narrowVariants(best).filter(possible);
  return [best, yield* fastest(peer, case_, narrow, session)];
}

/** A look at a way of the peer; one that is not to be had, such as compiling in version 1, is told and out. */
async function* look(
  peer: Python,
  case_: BenchCase,
  variant: PeerVariant,
  { threads, signal }: Session,
): AsyncGenerator<CaseEvent, number> {
  yield { kind: 'task', task: `a look at ${variantName(variant)}`, done: 0 };
  try {
    const report = await measurePeer(peer, case_, variant, { threads, ...probe }, signal);
    return report.imagesPerSecond;
  } catch (error) {
    if (signal?.aborted || !variant.compiled) throw error;
    yield {
      kind: 'note',
      text: `${variantName(variant)} is left out: ${(error as Error).message}`,
    };
    return 0;
  }
}

async function* fastest(
  peer: Python,
  case_: BenchCase,
  among: PeerVariant[],
  session: Session,
): AsyncGenerator<CaseEvent, PeerVariant> {
  const speeds: number[] = [];
  for (const variant of among) speeds.push(yield* look(peer, case_, variant, session));
  return among[speeds.indexOf(Math.max(...speeds))];
}

const measureOurs = (
  benchCase: BenchCase,
  session: Session,
  checkout?: Checkout,
): Promise<Measurement> => {
  const { threads, seconds, isa } = session;
  return askWorker({ kind: 'measure', benchCase, threads, seconds, isa }, session, checkout);
};

/** What the worker answers needs no check: it is this package, or an older one. */
async function askWorker<Answer>(
  task: WorkerTask,
  { signal }: Session,
  { run } = thisCheckout,
): Promise<Answer> {
  return lastLine(await run('bench/worker', [JSON.stringify(task)], signal)) as Answer;
}

const busyText = ({ average, busy }: Load): string =>
  `the machine is busy: others take ${Math.round(100 * busy)} % of its processors ` +
  `(load average ${average.toFixed(2)}); what is measured now may be too low`;
