import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instructionSets, machineOf } from '../../testkit/isas.ts';
import { checkpointPath } from './checkpoint.ts';
import { parseConfig } from './config.ts';
import { readRecord } from './folder.ts';
import { runTraining, type TrainingOptions } from './lifecycle.ts';
import type { RunRecord } from './record.ts';

const [begun, other = 'reference'] = instructionSets().runs.reverse();
const small = { dataset: 'digits', trainSize: 48, net: 'resnext-8-2x2d', features: 2 };
const config = parseConfig({ ...small, batch: 16, epochs: 2 });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shakelab-kernels-'));
});
afterAll(() => rm(root, { recursive: true }));

/** Trains or goes on with one instruction set, to the end or up to some step; returns the notes. */
async function train(
  name: string,
  isa: string,
  { until, ...options }: Partial<TrainingOptions> & { until?: number } = {},
): Promise<string[]> {
  const folder = join(root, name);
  const machine = machineOf(isa);
  const notes: string[] = [];
  const how = { folder, config, machine, threads: 1, resume: true, checkpointSeconds: 0 };
  for await (const event of runTraining({ ...how, ...options })) {
    if (event.kind === 'start') notes.push(...event.notes);
    if (event.kind === 'checkpoint' && event.step === until) break;
  }
  return notes;
}

/** Rewrites a run's record, as another release or machine would have left it. */
async function changeRecord(name: string, change: (record: RunRecord) => void): Promise<void> {
  const path = join(root, name, 'run.json');
  const record = JSON.parse(await readFile(path, 'utf8'));
  change(record);
  await writeFile(path, JSON.stringify(record));
}

const bitsOf = (name: string) => readFile(checkpointPath(join(root, name)), 'base64');

it('records what computes, and goes on by it to the bits of an unbroken run', async () => {
  await train('whole', begun);
  await train('broken', begun, { until: 2 });
  expect(await train('broken', begun)).toEqual([]);
  expect(await bitsOf('broken')).toBe(await bitsOf('whole'));
  const { machine, kernelChanges } = await readRecord(join(root, 'broken'));
  expect(machine).toMatchObject({ isa: begun, kernels: expect.any(Number) });
  expect(kernelChanges).toBeUndefined();
});

it.runIf(other !== 'reference')(
  `refuses ${other} where ${begun} began, unless it is allowed`,
  async () => {
    await train('refused', begun, { until: 2 });
    const before = await bitsOf('refused');
    const refusal = new RegExp(
      `refused: the run was computed by ${begun} .*, this machine computes by ${other} .*; ` +
        `set SHAKELAB_ISA=${begun} to go on as before, or add --allow-other-kernels`,
    );
    await expect(train('refused', other)).rejects.toThrow(refusal);
    expect(await bitsOf('refused')).toBe(before);
    const notes = await train('refused', other, { until: 4, allowOtherKernels: true });
    expect(notes.join()).toMatch(`from step 2 on by ${other} `);
    await expect(train('refused', begun)).rejects.toThrow(`computed by ${other} `);
    expect(await train('refused', other)).toEqual([]);
    const { machine, kernelChanges } = await readRecord(join(root, 'refused'));
    expect(machine.isa).toBe(begun);
    expect(kernelChanges).toMatchObject([{ step: 2, isa: other, kernels: machine.kernels }]);
  },
);

it('lets a finished run be, and a run without a step begin by any kernels', async () => {
  await train('done', begun);
  await changeRecord('done', ({ machine }) => Object.assign(machine, { isa: 'sve', kernels: 7 }));
  expect(await train('done', begun)).toEqual([]);
  await train('none', begun, { signal: AbortSignal.abort(), until: 1 });
  await changeRecord('none', ({ machine }) => Object.assign(machine, { isa: 'sve' }));
  await rm(checkpointPath(join(root, 'none')));
  expect((await train('none', begun)).join()).toMatch('from step 0 on');
  expect(await bitsOf('none')).toBe(await bitsOf('done'));
});

it('names the release or the processor that is missing here', async () => {
  await train('far', begun, { until: 2 });
  await changeRecord('far', ({ machine }) => Object.assign(machine, { isa: 'sve' }));
  await expect(train('far', begun)).rejects.toThrow('; go on where there is sve, or add');
  await changeRecord('far', (record) => {
    Object.assign(record.machine, { isa: begun, kernels: 7 });
    record.code.shakelab = '9.1.0';
  });
  const missing = '; go on with the shakelab that computed it (9.1.0), or add';
  await expect(train('far', begun)).rejects.toThrow(missing);
});

it('takes a record without kernels for one of version 1 on any instruction set', async () => {
  await train('old', begun, { until: 2 });
  const { machine } = await readRecord(join(root, 'old'));
  await changeRecord('old', (record) => {
    delete record.machine.isa;
    delete record.machine.kernels;
  });
  const goingOn = train('old', begun);
  if (machine.kernels === 1) expect(await goingOn).toEqual([]);
  else await expect(goingOn).rejects.toThrow('unknown instruction set with kernels of version 1');
});
