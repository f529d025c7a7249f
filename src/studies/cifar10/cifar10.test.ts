import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeCifar10Options, runFakeCifar10 } from '../../../testkit/fakeCifar10.ts';
import { RequestError } from '../../errors.ts';
import { lockFile } from '../../runs/lock.ts';
import type { StudyEvent } from '../events.ts';
import { runCifar10Study } from './cifar10.ts';
import { cifar10SummarySchema } from './summary.ts';

let out: string;

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'shakelab-cifar10-'));
});

afterEach(() => rm(out, { recursive: true, force: true }));

async function eventsOf(events: AsyncGenerator<StudyEvent>): Promise<StudyEvent[]> {
  const seen: StudyEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const train = (options: FakeCifar10Options, interruptAt?: string) =>
  eventsOf(runFakeCifar10(out, options, interruptAt));

const few = { rows: 'preact-bn,preact', seeds: 2 };

const startsOf = (events: StudyEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'run-start' ? [`${event.from} ${event.run.id}`] : []));

const estimateOf = (events: StudyEvent[]) => events.find(({ kind }) => kind === 'estimate');

describe('the study of CIFAR-10', () => {
  it('plans, estimates, then trains one seed of every row before the next', async () => {
    const events = await train(few);
    expect(events.slice(0, 2).map(({ kind }) => kind)).toEqual(['plan', 'estimate']);
    expect(startsOf(events)).toEqual([
      'start preact-bn.shake-shake.seed1',
      'start preact.shake-shake.seed1',
      'start preact-bn.shake-shake.seed2',
      'start preact.shake-shake.seed2',
    ]);
    expect(events.at(-1)).toMatchObject({ kind: 'done', summary: { planned: 4 } });
  });

  it('estimates by a trial of every model, for what is left alone', async () => {
    const fresh = estimateOf(await train(few, 'preact.shake-shake.seed2'));
    const images = { imagesPerSecond: 500, runs: 2 };
    expect(fresh).toMatchObject({
      ...{ runs: 4, finished: 0, epochs: 3, memoryBytes: 6e8, seconds: 12 * 105 },
      speeds: [
        { model: 'PreActBN with shaking', ...images },
        { model: 'PreAct with shaking', ...images },
      ],
    });
    const rest = estimateOf(await train(few));
    expect(rest).toMatchObject({
      ...{ finished: 3, seconds: 2 * 105 },
      speeds: [{ model: 'PreAct with shaking', runs: 1 }],
    });
  });

  it('ends with the report of what is trained when it is interrupted', async () => {
    const events = await train(few, 'preact-bn.shake-shake.seed2');
    expect(events.some(({ kind }) => kind === 'done')).toBe(false);
    const summary = cifar10SummarySchema.parse(
      JSON.parse(await readFile(join(out, 'summary.json'), 'utf8')),
    );
    expect(summary.runs.map(({ seed }) => seed)).toEqual([1, 1]);
    expect(summary.planned).toBe(4);
  });
});

describe('runCifar10Study', () => {
  const start = (options: object) => eventsOf(runCifar10Study({ out, ...options }));

  it('writes the report alone of the runs so far', async () => {
    await train(few, 'preact.shake-shake.seed2');
    await rm(join(out, 'report.html'));
    const [done, ...more] = await start({ reportOnly: true });
    expect(more).toEqual([]);
    expect(done).toMatchObject({ kind: 'done', summary: { planned: 4, runs: [{}, {}, {}] } });
    expect((await readdir(out)).sort()).toEqual([
      ...['figures', 'leases', 'report.html', 'runs', 'study.json', 'summary.json'],
    ]);
  });

  it('has nothing to report of an empty folder or of an untrained study', async () => {
    await expect(start({ reportOnly: true })).rejects.toThrow(/no study is kept there/);
    await train(few, 'preact-bn.shake-shake.seed1');
    await expect(start({ reportOnly: true })).rejects.toThrow(/none of the study's 4 runs/);
  });

  it('refuses wrong settings before it looks for data', async () => {
    await expect(start({ rows: 'wide' })).rejects.toThrow(/^rows wide/);
    await expect(start({ batch: 100 })).rejects.toThrow(/^batch 100/);
    await expect(start({ seeds: 0 })).rejects.toThrow(RequestError);
  });

  it('refuses a folder whose runs have other settings, and leaves its plan alone', async () => {
    await train(few);
    const plan = await readFile(join(out, 'study.json'), 'utf8');
    await expect(train({ ...few, epochs: 30 })).rejects.toThrow(/ epochs 30 \(the run has 3\)/);
    expect(await readFile(join(out, 'study.json'), 'utf8')).toBe(plan);
  });

  it('refuses a folder that a living process holds, and says which', async () => {
    await writeFile(join(out, lockFile), `${process.ppid}\n`);
    const dataset = { dataset: 'digits', trainSize: 64 };
    const message = new RegExp(`process ${process.ppid} is training there`);
    await expect(start(dataset)).rejects.toThrow(message);
  });
});

describe('the report', () => {
  it('prints Table 1 with ours beside it', async () => {
    await train({ rows: 'preact,preact-bn-even', seeds: 2 });
    const { document } = parseHTML(await readFile(join(out, 'report.html'), 'utf8'));
    const rows = [...document.querySelectorAll('table.printed tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim()),
    );
    expect(rows.length).toBe(9);
    expect(rows[0]).toEqual(['ResNeXt (29, 16×64d) [23]', '29', '68.1M', '3.58', 'not trained']);
    const [model, depth, parameters, error, ours, , mean, seeds] = rows[7];
    expect([model, depth, parameters, error]).toEqual([
      ...['PreAct (26, 2×64d)†', '26', '11.7M', '*6.92'],
    ]);
    expect([ours, mean, seeds]).toEqual(['PreAct with shaking', '48.00 ± 0.21', '47.85 48.14']);
    expect(rows[8].slice(0, 2)).toEqual(['not in Table 1', 'PreActBN without shaking']);
  });

  it('says how many runs are missing, and nothing of it when none is', async () => {
    await train(few, 'preact.shake-shake.seed2');
    expect(await readFile(join(out, 'report.html'), 'utf8')).toMatch(/3 of 4 runs\s+finished/);
    await train(few);
    expect(await readFile(join(out, 'report.html'), 'utf8')).not.toMatch(/of 4 runs/);
  });
});
