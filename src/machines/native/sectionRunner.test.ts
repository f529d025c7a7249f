import { expect, test } from 'vitest';
import { type KernelCase, kernelProgram, paperParts } from '../../../testkit/kernelCases.ts';
import { give } from '../../../testkit/kernelRun.ts';
import { sizeOf } from '../../nets/parameters.ts';
import type { Execution } from '../machine.ts';
import type { AddonExecution } from './addon.ts';
import { nativeSectionNames } from './instructions.ts';
import { lowerNative } from './lower.ts';
import { nativeMachine } from './native.ts';
import { SectionRunner } from './sectionRunner.ts';

const one: KernelCase = {
  ...paperParts,
  ...{ layout: 'preact-bn', branches: 2, width: 16, chain: 'deep', size: [17, 16], channels: 2 },
  ...{ bands: 1, samples: [64, 64] },
};
const program = kernelProgram(one);
const [{ name, shape, value }] = program.parameters;

/** An execution that was given everything. */
function opened(threads = 1): Execution {
  const execution = nativeMachine.open(program, { threads });
  execution.setHyper({ epsilon: 1e-5, statisticsMomentum: 0.1, learningRate: 0.1, momentum: 0.9 });
  give(execution, program, one);
  return execution;
}

async function evaluated(execution: Execution, samples = 64): Promise<Float32Array> {
  await execution.run('evaluate', samples);
  const features = new Float32Array((program.features.size * samples) / 64);
  await execution.read(program.features, features);
  return features;
}

/** What is done between two evaluations, of which the second must tell. */
const changes: Record<string, (execution: Execution) => Promise<void> | void> = {
  [`another ${name}`]: (execution) =>
    execution.write(value, new Float32Array(sizeOf(shape)).fill(0.1)),
  'other statistics': (execution) =>
    execution.write(
      program.running[0].slot,
      new Float32Array(program.running[0].slot.size).fill(2),
    ),
  'another epsilon': (execution) => execution.setHyper({ epsilon: 0.5 }),
  'a step': async (execution) => {
    for (const section of ['forward', 'backward', 'update'] as const)
      await execution.run(section, 64);
  },
};

test.each(Object.entries(changes))('%s is seen by the next evaluation', async (_, change) => {
  const [used, fresh] = [opened(), opened()];
  const before = await evaluated(used);
  for (const execution of [used, fresh]) await change(execution);
  const after = await evaluated(used);
  expect(after).toEqual(await evaluated(fresh));
  expect(after).not.toEqual(before);
  expect(await evaluated(used)).toEqual(after);
});

test.each([16, 32, 48, 64])(
  '%i samples evaluated apart or together have the same bits',
  async (samples) => {
    const alone = await evaluated(opened(1), samples);
    for (const threads of [2, 3, 4, 5])
      expect(await evaluated(opened(threads), samples)).toEqual(alone);
  },
);

test('preparing happens once, and threads share instructions where many would wait', async () => {
  const ran: string[] = [];
  const names = [...nativeSectionNames, 'alone'];
  const run = async (section: number) => {
    ran.push(names[section]);
    return new Float64Array();
  };
  const runner = new SectionRunner({ run } as unknown as AddonExecution, lowerNative(program), 3);
  for (const samples of [48, 80, 64, 16]) await runner.run('evaluate', samples);
  runner.changed(program.features);
  await runner.run('evaluate', 96);
  runner.changed(value);
  await runner.run('evaluate', 96);
  expect(ran.join(' ')).toBe('prepare alone alone evaluate evaluate alone prepare alone');
});
