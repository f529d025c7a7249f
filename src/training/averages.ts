import { sizeOf } from '../nets/parameters.ts';
import type { NetExecution } from './netExecution.ts';
import { averageName, type NamedTensors } from './state.ts';
import type { LastingTensor } from './tensors.ts';

/** Where a training stands, and how it measures what follows from the weights. */
export interface TrainingPlace {
  /** Steps done. */
  step: number;
  /** Gives the net the statistics that its present weights have over the training images. */
  observe(): Promise<void>;
}

/** What is evaluated in the place of the tensors that train. */
export interface Averages {
  /** Takes note of a step, `step` of them done before. */
  move(step: number): Promise<void>;
  /** All that a checkpoint keeps of them. */
  tensors(): NamedTensors;
  /** Whether they take a pass over the training images to be complete after so many steps. */
  measuresAnew(done: number): boolean;
  /**
   * Makes them complete where what they lack takes a pass over the training images, which changes nothing of the
   * training; at once where they lack nothing.
   */
  complete(place: TrainingPlace): Promise<void>;
  /** Runs something on the averages, where they are complete, in the place of the live tensors. */
  during<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** A tensor of the net's, its average, and room to bring it down. */
export interface Averaged {
  tensor: LastingTensor;
  average: Float32Array;
  live: Float32Array;
}

/** The tensors that decide what a net computes: parameters, running statistics, the head's state. */
export const averagedOf = (net: NetExecution): Averaged[] =>
  net.tensors
    .filter(({ kind }) => kind !== 'momentum')
    .map((tensor) => {
      const [average, live] = [0, 1].map(() => new Float32Array(sizeOf(tensor.shape)));
      return { tensor, average, live };
    });

/** Brings down the tensors as they train. */
export async function download(net: NetExecution, all: readonly Averaged[]): Promise<void> {
  for (const { tensor, live } of all) await net.read(tensor, live);
}

/** The averages as a checkpoint keeps them, `average.<tensor>`. */
export const namedAverages = (all: readonly Averaged[]): NamedTensors =>
  new Map(
    all.map(({ tensor: { name, shape }, average }) => [
      averageName(name),
      { shape, data: average },
    ]),
  );

/** Runs something with other tensors in the place of the live ones, which then are as they were. */
export async function inPlaceOf<Result>(
  net: NetExecution,
  all: readonly Averaged[],
  run: () => Promise<Result>,
): Promise<Result> {
  await download(net, all);
  for (const { tensor, average } of all) net.write(tensor, average);
  try {
    return await run();
  } finally {
    for (const { tensor, live } of all) net.write(tensor, live);
  }
}
