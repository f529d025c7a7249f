import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkpointPath, hasCheckpoint } from './checkpoint.ts';
import { parseConfig } from './config.ts';
import { checkpointBytes, checkpointCounts, pruneCheckpoints } from './keep.ts';
import type { keepChoices } from './keepChoices.ts';
import { type RunEvent, runTraining } from './lifecycle.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-keep-'));
afterAll(() => rmSync(root, { recursive: true }));

const [newest, previous, best] = ['', '.previous', '.best'].map((part) =>
  part === '.best' ? 'best.safetensors' : `checkpoint${part}.safetensors`,
);

/** What is left of some checkpoints. */
async function left(files: string[], keep: (typeof keepChoices)[number]): Promise<string[]> {
  const folder = mkdtempSync(join(root, 'run-'));
  mkdirSync(folder, { recursive: true });
  for (const name of [...files, 'run.json']) writeFileSync(join(folder, name), '');
  await pruneCheckpoints(folder, keep);
  return readdirSync(folder)
    .filter((name) => name !== 'run.json')
    .sort();
}

it.each([
  ['all', [best, newest, previous].sort(), [newest, previous].sort()],
  ['last', [newest], [newest]],
  ['best', [best], [newest]],
  ['none', [], []],
] as const)('of a trained run, %s keeps what it says', async (keep, chosen, unchosen) => {
  expect(await left([newest, previous, best], keep)).toEqual(chosen);
  expect(await left([newest, previous], keep)).toEqual(unchosen);
  const config = parseConfig({ validation: '0.1' });
  expect(checkpointCounts(config, keep)).toEqual({ training: 3, trained: chosen.length });
  expect(checkpointCounts(parseConfig({}), keep).trained).toBe(unchosen.length);
});

const config = parseConfig({
  ...{ dataset: 'digits', trainSize: 48, net: 'resnext-8-2x2d', batch: 16, epochs: 2 },
});
const folder = join(root, 'trained');
async function train(): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runTraining({ folder, config, resume: true, threads: 1 })) {
    events.push(event);
  }
  return events;
}
let first: RunEvent[];
beforeAll(async () => {
  first = await train();
});

it('a trained run without checkpoints is trained all the same', async () => {
  await pruneCheckpoints(folder, 'none');
  expect(await hasCheckpoint(folder)).toBe(false);
  const metrics = readFileSync(join(folder, 'metrics.jsonl'), 'utf8');
  expect(await train()).toEqual([first.at(-1)]);
  expect(readFileSync(join(folder, 'metrics.jsonl'), 'utf8')).toBe(metrics);
});

it('the size of a checkpoint is told within a few percent, whose rest is statistics and names', async () => {
  const started = first.find((event) => event.kind === 'start')!;
  const wide = parseConfig({ ...config, net: 'resnext-8-2x16d', epochs: 1 });
  const other = join(root, 'wide');
  let parameters = 0;
  for await (const event of runTraining({ folder: other, config: wide, threads: 1 })) {
    if (event.kind === 'start') ({ parameters } = event);
  }
  expect(parameters).toBeGreaterThan(started.parameters);
  const { size } = statSync(checkpointPath(other));
  expect(size / checkpointBytes(wide, parameters)).toBeGreaterThan(1);
  expect(size / checkpointBytes(wide, parameters)).toBeLessThan(1.1);
});
