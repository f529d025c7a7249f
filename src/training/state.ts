import { RequestError } from '../errors.ts';

/** Tensors by name, as they stand in a checkpoint. */
export type NamedTensors = Map<string, { shape: number[]; data: Float32Array }>;

/**
 * All that a run needs to go on exactly where it stood: parameters, `momentum.<parameter>`,
 * running statistics, the head's state, `average.<tensor>` where averages are kept, `average.complete` where
 * these are not always what is evaluated, and `epoch.totals`: [loss, errors, images] of the epoch so far.
 */
export interface TrainingState {
  step: number;
  tensors: NamedTensors;
}

/** Whether a tensor of a state is one that the net computes with, not the optimiser's, an average or a total. */
export const isOfNet = (name: string): boolean => !/^(momentum|average|epoch)\./.test(name);

/** What a checkpoint calls a tensor's average. */
export const averageName = (tensor: string): string => `average.${tensor}`;

/** Whether the averages are what is evaluated, 1 or 0; a state that does not say so is evaluated by them. */
export const completeName = 'average.complete';

/** Whether a state has averages that are not complete, so that the tensors that train are evaluated. */
export const lacksAverages = ({ tensors }: TrainingState): boolean =>
  tensors.get(completeName)?.data[0] === 0;

/** What a state's net computes with in evaluation: each of its tensors, or the average where there is one. */
export function evaluationTensors(state: TrainingState): NamedTensors {
  const { tensors } = state;
  const ofNet = [...tensors].filter(([name]) => isOfNet(name));
  const live = lacksAverages(state);
  const averageOf = (name: string) => (live ? undefined : tensors.get(averageName(name)));
  return new Map(ofNet.map(([name, tensor]) => [name, averageOf(name) ?? tensor]));
}

/**
 * Compares saved tensors with those that a trainer has.
 * @throws RequestError if one is missing, unknown or of another shape
 */
export function checkTensors(
  needed: { name: string; shape: number[] }[],
  saved: NamedTensors,
): void {
  const remedy = 'the checkpoint belongs to another net, layout, head or data set';
  for (const { name, shape } of needed) {
    const found = saved.get(name);
    if (!found) throw new RequestError(`tensor ${name} is missing; ${remedy}`);
    if (found.shape.join() !== shape.join()) {
      throw new RequestError(
        `tensor ${name} has shape [${found.shape}], the net needs [${shape}]; ${remedy}`,
      );
    }
  }
  const names = new Set(needed.map(({ name }) => name));
  for (const name of saved.keys()) {
    if (!names.has(name)) throw new RequestError(`there is an unknown tensor ${name}; ${remedy}`);
  }
}

/** The first tensor that holds a value that is not finite. */
export function nonFiniteTensor(tensors: NamedTensors): string | undefined {
  return [...tensors].find(([, { data }]) => !data.every(Number.isFinite))?.[0];
}
