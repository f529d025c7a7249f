import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStream } from '../../testkit/eventStream.ts';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { fakePlan, runFakeStudy } from '../../testkit/fakeStudy.ts';
import { writeLease } from '../../testkit/leaseProcess.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';
import { writeSubmission } from '../jobs/submissions.ts';
import type { RunSummary } from './library/runSummary.ts';
import type { StudySummary } from './library/studies.ts';

let server: StudioServer;
beforeEach(async () => {
  server = await studioServer();
});
afterEach(() => server.close());

const study = await fakePlan();
const titles = study.runs.map(({ title }) => title);

/** Begins a study that trains nothing, and leaves it after its plan. */
async function planned(folder: string) {
  const events = runFakeStudy(folder);
  for (let kind = ''; kind !== 'run-start'; ) kind = (await events.next()).value.kind;
  return events;
}

const shown = async (): Promise<StudySummary> =>
  (await server.json<StudySummary[]>('/api/studies'))[0];

describe('a study under way', () => {
  it('is shown with all its runs before the first has begun, and then with its report', async () => {
    const folder = join(server.folder, 'mnist');
    const stream = await openStream(server.port);
    const events = await planned(folder);
    expect(await stream.take(2)).toMatchObject([{ event: 'reset' }, { event: 'study' }]);
    const before = await shown();
    expect(before).toMatchObject({ title: study.title, state: 'running', reportedAt: null });
    expect(before.runs.map(({ title }) => title)).toEqual(titles);
    expect(before.runs.map(({ state }) => state)).toEqual(titles.map(() => 'waiting'));

    await fakeRun(join(folder, 'runs', study.runs[0].id), { done: 4 });
    expect((await shown()).runs[0]).toMatchObject({ state: 'interrupted', done: 0.4 });

    for await (const _ of events);
    for (const { id } of study.runs) await fakeRun(join(folder, 'runs', id), { done: 10 });
    const after = await shown();
    expect(after).toMatchObject({ state: 'finished', reportedAt: expect.stringMatching(/^20/) });
    const report = await server.ask(`/api/studies/${after.id}/report`);
    expect([report.status, report.text]).toEqual([200, expect.stringContaining(study.title)]);
    stream.drop();
  });

  it('is unfinished where it was broken off', async () => {
    const folder = join(server.folder, 'mnist');
    await (await planned(folder)).return(undefined);
    expect(await shown()).toMatchObject({ state: 'unfinished', reportedAt: null });
  });

  it('has its runs where the studio was opened over its very folder', async () => {
    await (await planned(server.folder)).return(undefined);
    await fakeRun(join(server.folder, 'runs', study.runs[0].id), { done: 10 });
    const { name, runs } = await shown();
    expect(name).toBe(basename(server.folder));
    expect(runs.map(({ state }) => state)).toEqual(['finished', 'waiting', 'waiting', 'waiting']);
  });

  it('is shown as far as it can be read', async () => {
    await mkdir(join(server.folder, 'odd'));
    await writeFile(join(server.folder, 'odd', 'study.json'), '{"runs":7}');
    await fakeRun(join(server.folder, 'odd', 'runs', 'a'), { done: 10 });
    expect(await shown()).toMatchObject({ title: 'odd', runs: [{ title: 'a' }] });
    await rm(join(server.folder, 'odd'), { recursive: true });
    expect(await server.json('/api/studies')).toEqual([]);
  });
});

describe('a study on a cluster', () => {
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });

  it('shows which host trains a run, and why another waits', async () => {
    const folder = join(server.folder, 'mnist');
    await (await planned(folder)).return(undefined);
    const [first] = study.runs;
    await fakeRun(join(folder, 'runs', first.id), { done: 4 });
    writeLease(join(folder, 'runs', first.id), 1, { host: 'node17', machine: 'another' });
    const jobs = [{ id: '7', first: 0 }];
    const kept = { scheduler: 'slurm', jobs, closing: '8', runs: '0-3', later: '', work: [] };
    await writeSubmission(folder, 1, { ...kept, resources: { cpus: 2 }, since: 'now' });
    const lines = '7|0|RUNNING|None\\n7|2|PENDING|Resources\\n8|N/A|PENDING|Dependency\\n';
    await writeFile(join(server.folder, 'squeue'), `#!/bin/sh\nprintf '${lines}'\n`, {
      mode: 0o755,
    });
    process.env.PATH = `${server.folder}:${path}`;

    const { state, runs } = await shown();
    expect(state).toBe('running');
    expect(runs.map(({ state, host, queue }) => [state, host, queue])).toEqual([
      ['running', 'node17', null],
      ['waiting', null, null],
      ['waiting', null, 'Resources'],
      ['waiting', null, null],
    ]);
    const [run] = await server.json<RunSummary[]>('/api/runs');
    expect(run).toMatchObject({ state: 'running', host: 'node17' });
  });
});
