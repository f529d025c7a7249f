import { utimesSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointPath } from '../runs/checkpoint.ts';
import { parseConfig } from '../runs/config.ts';
import { runTraining } from '../runs/lifecycle.ts';
import { hasEmbeddings, keepEmbeddings } from './embeddings.ts';

it('a checkpoint saved while the one before is embedded counts as newer', async () => {
  const root = await mkdtemp(join(tmpdir(), 'shakelab-embeddings-'));
  const folder = join(root, 'run');
  const tiny = { dataset: 'digits', net: 'resnext-8-2x2d', trainSize: 48, batch: 16, epochs: 1 };
  for await (const _ of runTraining({ folder, config: parseConfig(tiny), threads: 1 }));
  expect(await hasEmbeddings(folder)).toBe(false);
  const later = new Date(Date.now() + 5000);
  await keepEmbeddings(folder, {}, () => utimesSync(checkpointPath(folder), later, later));
  expect(await hasEmbeddings(folder)).toBe(false);
  await keepEmbeddings(folder, {});
  expect(await hasEmbeddings(folder)).toBe(true);
  await rm(root, { recursive: true });
});
