import { arch } from 'node:process';
import { usualIsa } from '../machines/native/native.ts';
import { usableProcessors } from '../processes/processors.ts';
import type { Precision } from '../program/precision.ts';
import { describeIdentity, type Identity } from '../runs/identity.ts';
import { casesIn, chooseNames, comparedCase } from './cases.ts';
import { type Checkout, openCheckout } from './checkout.ts';
import { heldTo } from './heldTo.ts';
import { type Load, measureLoad } from './load.ts';
import { findPeers, noPeers } from './peers.ts';
import { compareWays, runCase, type Way } from './runCase.ts';
import type { CaseEvent, Session } from './session.ts';
import { compareHelp, runFirstStep, runHelp } from './starts.ts';

export interface BenchOptions {
  /** Words of the cases' names; all cases if left out. */
  cases?: string[];
  /** As many as the CPU offers if left out. */
  threads?: number;
  /** How often ours and the peer's are measured one after the other; 5. */
  pairs?: number;
  /** How long a fresh process times its steps; 4. */
  seconds?: number;
  /** What ours stores activations in; float32 when left out. */
  precision?: Precision;
  /** Folder of another checkout of ours, to measure next to instead of PyTorch. */
  against?: string;
  /** Whether to run PyTorch, onnxruntime in evaluation and oneDNN's convolutions, where they are found; true. */
  peer?: boolean;
  /** Whether PyTorch also runs in bfloat16, and compiled; both true. */
  bf16?: boolean;
  compiled?: boolean;
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
  /** The instruction set of ours. */
  isa: string;
  /** The same, where `SHAKELAB_ISA` held all to less than the CPU's best; else null. */
  heldTo: string | null;
  /** Version of PyTorch; null where none was run. */
  torch: string | null;
  /** Of onnxruntime and oneDNN, likewise. */
  onnxruntime: string | null;
  onednn: string | null;
  /** The other checkout; null where none was run. */
  against: string | null;
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
const emptyName = `${helpName}, beyond node -e 0`;
const firstStepName = 'shakelab study mnist, to its first step';

/**
 * Measures every chosen case in fresh processes, ours and PyTorch's or another checkout's in turns; then
 * how all threads compare to one, and how long the command line takes to print its help and a study to begin.
 *
 * @throws RequestError if no case is called as asked for, or no checkout is there; an AbortError once
 *   aborted
 */
export async function* runBench(options: BenchOptions = {}): AsyncGenerator<BenchEvent> {
  const { cases = [], pairs = 5, seconds = 4, peer: wanted = true } = options;
  const { bf16 = true, compiled = true, threads = usableProcessors(), signal } = options;
  const { precision = 'float32' } = options;
  const against = options.against === undefined ? undefined : openCheckout(options.against);
  const all = runners(threads, precision, against);
  const names = chooseNames([...all.keys()], cases);
  const load = await measureLoad();
  const peers = wanted && !against ? await findPeers(signal) : noPeers;
  const session = { threads, pairs, seconds, peers, against, bf16, compiled, signal };
  yield { kind: 'start', setting: settingOf(session, load) };
  for (const [index, name] of names.entries()) {
    const place = { index, count: names.length, name };
    for await (const event of all.get(name)!(session)) yield { ...event, place };
  }
}

type Runner = (session: Session) => AsyncGenerator<CaseEvent>;

const avx2 = { isa: 'avx2' };

/**
 * All that can be measured, by name; next to another checkout, ours is not compared to itself, and where it is
 * held to an instruction set, not to its best.
 */
function runners(threads: number, precision: Precision, against?: Checkout): Map<string, Runner> {
  const all = new Map<string, Runner>(
    casesIn(precision).map((benchCase) => [
      benchCase.name,
      (session) => runCase(benchCase, session),
    ]),
  );
  if (against) {
    const name = `${helpName}, over ${against.name}`;
    return all.set(name, (session) => compareHelp(name, session));
  }
  const compare = (first: Way, second: Way) => {
    const name = `${comparedCase.name}, ${first.program} over ${second.program}`;
    all.set(name, (session) => compareWays(name, comparedCase, [first, second], session));
  };
  const one = { program: '1 thread', changes: { threads: 1 } };
  if (threads > 1) compare({ program: `${threads} threads`, changes: { threads } }, one);
  if (arch === 'x64' && !heldTo())
    compare({ program: 'best instruction set', changes: {} }, { program: 'avx2', changes: avx2 });
  all.set(emptyName, (session) => runHelp(emptyName, session));
  return all.set(firstStepName, (session) => runFirstStep(firstStepName, session));
}

function settingOf(session: Session, load: Load): BenchSetting {
  const { threads, pairs, seconds, peers } = session;
  const against = session.against?.name ?? null;
  const date = new Date().toISOString().slice(0, 10);
  const versions = {
    torch: peers.torch?.version ?? null,
    onnxruntime: peers.onnxruntime?.version ?? null,
    onednn: peers.onednn?.version ?? null,
  };
  const where = { identity: describeIdentity(), isa: usualIsa(), heldTo: heldTo() };
  return { ...where, date, load, threads, pairs, seconds, ...versions, against };
}
