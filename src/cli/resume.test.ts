import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ending, type RunningCommand, startShakelab } from '../../testkit/shakelab.ts';
import { type RandomStream, randomStream } from '../random/index.ts';
import { readMetrics } from '../runs/metrics.ts';

const epochs = 3;
const stepsPerEpoch = 16;
const tiny = ['--dataset', 'digits', '--train-size', '256', '--net', 'resnext-8-2x2d'];
const recipe = ['--batch', '16', '--epochs', String(epochs), '--checkpoint-seconds', '0.02'];

const root = mkdtempSync(join(tmpdir(), 'shakelab-resume-'));
afterAll(() => rmSync(root, { recursive: true }));

const trainTo = (folder: string): RunningCommand =>
  startShakelab('train', '--out', folder, '--resume', '--json', ...tiny, ...recipe);

/** What a run leaves: the bytes of its checkpoint, and metrics without what the clock decides. */
async function leftIn(folder: string) {
  const metrics = await readMetrics(folder);
  return {
    checkpoint: readFileSync(join(folder, 'checkpoint.safetensors')).toString('base64'),
    metrics: metrics.map((event) => ({ ...event, imagesPerSecond: 0, seconds: 0 })),
  };
}

/** Waits until the command has told so many events, or has ended. */
async function told({ child, ending }: RunningCommand, events: number): Promise<void> {
  let lines = 0;
  const enough = new Promise<void>((resolve) => {
    child.stdout?.on('data', (text: string) => {
      lines += text.split('\n').length - 1;
      if (lines >= events) resolve();
    });
  });
  await Promise.race([enough, ending]);
}

/** Lets a command run to a random moment, before or after its first step, and kills it. */
async function killAtRandom(command: RunningCommand, random: RandomStream): Promise<Ending> {
  if (random.bernoulli(0.25)) await sleep(random.uniform() * 1500);
  else await told(command, 1 + random.integer(2 * stepsPerEpoch));
  await sleep(random.uniform() * 30);
  command.child.kill('SIGKILL');
  return command.ending;
}

describe('a run that was broken off and resumed', () => {
  let unbroken: Awaited<ReturnType<typeof leftIn>>;

  beforeAll(async () => {
    const folder = join(root, 'unbroken');
    const { code, err } = await trainTo(folder).ending;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    unbroken = await leftIn(folder);
    expect(unbroken.metrics.at(-1)).toMatchObject({ kind: 'epoch', epoch: epochs });
  });

  it('ends with the same bits after SIGKILL at random moments', async () => {
    const seed = Date.now() % 2 ** 31;
    const random = randomStream(seed, 'kills');
    const folder = join(root, 'killed');
    let kills = 0;
    for (let round = 0; round < 6; round++) {
      const { signal } = await killAtRandom(trainTo(folder), random);
      if (signal === 'SIGKILL') kills++;
    }
    expect((await trainTo(folder).ending).code, `seed ${seed}`).toBe(0);
    expect(kills, `seed ${seed}`).toBeGreaterThan(0);
    expect(await leftIn(folder), `seed ${seed}`).toEqual(unbroken);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with the same bits after %s', async (signal) => {
    const folder = join(root, signal);
    const command = trainTo(folder);
    await told(command, stepsPerEpoch);
    command.child.kill(signal);
    const { code, out } = await command.ending;
    expect(code).toBe(130);
    const [saved, last] = out
      .trim()
      .split('\n')
      .slice(-2)
      .map((line) => JSON.parse(line));
    expect(last).toEqual({ kind: 'interrupted', step: saved.step });
    expect(saved.kind).toBe('checkpoint');
    expect((await trainTo(folder).ending).code).toBe(0);
    expect(await leftIn(folder)).toEqual(unbroken);
  });

  it('tells its result again when it is finished already', async () => {
    const { code, out } = await trainTo(join(root, 'unbroken')).ending;
    const [start, done, ...more] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, start.step, more]).toEqual([0, epochs * stepsPerEpoch, []]);
    const { testError } = unbroken.metrics.at(-1) as { testError: number };
    expect(done).toMatchObject({ kind: 'done', testError, epochs });
    expect(done.imagesPerSecond).toBeGreaterThan(0);
  });
});
