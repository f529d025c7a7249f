import type { Model } from '../../runs/open.ts';
import { isOfNet, type NamedTensors } from '../../training/state.ts';
import { histogramOf } from './histogram.ts';
import type { SummaryValue } from './proto.ts';

/** TensorBoard keeps so many histograms of a tag, chosen at random of more. */
export const mostHistograms = 50;

/** Histograms of all parameters, running statistics and states of heads. */
export const weightHistograms = (tensors: NamedTensors): SummaryValue[] =>
  [...tensors]
    .filter(([name]) => isOfNet(name))
    .flatMap(([name, { data }]) => histogramAt(`weights/${name}`, data));

/** Histograms of the coefficients that every block of a run drew in its training step `step`, from 1. */
export function coefficientHistograms(
  { net, mixing, config, trainer }: Pick<Model, 'net' | 'mixing' | 'config' | 'trainer'>,
  step: number,
): SummaryValue[] {
  const { batch: samples, seed } = config;
  return net.blocks.flatMap(({ name, branches }, block) => {
    const size = mixing.bands * branches * samples;
    const [alpha, beta] = [new Float32Array(size), new Float32Array(size)];
    const place = { block, blocks: net.blocks.length, branches, samples };
    const progress = (step - 1) / trainer.steps;
    mixing.draw({ ...place, seed, step: step - 1, progress }, alpha, beta);
    return [...histogramAt(`alpha/${name}`, alpha), ...histogramAt(`beta/${name}`, beta)];
  });
}

function histogramAt(tag: string, values: Float32Array): SummaryValue[] {
  const histogram = histogramOf(values);
  return histogram ? [{ tag, kind: 'histogram', histogram }] : [];
}
