import { describe, expect, test } from 'vitest';
import { lowered, manyPlans, planned } from '../../../testkit/programs.ts';
import { precisions } from '../../program/precision.ts';
import type { NamedSlots } from '../../program/program.ts';
import { block, type Slot, slotsIn } from '../../program/slots.ts';
import type { NativeInstruction } from './instructions.ts';
import { lowerNative, type NativeProgram } from './lower.ts';

/** Instructions that follow one another in the same memory. */
const timelinesOf = ({ sections }: NativeProgram): NativeInstruction[][] => [
  [...sections.forward, ...sections.backward],
  // What is prepared once serves every evaluation.
  [...sections.prepare, ...sections.evaluate, ...sections.prepare],
];

const allInstructions = ({ sections }: NativeProgram): NativeInstruction[] =>
  Object.values(sections).flat();

/** Slots whose floats the training reads or writes between sections, or another section needs. */
function lastingSlots(program: NamedSlots & NativeProgram): Set<Slot> {
  const { parameters, running, coefficients, affine, features, featureGradients } = program;
  const named = slotsIn([parameters, running, coefficients, affine, features, featureGradients]);
  const [training, evaluation] = timelinesOf(program).map((list) => new Set(list.flatMap(slotsIn)));
  return new Set([...named, ...[...training].filter((slot) => evaluation.has(slot))]);
}

interface Stay {
  slot: Pick<Slot, 'name' | 'floats'>;
  at: number;
  first: number;
  last: number;
}

function staysIn(program: NativeProgram, timeline: NativeInstruction[]): Stay[] {
  const mentions = timeline.map((instruction) => new Set(slotsIn(instruction)));
  const slots = new Set(mentions.flatMap((set) => [...set]));
  return [...slots].map((slot) => ({
    slot,
    at: program.placement.get(slot)!,
    first: mentions.findIndex((set) => set.has(slot)),
    last: mentions.findLastIndex((set) => set.has(slot)),
  }));
}

const apart = (a: Stay, b: Stay): boolean =>
  a.at + a.slot.floats <= b.at || b.at + b.slot.floats <= a.at;

/** `a / b` for every two slots that share floats while both are in use. */
function clashes(stays: Stay[]): string[] {
  return stays.flatMap((a, index) =>
    stays
      .slice(index + 1)
      .filter((b) => a.first <= b.last && b.first <= a.last && !apart(a, b))
      .map((b) => `${a.slot.name} / ${b.slot.name}`),
  );
}

/** Most floats in use at once. */
function peak(stays: Stay[]): number {
  const moments = stays.map(({ first }) => first);
  const used = (moment: number) =>
    stays
      .filter(({ first, last }) => first <= moment && moment <= last)
      .reduce((sum, { slot }) => sum + slot.floats, 0);
  return Math.max(...moments.map(used));
}

describe.each(manyPlans)('arena of $layout $net', (plan) => {
  const portable = planned(plan);
  const program = { ...portable, ...lowerNative(portable) };
  const lasting = lastingSlots(program);

  test('every slot that an instruction names has a place inside, aligned to 16 floats', () => {
    for (const slot of [...lasting, ...allInstructions(program).flatMap(slotsIn)]) {
      const at = program.placement.get(slot) ?? Number.NaN;
      expect(at % block, slot.name).toBe(0);
      expect(at + slot.floats, slot.name).toBeLessThanOrEqual(program.arenaFloats);
    }
  });

  test('no two slots share floats while both are in use', () => {
    for (const timeline of timelinesOf(program))
      expect(clashes(staysIn(program, timeline))).toEqual([]);
  });

  test('what lasts shares its floats with nothing', () => {
    const [first, last] = [0, Number.POSITIVE_INFINITY];
    const kept = [...lasting].map((slot) => ({
      ...{ slot, at: program.placement.get(slot)!, first, last },
    }));
    const passing = timelinesOf(program)
      .flatMap((timeline) => staysIn(program, timeline))
      .filter(({ slot }) => !lasting.has(slot as Slot));
    expect(clashes(kept)).toEqual([]);
    const shared = passing.filter((stay) => kept.some((other) => !apart(stay, other)));
    expect(shared.map(({ slot }) => slot.name)).toEqual([]);
  });

  test('the arena is at most a quarter larger than what is in use at once', () => {
    const kept = [...lasting].reduce((sum, { floats }) => sum + floats, 0);
    const passing = timelinesOf(program).map((timeline) =>
      peak(staysIn(program, timeline).filter(({ slot }) => !lasting.has(slot as Slot))),
    );
    expect(program.arenaFloats).toBeLessThanOrEqual(1.25 * (kept + Math.max(...passing)));
  });
});

describe.each(precisions)('an evaluation of sixteen samples by itself in %s', (precision) => {
  const portable = planned({ layout: 'bn-shake', net: 'resnext-8-2x16d', batch: 64, precision });
  const threads = 3;
  const program = lowerNative(portable, { threads });
  const { placement, floats } = program.alone;
  const { prepare, evaluate } = program.sections;
  const prepared = new Set(prepare.flatMap(slotsIn));
  const stored = evaluate.flatMap(slotsIn).filter((slot) => !prepared.has(slot));
  const own = [...new Set(stored)].filter((slot) => !portable.lasting.includes(slot));
  const ends = own.map((slot) => placement.get(slot)! + slot.floats / 4);

  test('has a quarter of a batch of 64, three times over inside the arena', () => {
    const first = Math.min(...own.map((slot) => placement.get(slot)!));
    expect(Math.max(...ends)).toBe(first + floats);
    expect(first + threads * floats).toBeLessThanOrEqual(program.arenaFloats);
    expect(floats).toBeGreaterThanOrEqual(Math.max(...own.map(({ floats }) => floats / 4)));
  });

  test('shares no floats while they are in use, nor with what was prepared', () => {
    const timeline = [...prepare, ...evaluate, ...prepare];
    const stays = staysIn({ ...program, placement }, timeline).map((stay) =>
      own.includes(stay.slot as Slot)
        ? { ...stay, slot: { name: stay.slot.name, floats: stay.slot.floats / 4 } }
        : stay,
    );
    expect(clashes(stays)).toEqual([]);
    for (const slot of prepared) expect(placement.get(slot)).toBe(program.placement.get(slot));
  });
});

test('the check for clashes catches one', () => {
  const program = lowered({ layout: 'preact-bn' });
  const stays = staysIn(program, program.sections.evaluate);
  const moved = stays.map((stay, index) => (index === 1 ? { ...stay, at: stays[0].at } : stay));
  expect(clashes(moved)).not.toEqual([]);
});
