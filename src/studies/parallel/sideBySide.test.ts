import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExplainedError, option } from '../../errors.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunsEvent } from '../events.ts';
import type { StudyRun } from '../study.ts';
import { type SideBySideOptions, trainSideBySide } from './sideBySide.ts';
import type { RunTask } from './task.ts';
import type { TrainingProcess } from './trainingProcess.ts';

const out = mkdtempSync(join(tmpdir(), 'shakelab-side-'));
afterAll(() => rmSync(out, { recursive: true }));

const config = parseConfig({ dataset: 'digits', batch: 16 });
const runsOf = (...ids: string[]): StudyRun[] =>
  ids.map((id) => ({ id, model: id, title: id, config }));

const saved = new Map<string, number>();

/** What processes were asked to do. */
interface Log {
  /** A process a number, with the run and its threads. */
  tasks: [process: number, id: string, threads: number | undefined][];
  stopped: number;
}

/** Processes whose runs take as many steps as their names say, and some of which do not get to their end. */
function fakes(): { open: () => TrainingProcess; log: Log } {
  const log: Log = { tasks: [], stopped: 0 };
  let opened = 0;
  const open = (): TrainingProcess => {
    const number = ++opened;
    let lives = true;
    async function* carryOut({ run, options }: RunTask): AsyncGenerator<RunsEvent> {
      log.tasks.push([number, run.id, options.threads]);
      const position = { run, index: 0, count: 1 };
      yield { kind: 'run-start', from: 'start', judge: 'test', ...position };
      const length = Number(/\d+/.exec(run.id)?.[0] ?? 1);
      for (let step = (saved.get(run.id) ?? 0) + 1; step <= length && lives; step++) {
        await new Promise(setImmediate);
        yield { kind: 'training', event: stepEvent(step, run.id), ...position };
        saved.set(run.id, step);
      }
      if (!lives || run.id.startsWith('halted')) return;
      if (run.id.startsWith('wrong')) throw new ExplainedError(`${option('net')} of no use`);
      if (run.id.startsWith('dying')) lives = false;
      if (run.id.startsWith('dying')) throw new ExplainedError('its process has ended');
      yield { kind: 'run-done', trainError: 1, testError: 2, ...position };
    }
    return {
      get lives() {
        return lives;
      },
      carryOut: carryOut as TrainingProcess['carryOut'],
      async stop() {
        if (lives) log.stopped++;
        lives = false;
      },
    };
  };
  return { open, log };
}

/** Of a run that takes minutes, if it is called long. */
const stepEvent = (step: number, id: string) => ({
  ...{ kind: 'step' as const, step, steps: 4000, epoch: 1, loss: 1, error: 50 },
  ...{ learningRate: 0.1, imagesPerSecond: id.startsWith('long') ? 160 : 160_000 },
});

/** What became of runs: the events of all but their steps, and what processes were asked to do. */
async function train(ids: string[], options: SideBySideOptions, see?: (event: RunsEvent) => void) {
  const { open, log } = fakes();
  saved.clear();
  const executor = trainSideBySide({}, { nameOf: (name) => `--${name}`, ...options }, open);
  const events: RunsEvent[] = [];
  for await (const event of executor.train(runsOf(...ids), out)) {
    see?.(event);
    if (event.kind !== 'training') events.push(event);
  }
  const of = (kind: RunsEvent['kind']) =>
    events.flatMap((event) => ('run' in event && event.kind === kind ? [event.run.id] : []));
  return { events, log, of };
}

describe('runs side by side', () => {
  it('are trained at once with equal threads, each told with its place among all', async () => {
    const { events, log, of } = await train(['a9', 'b2', 'c2', 'd2'], { places: 2, threads: 4 });
    expect(of('run-done')).toEqual(['b2', 'c2', 'd2', 'a9']);
    expect(log.tasks).toEqual([
      [1, 'a9', 2],
      [2, 'b2', 2],
      [2, 'c2', 2],
      [2, 'd2', 2],
    ]);
    expect(log.stopped).toBe(2);
    expect(events.at(-1)).toMatchObject({ kind: 'run-done', index: 0, count: 4 });
  });

  it('go on where one fails, and where the process of one dies', async () => {
    const { events, log, of } = await train(['wrong1', 'dying1', 'c1', 'd1', 'e1'], {
      ...{ places: 2, threads: 2 },
    });
    expect(of('run-done')).toEqual(['c1', 'd1', 'e1']);
    const failures = events.flatMap((event) => (event.kind === 'run-failed' ? [event] : []));
    expect(failures).toMatchObject([
      { index: 0, message: '--net of no use' },
      { index: 1, message: 'its process has ended' },
    ]);
    expect(new Set(log.tasks.map(([process]) => process))).toEqual(new Set([1, 2, 3]));
  });

  it('are saved when asked to stop, and none is begun after that', async () => {
    const controller = new AbortController();
    const { log, of } = await train(
      ['a900', 'b900', 'c1'],
      { places: 2, threads: 2, signal: controller.signal },
      (event) => event.kind === 'training' && event.event.step === 3 && controller.abort(),
    );
    expect([of('run-start').sort(), of('run-done'), log.stopped]).toEqual([
      ['a900', 'b900'],
      [],
      2,
    ]);
    expect(saved.get('a900')).toBeLessThan(10);
  });

  it('get the threads of those that have ended, where they take long yet', async () => {
    const { log, events, of } = await train(['long90', 'b5'], { places: 2, threads: 4 });
    expect(log.tasks).toEqual([
      [1, 'long90', 2],
      [2, 'b5', 2],
      [3, 'long90', 4],
    ]);
    expect(of('run-done')).toEqual(['b5', 'long90']);
    const text = 'long90: goes on with the threads of those that have ended';
    expect(events).toContainEqual({ kind: 'note', text });
  });

  it('leave one alone that was asked to stand still', async () => {
    const { events, of } = await train(['halted1', 'b1'], { places: 2, threads: 2 });
    expect(of('run-done')).toEqual(['b1']);
    const text = 'halted1: saved and left, as it was asked to stand still';
    expect(events).toContainEqual({ kind: 'note', text });
  });
});
