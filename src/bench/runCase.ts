import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchCase } from './cases.ts';
import { thisCheckout } from './checkout.ts';
import { type Load, measureLoad, tooBusy } from './load.ts';
import { measureOnednn } from './onednnPeer.ts';
import { type BenchResult, type CaseMeasurements, type CaseResult, caseResult } from './results.ts';
import { type Rival, rivalsIn } from './rivals.ts';
import { type CaseEvent, measureLimits, measureOurs, type Session } from './session.ts';
import { ratioOf } from './spread.ts';
import { takeTurns } from './turns.ts';

/** Measures a case: its limits, then ours and its rivals in turns, in fresh processes. */
export async function* runCase(case_: BenchCase, session: Session): AsyncGenerator<CaseEvent> {
  const load = await measureLoad();
  if (load.busy > tooBusy) yield { kind: 'note', text: busyText(load) };
  yield { kind: 'task', task: 'limits', done: 0 };
  const limits = await measureLimits(session);
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-bench-'));
  try {
    const rivals = yield* rivalsIn(case_, session, folder);
    yield { kind: 'result', result: yield* measureAll(case_, rivals, session, { limits, load }) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures ours, its rivals and oneDNN's convolutions in turns. */
async function* measureAll(
  case_: BenchCase,
  rivals: readonly Rival[],
  session: Session,
  circumstances: Pick<CaseResult, 'limits' | 'load'>,
): AsyncGenerator<CaseEvent, BenchResult> {
  const measured: CaseMeasurements = {
    ours: [],
    peers: rivals.map(({ program }) => ({ program, reports: [] })),
    ceiling: [],
  };
  const ours = async () => measured.ours.push(await measureOurs(case_, session));
  const theirs = rivals.map(({ program, measure }, i) => ({
    program,
    run: async () => measured.peers[i].reports.push(await measure()),
  }));
  const { onednn } = session.peers;
  const ceiling = async () =>
    measured.ceiling.push(await measureOnednn(onednn!, case_, session, session.signal));
  const alone = onednn ? [{ program: "oneDNN's convolutions", run: ceiling }] : [];
  yield* takeTurns([{ program: thisCheckout.name, run: ours }, ...theirs, ...alone], session);
  return caseResult(case_, measured, circumstances);
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

const busyText = ({ average, busy }: Load): string =>
  `the machine is busy: others take ${Math.round(100 * busy)} % of its processors ` +
  `(load average ${average.toFixed(2)}); what is measured now may be too low`;
