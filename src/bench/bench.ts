import { availableParallelism } from 'node:os';
import { describeIdentity, type Identity } from '../runs/identity.ts';
import { benchCases, chooseNames, scalingCase } from './cases.ts';
import { type Load, measureLoad } from './load.ts';
import { findPeer } from './peer.ts';
import { type CaseEvent, runCase, runHelp, runScaling, type Session } from './runCase.ts';

export interface BenchOptions {
  /** Words of the cases' names; all cases if left out. */
  cases?: string[];
  /** As many as the CPU offers if left out. */
  threads?: number;
  /** How often ours and the peer's are measured one after the other; 5. */
  pairs?: number;
  /** How long a fresh process times its steps; 4. */
  seconds?: number;
  /** Whether to run PyTorch where it is found, and in bfloat16 too; both true. */
  peer?: boolean;
  bf16?: boolean;
  signal?: AbortSignal;
}

/** On what a benchmark ran, and how. */
export interface BenchSetting {
  identity: Identity;
  /** YYYY-MM-DD */
  date: string;
  threads: number;
  pairs: number;
  seconds: number;
  /** Version of PyTorch; null where none was run. */
  torch: string | null;
  /** Before anything was measured. */
  load: Load;
}

/** A place among the cases that were chosen. */
export interface Place {
  index: number;
  count: number;
  name: string;
}

/** What a benchmark tells while it runs. */
export type BenchEvent = { kind: 'start'; setting: BenchSetting } | (CaseEvent & { place: Place });

const helpName = 'shakelab --help';

/**
 * Measures every chosen case in fresh processes, ours and PyTorch's in turns; then how all threads
 * compare to one, and how long the command line takes to print its help.
 *
 * @throws RequestError if no case is called as asked for; an AbortError once aborted
 */
export async function* runBench(options: BenchOptions = {}): AsyncGenerator<BenchEvent> {
  const { cases = [], pairs = 5, seconds = 4, peer: wanted = true, bf16 = true } = options;
  const { threads = availableParallelism(), signal } = options;
  const all = runners(threads);
  const names = chooseNames([...all.keys()], cases);
  const load = await measureLoad();
  const peer = wanted ? await findPeer(signal) : null;
  const session = { threads, pairs, seconds, peer, bf16, signal };
  yield { kind: 'start', setting: settingOf(session, load) };
  for (const [index, name] of names.entries()) {
    const place = { index, count: names.length, name };
    for await (const event of all.get(name)!(session)) yield { ...event, place };
  }
}

type Runner = (session: Session) => AsyncGenerator<CaseEvent>;

/** All that can be measured, by name. */
function runners(threads: number): Map<string, Runner> {
  const all = new Map<string, Runner>(
    benchCases.map((benchCase) => [benchCase.name, (session) => runCase(benchCase, session)]),
  );
  const scaling = `${scalingCase.name}, ${threads} threads over 1`;
  if (threads > 1) all.set(scaling, (session) => runScaling(scaling, scalingCase, session));
  return all.set(helpName, (session) => runHelp(helpName, session));
}

function settingOf({ threads, pairs, seconds, peer }: Session, load: Load): BenchSetting {
  const date = new Date().toISOString().slice(0, 10);
  const torch = peer?.torch ?? null;
  return { identity: describeIdentity(), date, threads, pairs, seconds, torch, load };
}
