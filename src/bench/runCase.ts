import type { MachineLimits } from '../machines/native/native.ts';
import { lastLine, runNode } from '../processes/children.ts';
import type { BenchCase } from './cases.ts';
import { type Load, measureLoad, tooBusy } from './load.ts';
import type { Measurement } from './measure.ts';
import { measurePeer, type Peer, type PeerVariant, variantName, variants } from './peer.ts';
import { type BenchResult, type CaseMeasurements, caseResult } from './results.ts';
import { ratioOf, spreadOf } from './spread.ts';
import type { WorkerTask } from './worker.ts';

/** How the cases of one benchmark are measured. */
export interface Session {
  threads: number;
  pairs: number;
  seconds: number;
  /** Null: ours alone. */
  peer: Peer | null;
  /** Whether the peer also runs in bfloat16. */
  bf16: boolean;
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

/** Measures a case: its limits, then ours and the peer's in pairs of fresh processes. */
export async function* runCase(case_: BenchCase, session: Session): AsyncGenerator<CaseEvent> {
  const load = await measureLoad();
  if (load.busy > tooBusy) yield { kind: 'note', text: busyText(load) };
  yield { kind: 'task', task: 'limits', done: 0 };
  const limits = await askWorker<MachineLimits>(
    { kind: 'limits', threads: session.threads },
    session,
  );
  const chosen = session.peer ? yield* chooseVariants(session.peer, case_, session) : [];
  const measured: CaseMeasurements = {
    ours: [],
    peers: chosen.map((variant) => ({ program: variantName(variant), reports: [] })),
  };
  const ours = async () => measured.ours.push(await measureOurs(case_, session));
  const theirs = chosen.map((variant, i) => async () => {
    const report = await measurePeer(session.peer!, case_, variant, session, session.signal);
    measured.peers[i].reports.push(report);
  });
  const programs = ['shakelab', ...measured.peers.map(({ program }) => program)];
  const turns = [ours, ...theirs].map((run, i) => ({ program: programs[i], run }));
  yield* takeTurns(turns, session);
  yield { kind: 'result', result: caseResult(case_, measured, { limits, load }) };
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

/** Measures how long the command line takes to print its help. */
export async function* runHelp(name: string, { signal }: Session): AsyncGenerator<CaseEvent> {
  const seconds: number[] = [];
  for (let i = 0; i < helpRepeats; i++) {
    yield { kind: 'task', task: 'help', done: i / helpRepeats };
    const started = performance.now();
    await runNode('cli/main', ['--help'], signal);
    seconds.push((performance.now() - started) / 1000);
  }
  const value = spreadOf(seconds);
  yield { kind: 'result', result: { kind: 'figure', name, unit: 'seconds', value } };
}

/** Runs everybody's turn `pairs` times, in an order that alternates. */
async function* takeTurns(turns: Turn[], { pairs }: Session): AsyncGenerator<CaseEvent> {
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
  peer: Peer,
  case_: BenchCase,
  session: Session,
): AsyncGenerator<CaseEvent, PeerVariant[]> {
  const best = yield* fastest(peer, case_, variants, session);
  if (!session.bf16) return [best];
  const narrow = [false, true].map((channelsLast) => ({ ...best, channelsLast, bf16: true }));
  return [best, yield* fastest(peer, case_, narrow, session)];
}

async function* fastest(
  peer: Peer,
  case_: BenchCase,
  among: PeerVariant[],
  { threads, signal }: Session,
): AsyncGenerator<CaseEvent, PeerVariant> {
  const speeds: number[] = [];
  for (const variant of among) {
    yield { kind: 'task', task: `a look at ${variantName(variant)}`, done: 0 };
    const report = await measurePeer(peer, case_, variant, { threads, ...probe }, signal);
    speeds.push(report.imagesPerSecond);
  }
  return among[speeds.indexOf(Math.max(...speeds))];
}

const measureOurs = (benchCase: BenchCase, session: Session): Promise<Measurement> => {
  const { threads, seconds, isa } = session;
  return askWorker({ kind: 'measure', benchCase, threads, seconds, isa }, session);
};

/** What the worker answers needs no check: it is this very package. */
async function askWorker<Answer>(task: WorkerTask, { signal }: Session): Promise<Answer> {
  return lastLine(await runNode('bench/worker', [JSON.stringify(task)], signal)) as Answer;
}

const busyText = ({ average, busy }: Load): string =>
  `the machine is busy: others take ${Math.round(100 * busy)} % of its processors ` +
  `(load average ${average.toFixed(2)}); what is measured now may be too low`;
