import { expect, test } from 'vitest';
import { apartMachine } from '../../testkit/apartMachine.ts';
import { differences, stateAfter } from '../../testkit/digitsTrainer.ts';
import { machineSuite } from '../../testkit/machineSuite.ts';
import { nativeMachine } from './native/native.ts';
import { referenceMachine } from './reference/reference.ts';

machineSuite(apartMachine(referenceMachine), ['three-branches-7x9', 'one-conv']);

test.each([
  ['a head with parameters and state', { head: 'ccl', features: 2 }],
  ['dropped values', { net: 'wrn-10-1', layout: 'preact-dropout' }],
  ['averaged weights', { averageDecay: 0.9 }],
  ['varied images', { mixup: 0.4, cutout: 5, augment: 'crop-flip' } as const],
])('training with %s needs no memory in common with the machine', async (_, choice) => {
  const small = { ...choice, trainSize: 64, testSize: 32, batch: 32, epochs: 2, threads: 1 };
  const together = await stateAfter(4, small);
  const machine = apartMachine(nativeMachine);
  expect(differences(together, await stateAfter(4, { ...small, machine }))).toEqual([]);
});
