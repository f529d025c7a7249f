import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256, temporaryFolder } from '../../../testkit/dataFiles.ts';
import { runFakeCifar10 } from '../../../testkit/fakeCifar10.ts';
import { runFakeStudy } from '../../../testkit/fakeStudy.ts';
import { checkpointPath } from '../../runs/checkpoint.ts';
import { readRecord } from '../../runs/folder.ts';
import { divergedRun, markDiverged } from '../divergence.ts';
import type { StudyEvent } from '../events.ts';
import { keptStudy } from '../kept.ts';
import { readPlan } from '../plan.ts';
import { reportStudy } from '../reportStudy.ts';
import { standingsOf } from '../standing.ts';
import { runFolder } from '../study.ts';
import type { Summary } from '../summary.ts';
import { trainedRuns } from '../trained.ts';
import { collectEvidence } from './collect.ts';
import { evidenceText, parseEvidence } from './lines.ts';
import { planAt } from './planAt.ts';
import { restoreEvidence } from './restore.ts';

async function eventsOf(events: AsyncGenerator<StudyEvent>): Promise<StudyEvent[]> {
  const seen: StudyEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const startsOf = (events: StudyEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'run-start' ? [`${event.from} ${event.run.id}`] : []));

/** Evidence as another machine reads it. */
const carried = async (out: string) => parseEvidence(evidenceText(await collectEvidence(out)), out);

/** What the report of a study says, without its figures. */
async function analysed(out: string): Promise<Summary> {
  const { study, plan } = await keptStudy(out);
  return (await study.analyse(plan, await trainedRuns(study, plan.runs, out))) as Summary;
}

const few = { rows: 'preact-bn,preact', seeds: 2 };
const half = 'preact-bn.shake-shake.seed2';

async function halfTrained() {
  const out = join(await temporaryFolder(), 'half');
  await eventsOf(runFakeCifar10(out, few, half));
  return { out, evidence: await carried(out) };
}

describe('the evidence of a study', () => {
  it('holds its finished runs, and goes on in another folder as if they had been trained there', async () => {
    const { evidence } = await halfTrained();
    expect(evidence.lines.map(({ id }) => id)).toEqual([
      'preact-bn.shake-shake.seed1',
      'preact.shake-shake.seed1',
    ]);
    const there = join(await temporaryFolder(), 'there');
    expect(await restoreEvidence(evidence, there)).toBe(2);
    const events = await eventsOf(runFakeCifar10(there, few));
    expect(startsOf(events)).toEqual([
      'finished preact-bn.shake-shake.seed1',
      'finished preact.shake-shake.seed1',
      `start ${half}`,
      'start preact.shake-shake.seed2',
    ]);
    expect((await collectEvidence(there, evidence)).lines.length).toBe(4);
    expect(await restoreEvidence(evidence, there)).toBe(0);
  });

  it('makes the same report, with the measures of embeddings that stayed behind', async () => {
    const out = join(await temporaryFolder(), 'mnist');
    await eventsOf(runFakeStudy(out, { seeds: 2, perClass: 20, interruptAt: half }));
    const evidence = await carried(out);
    const [{ id, checkpoint, findings, record }] = evidence.lines;
    expect(checkpoint).toBe(sha256(await readFile(checkpointPath(runFolder(out, { id })))));
    expect(findings?.compactness?.within.at(-1)).toBe(100);
    expect(record.data).toMatchObject({ source: 'mnist', train: 200 });
    const there = await temporaryFolder();
    await restoreEvidence(evidence, there);
    const { runs, claims } = (await reportStudy(there)).summary as Summary;
    const before = await analysed(out);
    expect(runs.length).toBe(7);
    expect(runs).toEqual(before.runs);
    expect(claims).toEqual(before.claims);
    expect(await readdir(join(there, 'figures'))).not.toContain('figure-3-embeddings.png');
    expect((await collectEvidence(there)).lines).toEqual(evidence.lines);
    const standings = await standingsOf({ embeds: true }, (await readPlan(there)).runs, there);
    expect(standings.filter(({ state }) => state === 'trained').length).toBe(7);
  });

  it('holds a run that diverged', async () => {
    const { out } = await halfTrained();
    const folder = runFolder(out, { id: half });
    await markDiverged(folder, { message: 'the loss is NaN' });
    const plan = await readFile(join(out, 'study.json'), 'utf8');
    await writeFile(
      join(out, 'study.json'),
      plan.replace('"study": "cifar10"', '"study": "budget"'),
    );
    const evidence = await carried(out);
    expect(evidence.lines.at(-1)).toMatchObject({ id: half, diverged: 'the loss is NaN' });
    const there = await temporaryFolder();
    await restoreEvidence(evidence, there);
    expect((await divergedRun(runFolder(there, { id: half })))?.result.testError).toBe(90);
  });
});

describe('collecting', () => {
  it('keeps what is known, and refuses other bits of the same kernels', async () => {
    const { out, evidence } = await halfTrained();
    const folder = runFolder(out, { id: 'preact.shake-shake.seed1' });
    await writeFile(checkpointPath(folder), 'other bits');
    evidence.lines[1].checkpoint = sha256(Buffer.from('the bits'));
    await expect(collectEvidence(out, evidence)).rejects.toThrow(/^preact.*SHA-256.*same kernels/s);
    const record = await readRecord(folder);
    const machine = { ...record.machine, kernels: 1 };
    await writeFile(join(folder, 'run.json'), JSON.stringify({ ...record, machine }));
    expect((await collectEvidence(out, evidence)).lines).toEqual(evidence.lines);
  });

  it('refuses a study of other settings, and one with fewer runs', async () => {
    const { out, evidence } = await halfTrained();
    const [run, ...more] = evidence.plan.runs;
    const longer = { ...run, config: { ...run.config, epochs: 7 } };
    const collect = (runs: typeof more) =>
      collectEvidence(out, { ...evidence, plan: { ...evidence.plan, runs } });
    await expect(collect([longer, ...more])).rejects.toThrow(/another study is known/);
    await expect(collect([run, { ...run, id: 'seed9' }])).rejects.toThrow(/lacks the run seed9/);
    await expect(collect(more)).resolves.toMatchObject({ lines: [{}, {}] });
  });
});

it('names a damaged line', async () => {
  const { evidence } = await halfTrained();
  expect(() => parseEvidence(`${evidenceText(evidence)}{"id":1}\n`, 'x.jsonl')).toThrow(
    /^x.jsonl, line 4: the line is damaged/,
  );
});

it('moves a plan without a trace of the place where it lay', async () => {
  const { evidence } = await halfTrained();
  const { plan } = evidence;
  const command = "npx shakelab study x --data '/a b' --out /tmp/a --seeds 3";
  const moved = planAt({ ...plan, command }, 'runs/it is $&');
  expect(moved.command).toBe("npx shakelab study x --out 'runs/it is $&' --seeds 3");
  expect(moved.settings).toMatchObject({ out: 'runs/it is $&' });
  expect(plan.settings).toMatchObject({ out: 'runs/half' });
});
