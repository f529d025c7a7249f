import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import type { TrainingEvent } from '../training/trainer.ts';
import { MetricsFollower } from './follow.ts';
import { openMetrics, parseMetrics, readMetrics } from './metrics.ts';
import { StorageError } from './storing.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-metrics-'));
  path = join(folder, 'metrics.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const stepEvent = (step: number): TrainingEvent => ({
  kind: 'step',
  step,
  steps: 100,
  epoch: 1,
  loss: 0.1 + step,
  error: 1,
  learningRate: 0.1,
  imagesPerSecond: 1,
});

async function write(from: number, steps: number[]): Promise<void> {
  const metrics = await openMetrics(folder, from);
  for (const step of steps) await metrics.append(stepEvent(step));
  await metrics.sync();
  await metrics.close();
}

const stepsKept = async () => (await readMetrics(folder)).map(({ step }) => step);

describe('metrics', () => {
  it('are empty before a run has any', async () => {
    expect(await readMetrics(folder)).toEqual([]);
  });

  it('keep numbers to the bit', async () => {
    await write(0, [20]);
    expect(await readMetrics(folder)).toEqual([stepEvent(20)]);
  });

  it('are appended to', async () => {
    await write(0, [20, 40]);
    await write(40, [60]);
    expect(await stepsKept()).toEqual([20, 40, 60]);
  });

  it('lose the lines after the step that is gone on from', async () => {
    await write(0, [20, 40, 60]);
    await write(39, []);
    expect(await stepsKept()).toEqual([20]);
    await write(0, []);
    expect(await readFile(path, 'utf8')).toBe('');
  });

  it('tell each step and epoch once, as the last line has it, when two have written them', async () => {
    const told = { ...stepEvent(20), loss: 7 };
    const lines = [stepEvent(20), stepEvent(40), told, stepEvent(60), stepEvent(40)];
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await readMetrics(folder)).toEqual([told, stepEvent(40), stepEvent(60)]);
    expect(await new MetricsFollower(folder).next()).toEqual(await readMetrics(folder));
  });

  it('are not written where another process holds the run', async () => {
    const refusal = new Error('taken over');
    const metrics = await openMetrics(folder, 0, () => Promise.reject(refusal));
    await expect(metrics.append(stepEvent(20))).rejects.toThrow(refusal);
    await metrics.close();
    expect(await stepsKept()).toEqual([]);
  });

  it('lose a line that was cut short', async () => {
    await write(0, [20]);
    await appendFile(path, '{"kind":"step","st');
    expect(await stepsKept()).toEqual([20]);
    await write(20, [40]);
    expect(await stepsKept()).toEqual([20, 40]);
  });

  it('count bytes, not letters', async () => {
    const [first, second] = [1, 2].map((step) => ({ ...stepEvent(step), note: 'é→' }));
    await writeFile(path, `${JSON.stringify(first)}\n${JSON.stringify(second)}\n`);
    await write(1, []);
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(first)}\n`);
  });

  it('keep that a number was not finite', async () => {
    await writeFile(path, `${JSON.stringify({ ...stepEvent(20), loss: Number.NaN })}\n`);
    expect(await readMetrics(folder)).toEqual([{ ...stepEvent(20), loss: Number.NaN }]);
  });

  it.each(['nonsense', '{"kind":"step"}', '[]', '{"kind":"other","step":1}'])(
    'name a line that is damaged: %s',
    async (line) => {
      await write(0, [20]);
      await appendFile(path, `${line}\n`);
      const message = `${path}, line 2: the line is damaged; put a copy back, or delete it`;
      await expect(readMetrics(folder)).rejects.toThrow(message);
      await expect(openMetrics(folder, 20)).rejects.toThrow(RequestError);
    },
  );

  it('say that their folder is gone', async () => {
    await expect(openMetrics(join(folder, 'gone'), 0)).rejects.toThrow(StorageError);
  });
});

fuzzText('metrics', {
  valid: [
    [stepEvent(20), { ...stepEvent(40), loss: Number.NaN }],
    [
      {
        ...{ kind: 'epoch', epoch: 1, step: 50, trainLoss: 1, trainError: 2, testLoss: 3 },
        ...{ testError: 4, imagesPerSecond: 5, seconds: 6 },
      },
    ],
  ].map((events) => events.map((event) => `${JSON.stringify(event)}\n`).join('')),
  parse: (text) => parseMetrics(text, 'metrics.jsonl'),
  accepted(events) {
    for (const { kind, step } of events) {
      expect(['step', 'epoch']).toContain(kind);
      expect(Number.isSafeInteger(step)).toBe(true);
    }
  },
  words: ['"kind"', '"step"', '"epoch"', '"loss"', '\n{', '}\n'],
});
