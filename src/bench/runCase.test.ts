import { expect, test } from 'vitest';
import type { BenchCase } from './cases.ts';
import { noPeers } from './peers.ts';
import type { CaseResult } from './results.ts';
import { runCase } from './runCase.ts';
import type { CaseEvent, Session } from './session.ts';

const tiny: BenchCase = {
  ...{ name: 'tiny', net: 'resnext-8-2x2d', features: null, batch: 16, mode: 'train' },
  ...{ channels: 1, height: 8, width: 8, augment: 'crop-flip' },
};
const session: Session = {
  ...{ threads: 1, pairs: 2, seconds: 0.05 },
  ...{ peers: noPeers, bf16: false, compiled: false },
};

test('a tiny case, ours alone: its tasks in order, then its result', async () => {
  const events: CaseEvent[] = [];
  for await (const event of runCase(tiny, session)) events.push(event);
  const tasks = events.flatMap((event) => (event.kind === 'task' ? [event.task] : []));
  expect(tasks).toEqual(['limits', 'pair 1/2, shakelab', 'pair 2/2, shakelab']);
  const last = events.at(-1) as CaseEvent & { kind: 'result' };
  const { entries, limits } = last.result as CaseResult;
  expect(entries).toHaveLength(1);
  expect(entries[0].imagesPerSecond.minimum).toBeGreaterThan(100);
  expect(limits.flops).toBeGreaterThan(1);
  expect(entries[0].peakShare).toBeLessThan(1);
});

test('an abort ends a case', async () => {
  const signal = AbortSignal.abort();
  const run = async () => {
    for await (const _ of runCase(tiny, { ...session, signal }));
  };
  await expect(run()).rejects.toThrow('aborted');
});
