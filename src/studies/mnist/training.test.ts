import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeStudyOptions, fakePlan, runFakeStudy } from '../../../testkit/fakeStudy.ts';
import type { StudyEvent } from '../events.ts';
import { readPlan } from '../plan.ts';
import { summarySchema } from '../summary.ts';

let out: string;

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'shakelab-study-'));
});

afterEach(() => rm(out, { recursive: true, force: true }));

async function eventsOf(options?: FakeStudyOptions): Promise<StudyEvent[]> {
  const events: StudyEvent[] = [];
  for await (const event of runFakeStudy(out, options)) events.push(event);
  return events;
}

describe('the study of MNIST', () => {
  it('plans, trains run after run with its place among them, and ends with the report', async () => {
    const { runs } = await fakePlan({ seeds: 2 });
    const events = await eventsOf({ seeds: 2 });
    expect(events[0]).toMatchObject({ kind: 'plan', study: 'mnist', out });
    expect(events.at(-1)!.kind).toBe('done');
    const places = events.flatMap((event) =>
      event.kind === 'run-done' ? [[event.run.id, event.index, event.count]] : [],
    );
    expect(places).toEqual(runs.map(({ id }, index) => [id, index, 8]));
    const kinds = events.slice(1, 8).map(({ kind }) => kind);
    const training = Array.from({ length: 4 }, () => 'training');
    expect(kinds).toEqual(['run-start', ...training, 'analysis', 'run-done']);
  });

  it('leaves a valid summary, the figures, and a report that holds them all', async () => {
    const events = await eventsOf({ seeds: 2 });
    const done = events.at(-1) as Extract<StudyEvent, { kind: 'done' }>;
    const summary = summarySchema.parse(JSON.parse(await readFile(done.summaryPath, 'utf8')));
    expect(summary).toEqual(done.summary);
    expect(summary.runs.map(({ id }) => id)).toEqual(
      (await fakePlan({ seeds: 2 })).runs.map((run) => run.id),
    );
    expect(summary.runs[0].compactness?.radius).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => n / 10),
    );
    expect(summary.runs[0].compactness?.within.at(-1)).toBe(100);
    const collapse = summary.runs[0].representation!.neuralCollapse;
    expect(collapse.duality).toBeCloseTo(0, 3);
    expect(collapse.nearestCentre).toBe(0);
    const report = await readFile(done.reportPath, 'utf8');
    const figures = await readdir(join(out, 'figures'));
    expect(figures.length).toBeGreaterThanOrEqual(7);
    const drawings = figures.filter((file) => figures.includes(file.replace(/svg$/, 'png')));
    expect(drawings.filter((file) => file.endsWith('.svg'))).toEqual([
      ...['figure-3-embeddings.svg', 'figure-4-modes.svg'],
    ]);
    for (const file of figures.filter(
      (file) => !(file.endsWith('.svg') && drawings.includes(file)),
    )) {
      const content = await readFile(join(out, 'figures', file));
      expect(report.includes(content.toString('base64')), file).toBe(true);
    }
    expect(await readdir(out)).toEqual([
      ...['figures', 'leases', 'report.html', 'runs', 'study.json', 'summary.json'],
    ]);
  });

  it('ends without a report when a run is interrupted', async () => {
    const interruptAt = 'preact-bn.even.seed1';
    const events = await eventsOf({ interruptAt });
    expect(events.at(-1)).toMatchObject({ kind: 'training', run: { id: interruptAt } });
    expect(events.filter(({ kind }) => kind === 'run-start').length).toBe(3);
    expect(await readdir(out)).toEqual(['leases', 'runs', 'study.json']);
    expect((await readPlan(out)).runs.map(({ id }) => id)).toEqual(
      (await fakePlan()).runs.map(({ id }) => id),
    );
  });
});
