import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RequestError } from '../errors.ts';
import { newestFormat } from '../files/format.ts';
import type { TrainingState } from '../training/trainer.ts';
import { loadCheckpoint, loadChosen, saveCheckpoint, setDamagedAside } from './checkpoint.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { checkpointFormat } from './stateFile.ts';

let folder: string;
let newest: string;
let previous: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-checkpoint-'));
  newest = join(folder, 'checkpoint.safetensors');
  previous = join(folder, 'checkpoint.previous.safetensors');
});
afterEach(() => rm(folder, { recursive: true }));

const stateAt = (step: number): TrainingState => ({
  step,
  tensors: new Map([
    ['weight', { shape: [2, 1], data: new Float32Array([step, -0]) }],
    ['momentum.weight', { shape: [2, 1], data: new Float32Array([1 / 3, 1e-40]) }],
  ]),
});

describe('checkpoints', () => {
  it('come back to the bit', async () => {
    await saveCheckpoint(folder, stateAt(7));
    const loaded = await loadCheckpoint(folder);
    expect(loaded).toEqual({ path: newest, state: stateAt(7), notes: [] });
  });

  it('depend on nothing but the state', async () => {
    await saveCheckpoint(folder, stateAt(7));
    await saveCheckpoint(folder, stateAt(7));
    expect(await readFile(newest)).toEqual(await readFile(previous));
  });

  it('leave the newest two and nothing else', async () => {
    for (const step of [1, 2, 3]) await saveCheckpoint(folder, stateAt(step));
    expect((await readdir(folder)).sort()).toEqual([
      'checkpoint.previous.safetensors',
      'checkpoint.safetensors',
    ]);
    expect((await loadCheckpoint(folder))?.state.step).toBe(3);
  });

  it('of a newer format are refused; no older one stands in for them', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, stateAt(step));
    const { tensors, metadata } = decodeSafetensors(await readFile(newest), newest);
    const number = String(newestFormat(checkpointFormat) + 1);
    await writeFile(
      newest,
      encodeSafetensors({ tensors, metadata: { ...metadata, format: number } }),
    );
    const refusal = `${newest}: checkpoint of format ${number}; shakelab`;
    await expect(loadCheckpoint(folder)).rejects.toThrow(refusal);
    await writeFile(newest, encodeSafetensors({ tensors, metadata: { ...metadata, format: '1' } }));
    expect((await loadCheckpoint(folder))?.state).toEqual(stateAt(2));
  });

  it('say nothing of their format while it is the first, so that their bytes stay', async () => {
    await saveCheckpoint(folder, stateAt(7));
    const { metadata } = decodeSafetensors(await readFile(newest), newest);
    expect(newestFormat(checkpointFormat)).toBe(1);
    expect(Object.keys(metadata)).toEqual(['step', 'sha256']);
  });

  it('say where they are opened with the weights that train, not with their mean', async () => {
    const averaged = (complete: number): TrainingState => {
      const tensor = { shape: [1], data: Float32Array.of(complete) };
      return { step: 7, tensors: new Map([...stateAt(7).tensors, ['average.complete', tensor]]) };
    };
    await saveCheckpoint(folder, averaged(0));
    expect((await loadChosen(folder)).notes.join()).toContain('opened with the weights that train');
    await saveCheckpoint(folder, averaged(1));
    expect((await loadChosen(folder)).notes).toEqual([]);
  });

  it('are null where there are none', async () => {
    expect(await loadCheckpoint(folder)).toBeNull();
  });

  it('fall back to the previous one, and say so, when the newest is cut short', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, stateAt(step));
    await truncate(newest, 100);
    const loaded = await loadCheckpoint(folder);
    expect(loaded?.state).toEqual(stateAt(1));
    expect(loaded?.notes[0]).toMatch(/checkpoint\.safetensors: .*going on from the previous one/);
  });

  it('are two whole ones again after the next save, the damaged one set aside', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, stateAt(step));
    await truncate(newest, 100);
    await setDamagedAside(folder, (await loadCheckpoint(folder))!);
    await saveCheckpoint(folder, stateAt(3));
    expect((await loadCheckpoint(folder))?.state.step).toBe(3);
    await rm(newest);
    expect((await loadCheckpoint(folder))?.state.step).toBe(1);
    expect(await readdir(folder)).toContain('checkpoint.damaged.safetensors');
  });

  it('notice any changed byte', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, stateAt(step));
    const whole = await readFile(newest);
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] ^= 1;
      await writeFile(newest, changed);
      const step = (await loadCheckpoint(folder))?.state.step;
      if (step !== 1) expect(String.fromCharCode(whole[at])).toMatch(/[ !]/);
    }
  });

  it('refuse when neither is whole', async () => {
    for (const path of [newest, previous]) await writeFile(path, 'nonsense');
    await expect(loadCheckpoint(folder)).rejects.toThrow(RequestError);
    await expect(loadCheckpoint(folder)).rejects.toThrow(/no whole checkpoint is left/);
  });

  it('survive a kill between the two renames', async () => {
    for (const step of [1, 2]) await saveCheckpoint(folder, stateAt(step));
    await rm(newest);
    expect((await loadCheckpoint(folder))?.state.step).toBe(1);
  });
});
