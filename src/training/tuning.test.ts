import { expect, test } from 'vitest';
import { digitsTrainer, type SmallTraining, stateAfter } from '../../testkit/digitsTrainer.ts';
import { RequestError } from '../errors.ts';
import { referenceMachine } from '../machines/reference/reference.ts';
import { isOfNet, type TrainingState } from './state.ts';
import { pacesOf } from './tuning.ts';

const names = [
  'stem.conv.weight',
  'stage1.block1.skip.conv.weight',
  'stage1.block10.bn.bias',
  'head.weight',
];
const small = { trainSize: 64, testSize: 16, batch: 32, net: 'resnext-8-2x2d' };

test.each([
  ['none', []],
  ['0', [0]],
  ['1', [0, 1, 2]],
  ['body', [0, 1, 2]],
  ['stage1.block1', [1]],
  ['stem, head', [0, 3]],
  ['stage1.block10.bn.bias', [2]],
])('freezes %s', (freeze, places) => {
  const paceOf = pacesOf({ freeze }, names);
  const frozen = names.flatMap((name, place) => (paceOf(name) === 'frozen' ? [place] : []));
  expect(frozen).toEqual(places);
});

test.each([
  ['2', /no stage2; choose from none, body, a number of stages, stem, stage1, head/],
  ['stage', /no stage;/],
  ['', /has no ;/],
  ['body,head', /nothing is left to train/],
])("refuses to freeze '%s'", (freeze, message) => {
  expect(() => pacesOf({ freeze }, names)).toThrow(RequestError);
  expect(() => pacesOf({ freeze }, names)).toThrow(message);
});

const tiny = { trainSize: 16, testSize: 16, batch: 16, net: 'resnext-8-1x2d' };

async function initial(choice: SmallTraining): Promise<TrainingState> {
  const trainer = await digitsTrainer(choice);
  return trainer.state();
}

/** How far each parameter has moved, by its largest value. */
function moves(before: TrainingState, after: TrainingState): Map<string, number> {
  const moved = [...before.tensors].filter(([name]) => isOfNet(name) && !name.includes('running'));
  return new Map(
    moved.map(([name, { data }]) => {
      const { data: now } = after.tensors.get(name)!;
      return [name, data.reduce((most, value, i) => Math.max(most, Math.abs(now[i] - value)), 0)];
    }),
  );
}

test('frozen parts stay to the bit, with decay and momentum, and the others learn', async () => {
  const choice = { ...small, freeze: 'stem,stage1', bodyRate: 0.5, decay: 'weights' as const };
  const moved = moves(await initial(choice), await stateAfter(3, choice));
  for (const [name, distance] of moved) {
    if (/^(stem|stage1)\./.test(name)) expect(distance, name).toBe(0);
    else expect(distance, name).toBeGreaterThan(0);
  }
});

test.each([undefined, referenceMachine])(
  'the body moves at its share of the rate',
  async (machine) => {
    const before = await initial({ ...tiny, machine });
    const whole = moves(before, await stateAfter(1, { ...tiny, machine }));
    const slow = moves(before, await stateAfter(1, { ...tiny, machine, bodyRate: 0.25 }));
    expect(whole.size).toBeGreaterThan(20);
    for (const [name, distance] of whole) {
      const share = name.startsWith('head.') ? 1 : 0.25;
      expect(slow.get(name)! / distance, name).toBeCloseTo(share, 1);
    }
  },
);

test('a trainer refuses a part that its net lacks', async () => {
  await expect(digitsTrainer({ ...small, freeze: 'stage9' })).rejects.toThrow(/no stage9/);
});
