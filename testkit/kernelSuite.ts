import { mean, rootMeanSquare } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import type { Machine } from '../src/machines/machine.ts';
import { referenceMachine } from '../src/machines/reference/reference.ts';
import type { Precision } from '../src/program/precision.ts';
import { assertClose } from './assertClose.ts';
import { runGraph } from './graphRun.ts';
import { type KernelCase, kernelCases, kernelCaseText, wideCase } from './kernelCases.ts';
import { type Outcome, runKernelCase } from './kernelRun.ts';

export interface KernelGrid {
  /** The failing test's title names it: the same seed and count make the same programs. */
  seed: number;
  count: number;
}

/** Float32 against float64 sums, through Winograd's transforms at worst. */
const bound = 1e-4;

/** Whole small programs, all sections, against the reference machine. */
export function kernelSuite(machine: Machine, { seed, count }: KernelGrid): void {
  describe(`${machine.name} machine against the reference, seed ${seed}`, () => {
    test.each(titled([...kernelCases(seed, count), wideCase]))('%s', async (_, one) => {
      compare(await runKernelCase(machine, one, { threads: 2 }), await referenceOutcome(one));
    });
  });
}

/**
 * The same with activations stored in bf16. Now and then a value lies so near the middle between two of them that
 * the machines round it apart; where either did not round at all, they would differ like bf16 and float32.
 */
export function bf16Suite(machine: Machine, { seed, count }: KernelGrid): void {
  describe(`${machine.name} machine against the reference in bf16, seed ${seed}`, () => {
    test.each(titled(kernelCases(seed, count, 'bf16')))('%s', async (_, one) => {
      const expected = await referenceOutcome(one);
      const unrounded = await referenceOutcome({ ...one, precision: 'float32' });
      const found = await runKernelCase(machine, one, { threads: 2 });
      expect(distance(unrounded, expected)).toBeGreaterThan(1e-4);
      expect(distance(found, expected)).toBeLessThan(distance(unrounded, expected) / 4);
    });
  });
}

/** The programs themselves: what the reference machine makes of them, against the graph's ops. */
export function loweringSuite({ seed, count }: KernelGrid): void {
  describe(`programs against the graph of ops, seed ${seed}`, () => {
    test.each(titled(kernelCases(seed, count)))('%s', async (_, one) => {
      const found = await referenceOutcome(one);
      const expected = await runGraph(one);
      compare(new Map([...expected.keys()].map((name) => [name, found.get(name)!])), expected);
    });
  });
}

/** What must be equal bit for bit: any number of threads, any garbage in the arena. */
export function sameBitsSuite(
  machine: Machine,
  { seed, count }: KernelGrid,
  precision?: Precision,
): void {
  describe.each(titled(kernelCases(seed, count, precision)))(
    `${machine.name}, seed ${seed}: %s`,
    (_, one) => {
      const alone = runKernelCase(machine, one, { threads: 1 });

      test.each([2, 3, 7])('the same bits on %i threads', async (threads) => {
        expectSameBits(await runKernelCase(machine, one, { threads }), await alone);
      });

      test('nothing is read that was not written', async () => {
        const poisoned = await runKernelCase(machine, one, { threads: 2, poison: true });
        expectSameBits(poisoned, await alone);
      });

      test('statistics momentum 0 leaves the running statistics as they are', async () => {
        const still = await runKernelCase(machine, one, { threads: 2, statisticsMomentum: 0 });
        const before = [...still].filter(([name]) => name.startsWith('given '));
        const after = before.map(([name]) => still.get(name.replace('given', 'running')));
        expect(after).toEqual(before.map(([, values]) => values));
        const rest = [...(await alone)].filter(([name]) => !name.startsWith('running '));
        expectSameBits(still, new Map(rest));
      });
    },
  );
}

const titled = (cases: KernelCase[]): [string, KernelCase][] =>
  cases.map((one) => [kernelCaseText(one), one]);

const references = new Map<string, Promise<Outcome>>();

/** The reference machine is slow: it runs each case once. */
function referenceOutcome(one: KernelCase): Promise<Outcome> {
  const key = kernelCaseText(one);
  const outcome = references.get(key) ?? runKernelCase(referenceMachine, one);
  references.set(key, outcome);
  return outcome;
}

/**
 * Each tensor within `bound` of its largest value. A tensor that cancels to nearly nothing, as the
 * gradient of a β that the next batch norm takes away, is held against 2 % of the largest value of
 * its kind in the net.
 */
function compare(actual: Outcome, expected: Outcome): void {
  const scales = new Map<string, number>();
  for (const [name, values] of expected)
    scales.set(kindOf(name), Math.max(scales.get(kindOf(name)) ?? 0, largest(values)));
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [what, values] of expected) {
    const scale = Math.max(largest(values), 0.02 * scales.get(kindOf(what))!);
    assertClose(actual.get(what)!, values, { absolute: bound * scale, what });
  }
}

/** The mean over tensors of the root of the mean square of their differences, in parts of their own. */
function distance(actual: Outcome, expected: Outcome): number {
  const parts = [...expected].map(([name, values]) => {
    const differences = Array.from(values, (value, i) => actual.get(name)![i] - value);
    return rootMeanSquare(differences) / Math.max(rootMeanSquare([...values]), 1e-3);
  });
  return mean(parts);
}

const kindOf = (name: string): string => name.split(' ')[0];

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function expectSameBits(actual: Outcome, expected: Outcome): void {
  for (const [what, values] of expected) {
    const differing = values.findIndex((value, i) => !Object.is(value, actual.get(what)![i]));
    if (differing < 0) continue;
    const [is, was] = [actual.get(what)![differing], values[differing]];
    throw new Error(`${what}: value ${differing} is ${is}, expected the same bits as ${was}`);
  }
}
