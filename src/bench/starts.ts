import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { listDatasets } from '../data/datasets.ts';
import { nodeArguments, runChild } from '../processes/children.ts';
import { thisCheckout } from './checkout.ts';
import type { CaseEvent, Session } from './session.ts';
import { ratioOf, type Spread, spreadOf } from './spread.ts';
import { type Turn, takeTurns } from './turns.ts';

const repeats = 9;

/** Measures how much longer than an empty program of Node's the command line takes to print its help. */
export async function* runHelp(
  name: string,
  { signal }: Session,
  pairs = repeats,
): AsyncGenerator<CaseEvent> {
  const help = { program: thisCheckout.name, run: () => thisCheckout.run(...helpOf, signal) };
  const empty = { program: 'node -e 0', run: () => runChild(execPath, ['-e', '0'], signal) };
  const [ours, nodes] = yield* timed([help, empty], pairs);
  yield figure(name, 'seconds', spreadOf(ours.map((seconds, pair) => seconds - nodes[pair])));
}

/** Measures how many times as fast as another checkout's the command line prints its help. */
export async function* compareHelp(
  name: string,
  { against, signal }: Session,
  pairs = repeats,
): AsyncGenerator<CaseEvent> {
  const starts = [thisCheckout, against!].map(({ name: program, run }) => ({
    program,
    run: () => run(...helpOf, signal),
  }));
  const [ours, theirs] = yield* timed(starts, pairs);
  yield figure(name, 'times', ratioOf(theirs, ours));
}

/** Measures how long `study mnist` takes to its first training step; without its data, says so instead. */
export async function* runFirstStep(
  name: string,
  { pairs, signal }: Session,
): AsyncGenerator<CaseEvent> {
  const found = (await listDatasets()).some((data) => data.name === 'mnist' && data.found);
  if (!found) {
    yield { kind: 'note', text: `${name} is left out: MNIST is not there yet` };
    return;
  }
  const start = { program: thisCheckout.name, run: () => reachFirstStep(signal) };
  const [seconds] = yield* timed([start], pairs);
  yield figure(name, 'seconds', spreadOf(seconds));
}

const helpOf: [string, string[]] = ['cli/main', ['--help']];

/** Runs everybody's start in turns; the seconds that each took, pair by pair. */
async function* timed(
  starts: readonly Turn[],
  pairs: number,
): AsyncGenerator<CaseEvent, number[][]> {
  const seconds: number[][] = starts.map(() => []);
  const turns = starts.map(({ program, run }, i) => ({
    program,
    run: async () => {
      const started = performance.now();
      await run();
      seconds[i].push((performance.now() - started) / 1000);
    },
  }));
  yield* takeTurns(turns, { pairs });
  return seconds;
}

/** Starts the study in a folder of its own, and ends it where it tells of a step. */
async function reachFirstStep(signal?: AbortSignal): Promise<void> {
  const out = await mkdtemp(join(tmpdir(), 'shakelab-bench-'));
  const args = [...nodeArguments('cli/main'), 'study', 'mnist', '--json', '--out', out];
  const child = spawn(execPath, args, { signal, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close').catch(() => undefined);
  let told = '';
  try {
    for await (const text of child.stdout.setEncoding('utf8')) {
      told += text;
      if (told.includes('"kind":"step"')) return;
    }
    throw new Error('study mnist ended before its first step');
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(out, { recursive: true, force: true });
  }
}

const figure = (name: string, unit: 'times' | 'seconds', value: Spread): CaseEvent => ({
  kind: 'result',
  result: { kind: 'figure', name, unit, value },
});
