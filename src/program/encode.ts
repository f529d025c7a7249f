import { dropoutThreshold } from '../ops/dropout.ts';
import type { Instruction, InstructionOf, NormRecord, Opcode, Term, View } from './instructions.ts';
import type { Slot } from './slots.ts';

/** Where a slot lies, in floats from the arena's start; -1 for none. */
type Place = (slot: Slot | null) => number;

/** In the order of native/kernels/operands.h. */
const opcodes: Record<Opcode, number> = {
  load: 0,
  conv: 1,
  statistics: 2,
  normalise: 3,
  mix: 4,
  pool: 5,
  poolGradient: 6,
  accumulate: 7,
  reduce: 8,
  normGradient: 9,
  convGradient: 10,
  sumFilters: 11,
  pack: 12,
  sgd: 13,
  dropout: 14,
};

const termKinds: Record<Term['kind'], number> = { stored: 0, passed: 1, mixed: 2, pooled: 3 };

/** An instruction list as the native machine reads it: [opcode, count, operands…] each. */
export function encodeSection(
  instructions: Instruction[],
  placement: Map<Slot, number>,
): Int32Array {
  const place: Place = (slot) => (slot ? placement.get(slot)! : -1);
  return Int32Array.from(
    instructions.flatMap((instruction) => {
      const words = operands(instruction, place);
      return [opcodes[instruction.opcode], words.length, ...words];
    }),
  );
}

const encoders: { [K in Opcode]: (i: InstructionOf<K>, place: Place) => number[] } = {
  load: ({ to, affine }, place) => [
    place(to.slot),
    to.channels,
    to.height,
    to.width,
    place(affine),
  ],
  conv: ({ view, weights, to, kernel, stride, groups, winograd, sums }, place) => [
    ...viewWords(view, place),
    place(weights),
    place(to.slot),
    to.channels,
    to.height,
    to.width,
    kernel,
    stride,
    groups,
    winograd ? 1 : 0,
    place(sums),
  ],
  statistics: ({ norm, of, sums, gamma, beta, running }, place) => [
    ...normWords(norm, place),
    of.height,
    of.width,
    ...[sums, gamma, beta, running.mean, running.variance].map(place),
  ],
  normalise: ({ norm, gamma, beta, running }, place) => [
    ...normWords(norm, place),
    ...[gamma, beta, running.mean, running.variance].map(place),
  ],
  mix: ({ skip, branches, coefficients, to, sums }, place) => [
    ...viewWords(skip, place),
    ...(branches ? viewWords(branches, place) : Array(8).fill(-1)),
    coefficients?.branches ?? 0,
    coefficients?.bands ?? 1,
    place(coefficients?.slot ?? null),
    place(to.slot),
    to.channels,
    to.height,
    to.width,
    place(sums),
  ],
  dropout: ({ view, key, rate, to, sums }, place) => [
    ...viewWords(view, place),
    place(key),
    dropoutThreshold(rate) | 0,
    place(to.slot),
    place(sums),
  ],
  pool: ({ view, to }, place) => [...viewWords(view, place), place(to)],
  poolGradient: ({ from, to, shape }, place) => [
    place(from),
    place(to),
    shape.channels,
    shape.height,
    shape.width,
  ],
  accumulate: ({ terms, to }, place) => [
    place(to.slot),
    to.channels,
    to.height,
    to.width,
    terms.length,
    ...terms.flatMap((term) => termWords(term, place)),
  ],
  reduce: ({ term, sums }, place) => [...termWords(term, place), place(sums)],
  normGradient: ({ norm, of, sums, gamma, gammaGradient, betaGradient }, place) => [
    ...normWords(norm, place),
    of.height,
    of.width,
    ...[sums, gamma, gammaGradient, betaGradient].map(place),
  ],
  convGradient: ({ term, view, input, partials, kernel, stride, groups, winograd }, place) => [
    ...termWords(term, place),
    ...viewWords(view, place),
    place(input?.weights ?? null),
    place(input?.to.slot ?? null),
    place(input?.sums ?? null),
    place(partials),
    kernel,
    stride,
    groups,
    winograd ? 1 : 0,
  ],
  sumFilters: (
    { partials, gradient, outChannels, inChannels, kernel, groups, winograd, height },
    place,
  ) => [
    place(partials),
    place(gradient),
    outChannels,
    inChannels,
    kernel,
    groups,
    winograd ? 1 : 0,
    height,
  ],
  pack: ({ weights, to, backward, outChannels, inChannels, kernel, groups, winograd }, place) => [
    place(weights),
    place(to),
    backward ? 1 : 0,
    outChannels,
    inChannels,
    kernel,
    groups,
    winograd ? 1 : 0,
  ],
  sgd: ({ parameters, gradients, momenta, size, decays }, place) => [
    ...[parameters, gradients, momenta].map(place),
    size,
    decays ? 1 : 0,
  ],
};

function operands<K extends Opcode>(instruction: InstructionOf<K>, place: Place): number[] {
  const encode = encoders[instruction.opcode as K] as (i: InstructionOf<K>, p: Place) => number[];
  return encode(instruction, place);
}

const viewWords = ({ of, norm, relu, subsample }: View, place: Place): number[] => [
  place(of.slot),
  of.channels,
  of.height,
  of.width,
  place(norm?.record ?? null),
  norm?.copies ?? 1,
  relu ? 1 : 0,
  subsample,
];

const termWords = (term: Term, place: Place): number[] => [
  termKinds[term.kind],
  place(term.gradient),
  term.channels,
  place(term.coefficients?.slot ?? null),
  term.coefficients?.branches ?? 1,
  term.coefficients?.bands ?? 1,
  ...viewWords(term.view, place),
];

const normWords = ({ record, channels, copies }: NormRecord, place: Place): number[] => [
  place(record),
  channels,
  copies,
];
