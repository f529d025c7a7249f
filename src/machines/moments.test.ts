import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { type KernelCase, kernelProgram, paperParts } from '../../testkit/kernelCases.ts';
import { give } from '../../testkit/kernelRun.ts';
import type { Machine } from './machine.ts';
import { nativeMachine } from './native/native.ts';
import { referenceMachine } from './reference/reference.ts';

const one: KernelCase = {
  ...paperParts,
  layout: 'preact-bn',
  branches: 2,
  width: 4,
  chain: 'identity',
  size: [17, 16],
  channels: 2,
  bands: 1,
  samples: [32, 32],
};

/** Variances of a block's input whose mean is a thousand deviations from zero. */
async function farVariances(machine: Machine): Promise<Float32Array> {
  const program = kernelProgram(one);
  const execution = machine.open(program);
  const named = (name: string) => program.parameters.find((p) => p.name === name)!.value;
  const first = program.running.find(({ name }) => /branches\.0\.runningVariance/.test(name))!;
  give(execution, program, one);
  execution.setHyper({ epsilon: 1e-5, statisticsMomentum: 1 });
  execution.write(named('stem.bn.weight'), new Float32Array(4).fill(0.1));
  execution.write(named('stem.bn.bias'), new Float32Array(4).fill(100));
  await execution.run('forward', 32);
  const variances = new Float32Array(first.slot.size);
  await execution.read(first.slot, variances);
  return variances;
}

test('a mean far from zero costs the variance no digits', async () => {
  const expected = await farVariances(referenceMachine);
  expect(Math.max(...expected)).toBeLessThan(0.011);
  assertClose(await farVariances(nativeMachine), expected, { relative: 1e-3, what: 'variances' });
});
