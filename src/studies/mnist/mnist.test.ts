import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DatasetUnavailableError } from '../../data/obtain.ts';
import { RequestError } from '../../errors.ts';
import { openFrames } from '../../runs/frames/log.ts';
import type { StudyEvent } from '../events.ts';
import { runMnistStudy } from './mnist.ts';
import type { MnistStudyOptions } from './options.ts';

vi.mock('../../data/datasets.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../data/datasets.ts')>();
  const openDataset: typeof original.openDataset = async (name, options) => {
    if (name === 'mnist') throw new DatasetUnavailableError('dataset mnist: not found');
    return original.openDataset(name, options);
  };
  return { ...original, openDataset };
});

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shakelab-mnist-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function eventsOf(options: MnistStudyOptions): Promise<StudyEvent[]> {
  const events: StudyEvent[] = [];
  for await (const event of runMnistStudy(options)) events.push(event);
  return events;
}

async function firstEvents(options: MnistStudyOptions, count: number): Promise<StudyEvent[]> {
  const events: StudyEvent[] = [];
  for await (const event of runMnistStudy(options)) {
    if (events.push(event) === count) break;
  }
  return events;
}

describe('runMnistStudy', () => {
  it('refuses wrong settings before it looks for data', async () => {
    const nowhere = { dataset: 'mnist', dataFolder: join(folder, 'nowhere') };
    await expect(eventsOf({ ...nowhere, batch: 100 })).rejects.toThrow(/^batch 100: .*16/);
    await expect(eventsOf({ ...nowhere, seeds: 0 })).rejects.toThrow(/^seeds 0: /);
    await expect(eventsOf({ ...nowhere, epochs: 0.5 })).rejects.toThrow(RequestError);
  });

  it('takes the built-in digits for a missing MNIST and says so, but only if nothing was asked', async () => {
    const out = join(folder, 'fallback');
    const [note, plan] = await firstEvents({ out, trainSize: 160 }, 2);
    expect(note).toMatchObject({ kind: 'note' });
    expect((note as Extract<StudyEvent, { kind: 'note' }>).text).toMatch(/not found.*NOT MNIST/s);
    expect(plan).toMatchObject({ kind: 'plan', dataset: { name: 'digits' } });
    await expect(firstEvents({ out, dataset: 'mnist' }, 2)).rejects.toThrow('not found');
  });

  it('goes over 120,000 images if no number of epochs is given', async () => {
    const options = { dataset: 'digits', out: join(folder, 'epochs') };
    const [plan] = await firstEvents({ ...options, trainSize: 10_000 }, 1);
    expect(plan).toMatchObject({ kind: 'plan', runs: [{ config: { epochs: 12 } }, {}, {}, {}] });
  });

  it('keeps the frames of what it trains, and a second call finds that trained', async () => {
    const options = { dataset: 'digits', trainSize: 320, epochs: 1, batch: 64 };
    const out = join(folder, 'tiny');
    const starts: string[] = [];
    for (let call = 0; call < 2; call++) {
      for await (const event of runMnistStudy({ ...options, out })) {
        if (event.kind === 'run-start') starts.push(event.from);
        if (event.kind === 'run-done') break;
      }
    }
    expect(starts).toEqual(['start', 'finished']);
    const [id] = await readdir(join(out, 'runs'));
    const frames = await openFrames(join(out, 'runs', id));
    expect(frames).toMatchObject({ count: 6, header: { every: 1, features: 2 } });
    expect(frames!.header.places).toHaveLength(256);
    await frames!.close();
    await expect(eventsOf({ ...options, epochs: 2, out })).rejects.toThrow(/ epochs 2/);
  });

  it('goes on with an interrupted run where it stopped', async () => {
    const options = { dataset: 'digits', trainSize: 320, epochs: 1, batch: 64 };
    const out = join(folder, 'interrupted');
    const stop = new AbortController();
    const seen: StudyEvent[] = [];
    for await (const event of runMnistStudy({ ...options, out, signal: stop.signal })) {
      seen.push(event);
      if (event.kind === 'training' && event.event.step === 3) stop.abort();
    }
    expect(seen.some(({ kind }) => kind === 'done')).toBe(false);
    const [, start] = await firstEvents({ ...options, out }, 2);
    expect(start).toMatchObject({ kind: 'run-start', from: 'checkpoint' });
  });
});
