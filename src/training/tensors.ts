import { type Initial, type ParameterSpec, sizeOf } from '../nets/parameters.ts';
import type { Program } from '../program/program.ts';
import type { Slot } from '../program/slots.ts';
import type { HeadOnHost } from './headOnHost.ts';
import { drawInitial } from './initial.ts';
import type { NetExecution } from './netExecution.ts';

/** A tensor that outlives a step: how it begins, and where it lies. */
export interface LastingTensor {
  /** As checkpoints call it. */
  name: string;
  shape: number[];
  /** Null for zeros, as which a machine's memory begins. */
  initial: Initial | null;
  /** What is learned, what is measured meanwhile (running statistics, the head's state), or the optimiser's state. */
  kind: 'parameter' | 'statistic' | 'momentum';
  /** On the machine; null for what a head keeps for itself. */
  slot: Slot | null;
  /** What TypeScript reads of it. */
  host: Float32Array | null;
}

/** A net's tensors: parameters, their momentum, running statistics, what the head keeps. */
export function tensorsOf(
  { parameters, running }: Program,
  { parameters: ofHead, state }: HeadOnHost,
): LastingTensor[] {
  const hostOf = (value: Slot) => ofHead.find((one) => one.value === value)?.host ?? null;
  const tensor = <Kind>({ name, shape, initial }: ParameterSpec, kind: Kind) => {
    return { name, shape, initial, kind };
  };
  return [
    ...parameters.map((p) => ({
      ...tensor(p, 'parameter' as const),
      slot: p.value,
      host: hostOf(p.value),
    })),
    ...parameters.map(({ name, shape, momentum: slot }) => {
      const kind = 'momentum' as const;
      return { name: `momentum.${name}`, shape, initial: null, kind, slot, host: null };
    }),
    ...running.map((statistic) => ({
      ...tensor(statistic, 'statistic' as const),
      slot: statistic.slot,
      host: null,
    })),
    ...state.map((kept) => ({
      ...tensor(kept, 'statistic' as const),
      slot: null,
      host: kept.host,
    })),
  ];
}

/** Draws all tensors as training begins with them. */
export function writeInitial(net: NetExecution, seed: number): void {
  for (const tensor of net.tensors) {
    if (!tensor.initial) continue;
    const values = new Float32Array(sizeOf(tensor.shape));
    drawInitial(seed, tensor.name, tensor.initial, values);
    net.write(tensor, values);
  }
}
