import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftIn } from '../../testkit/brokenRun.ts';
import { soundFolder } from '../../testkit/ownData.ts';
import { type Ending, shakelab, shakelabWords, start } from '../../testkit/shakelab.ts';
import { isPartial } from '../runs/atomic.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-signals-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;
/** Parts of the time that a command takes, at which a signal reaches it. */
const moments = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
/** Seconds that a command may take to end, on a busy machine. */
const patience = 20;

let sounds: string;
let whole: string;
/** Nothing decoded is kept between two commands, so that each decodes. */
const fresh = () => ({ ...process.env, XDG_CACHE_HOME: mkdtempSync(join(root, 'cache-')) });
const tiny = ['--net', 'resnext-8-2x2d', '--batch', '16', '--epochs', '2', '--threads', '1'];
const train = (folder: string) => [
  'train',
  '--out',
  folder,
  '--resume',
  '--dataset',
  sounds,
  ...tiny,
];

beforeAll(async () => {
  sounds = await soundFolder();
  whole = join(root, 'whole');
  expect((await shakelab(...train(whole))).code).toBe(0);
});

/** Seconds that a command takes where nothing disturbs it. */
async function secondsOf(words: string[]): Promise<number> {
  const started = performance.now();
  expect((await start(shakelabWords(...words), { env: fresh() }).ending).code).toBe(0);
  return (performance.now() - started) / 1000;
}

/** How a command ends that a signal reaches after so many seconds, and how soon after that. */
async function signalled(words: string[], signal: NodeJS.Signals, after: number) {
  const { child, ending } = start(shakelabWords(...words), { env: fresh() });
  await Promise.race([sleep(1000 * after), ending]);
  const sent = performance.now();
  child.kill(signal);
  return { ...(await ending), took: (performance.now() - sent) / 1000 };
}

/** Ended by the signal, as interrupted, or done before it came; soon, and without a stack. */
function expectEnd(end: Ending & { took: number }, signal: NodeJS.Signals, told: string): void {
  expect([130, 0, signal], told).toContain(end.code ?? end.signal);
  expect(end.err, told).not.toMatch(/\n {4}at /);
  expect(end.took, told).toBeLessThan(patience);
}

describe('a signal at any moment', () => {
  it('of a training on files that are decoded leaves what can be gone on with, to the same bits', async () => {
    const seconds = await secondsOf(train(join(root, 'measured')));
    for (const [index, moment] of moments.entries()) {
      const folder = join(root, `train-${index}`);
      const signal = signals[index % signals.length];
      const end = await signalled(train(folder), signal, moment * seconds);
      expectEnd(end, signal, `${signal} at ${moment}`);
      if (end.out.includes('stopped after step')) expect(end.code).toBe(130);
      expect((await shakelab(...train(folder))).code, `${signal} at ${moment}`).toBe(0);
      expect(await leftIn(folder), `${signal} at ${moment}`).toEqual(await leftIn(whole));
    }
  });

  it.each([
    ['evaluate', () => ['evaluate', whole]],
    ['embed', () => ['embed', whole, '--split', 'test']],
    ['export', () => ['export', whole, '--to', 'pytorch', '--out', join(root, 'exported')]],
    ['data check', () => ['data', 'check', sounds]],
    ['describe', () => ['describe', '--net', 'resnext-26-2x64d']],
  ])('ends %s, and leaves files whole or not at all', async (_, words) => {
    const seconds = await secondsOf(words());
    const kept = await leftIn(whole);
    for (const [index, moment] of moments.entries()) {
      const signal = signals[index % signals.length];
      const end = await signalled(words(), signal, moment * seconds);
      expectEnd(end, signal, `${signal} at ${moment}`);
    }
    expect(await leftIn(whole)).toEqual(kept);
    const again = await shakelab(...words());
    expect([again.code, again.err]).toEqual([0, expect.not.stringMatching(/\n {4}at /)]);
    const exported = join(root, 'exported');
    const left = existsSync(exported) ? readdirSync(exported) : [];
    expect(left.filter(isPartial)).toEqual([]);
  });

  it.each(signals)('%s ends bench with what it has measured', async (signal) => {
    const words = ['bench', '--json', '--no-peer', '--case', '20 2x4d train'];
    const end = await signalled(words, signal, 5);
    expectEnd(end, signal, signal);
  });

  it.each(signals)('%s ends the studio with 0 once it has told its address', async (signal) => {
    const words = ['studio', root, '--no-open', '--port', '0'];
    const { child, ending } = start(shakelabWords(...words));
    child.stdout!.once('data', () => child.kill(signal));
    const { code, err } = await ending;
    expect([code, err]).toEqual([0, 'closing; runs go on\n']);
  });
});
