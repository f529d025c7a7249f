import { describe, expect, it } from 'vitest';
import { differences, stateAfter } from '../../testkit/digitsTrainer.ts';
import { referenceMachine } from '../machines/reference/reference.ts';

describe('training in little memory', () => {
  const small = { trainSize: 64, testSize: 32, batch: 32, epochs: 2 };
  it.each([
    ['preact-bn', {}],
    ['postact', { mixing: 'even' }],
    ['wide nets that drop values', { net: 'wrn-10-1', layout: 'preact-dropout' }],
    ['bottlenecks', { net: 'resnext-11-2x2x2d', layout: 'bottleneck-postact' }],
    ['by Winograd’s tiles', { net: 'resnext-8-2x16d' }],
  ])('leaves the same bits: %s', async (_, choice) => {
    const usual = await stateAfter(4, { ...small, ...choice, threads: 2 });
    const low = await stateAfter(4, { ...small, ...choice, threads: 2, memory: 'low' });
    expect(differences(usual, low)).toEqual([]);
  });

  it('leaves them on the reference machine too', async () => {
    const tiny = { ...small, net: 'resnext-8-2x2d', machine: referenceMachine, batch: 16 };
    const usual = await stateAfter(2, tiny);
    expect(differences(usual, await stateAfter(2, { ...tiny, memory: 'low' }))).toEqual([]);
  });
});
