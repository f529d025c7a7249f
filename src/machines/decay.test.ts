import { expect, test } from 'vitest';
import { assertClose } from '../../testkit/assertClose.ts';
import { planned } from '../../testkit/programs.ts';
import { sizeOf } from '../nets/parameters.ts';
import type { Decay } from '../program/program.ts';
import { randomStream } from '../random/index.ts';
import type { Machine } from './machine.ts';
import { nativeMachine } from './native/native.ts';
import { referenceMachine } from './reference/reference.ts';

/** Random parameters before and after an update with gradients of 0. */
async function updated(machine: Machine, decay: Decay) {
  const program = planned({ layout: 'preact-bn', net: 'resnext-8-2x4d', batch: 16, decay });
  const execution = machine.open(program, { threads: 2 });
  execution.setHyper({ learningRate: 0.5, momentum: 0.9, weightDecay: 0.1 });
  const parameters = program.parameters.map(({ name, shape, value }) => {
    const stream = randomStream(1, `test/${name}`);
    const before = Float32Array.from({ length: sizeOf(shape) }, () => stream.normal());
    execution.write(value, before);
    return { name, isVector: shape.length === 1, value, before };
  });
  await execution.run('update', 16);
  const reads = parameters.map(async ({ value, ...rest }) => {
    const after = new Float32Array(value.size);
    await execution.read(value, after);
    return { ...rest, after };
  });
  return Promise.all(reads);
}

test.each(['all', 'weights'] as const)('decay of %s, on both machines', async (decay) => {
  const expected = await updated(referenceMachine, decay);
  const found = await updated(nativeMachine, decay);
  expect(found.some(({ isVector }) => isVector)).toBe(true);
  found.forEach(({ name, isVector, before, after }, i) => {
    assertClose(after, expected[i].after, { absolute: 1e-6, relative: 1e-6 });
    const kept = after.every((value, index) => value === before[index]);
    expect(kept, name).toBe(decay === 'weights' && isVector);
  });
});
