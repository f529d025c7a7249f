import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckout } from './checkout.ts';
import { noPeers } from './peers.ts';
import type { CaseResult, FigureResult } from './results.ts';
import { runCase } from './runCase.ts';
import type { Session } from './session.ts';
import { compareHelp } from './starts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakelab-checkout-'));
  for (const room of ['bench', 'cli']) mkdirSync(join(folder, 'dist', room), { recursive: true });
  const measured = { imagesPerSecond: 0.001, peakMemoryBytes: 5e9 };
  const answer = `console.log(JSON.stringify({ ...${JSON.stringify(measured)}, asked: process.argv }))`;
  writeFileSync(join(folder, 'dist', 'bench', 'worker.js'), answer);
  writeFileSync(join(folder, 'dist', 'cli', 'main.js'), "console.log('help')");
});
afterAll(() => rmSync(folder, { recursive: true }));

const sessionWith = (seconds: number): Session => {
  const alone = {
    threads: 1,
    pairs: 2,
    seconds,
    peers: noPeers,
    bf16: false,
    compiled: false,
  };
  return { ...alone, against: openCheckout(folder) };
};

describe('another checkout', () => {
  test('is measured in turns with this one', async () => {
    const tiny = {
      ...{ name: 'tiny', net: 'resnext-8-2x2d', features: null, batch: 16 },
      ...{ mode: 'train' as const, channels: 1, height: 8, width: 8, augment: 'none' as const },
    };
    const tasks: string[] = [];
    let result: unknown;
    for await (const event of runCase(tiny, sessionWith(0.05))) {
      if (event.kind === 'task') tasks.push(event.task);
      if (event.kind === 'result') result = event.result;
    }
    const other = basename(folder);
    expect(tasks).toEqual([
      'limits',
      ...['pair 1/2, shakelab', `pair 1/2, ${other}`],
      ...[`pair 2/2, ${other}`, 'pair 2/2, shakelab'],
    ]);
    const [ours, theirs] = (result as CaseResult).entries;
    expect(theirs).toMatchObject({ program: other, peakMemoryBytes: 5e9 });
    expect(theirs.ratio?.median).toBeCloseTo(ours.imagesPerSecond.median / 0.001, -4);
    expect(theirs.memoryRatio).toBeLessThan(1);
  });

  test('prints its help in turns with this one', async () => {
    const tasks: string[] = [];
    let result: unknown;
    for await (const event of compareHelp('help', sessionWith(0), 1)) {
      if (event.kind === 'task') tasks.push(event.task);
      if (event.kind === 'result') result = event.result;
    }
    expect(tasks).toEqual(['pair 1/1, shakelab', `pair 1/1, ${basename(folder)}`]);
    const { unit, value } = result as FigureResult;
    expect(unit).toBe('times');
    expect(value.median).toBeGreaterThan(0);
  });

  test('must be built', () => {
    const empty = join(folder, 'none');
    expect(() => openCheckout(empty)).toThrow(/none: .*worker\.js is not there; name a checkout/);
  });
});
