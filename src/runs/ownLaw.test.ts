import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type MixingLaw, parseMixing } from '../mixing/index.ts';
import { defaultConfig } from './fields.ts';
import { runTraining } from './lifecycle.ts';
import { openRun } from './open.ts';

test("a run of a law of one's own is kept under its name and opened with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shakelab-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const mixing: MixingLaw = { ...parseMixing('even'), name: 'my-law' };
  const small = { dataset: 'digits', net: 'resnext-8-2x4d', trainSize: 64, epochs: 1, batch: 64 };
  const config = { ...defaultConfig, ...small, mixing: mixing.name };
  const ended: string[] = [];
  for await (const event of runTraining({ folder, config, mixing, threads: 1 }))
    ended.push(event.kind);
  expect(ended.at(-1)).toBe('done');
  const run = await openRun(folder, { mixing, threads: 1 });
  expect(run.config.mixing).toBe('my-law');
  run.trainer.close();
  await expect(openRun(folder)).rejects.toThrow("mixing 'my-law': no law has this name");
  await expect(openRun(folder, { mixing: parseMixing('even') })).rejects.toThrow(
    "'even': the config names 'my-law'",
  );
});
