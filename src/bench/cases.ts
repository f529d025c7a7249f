import type { Augmentation } from '../data/augmentation.ts';
import { option, RequestError } from '../errors.ts';
import { describeNet } from '../machines/describe.ts';
import { parseLayout } from '../nets/layouts.ts';
import { type ImageShape, type Net, parseNet } from '../nets/networks.ts';
import type { Precision } from '../program/precision.ts';

/** What is timed: steps of training, or passes of evaluation. */
export type BenchMode = 'train' | 'evaluate';

/** A net at work on images of one shape, layout PreActBN with Shake-Shake. */
export interface BenchCase extends ImageShape {
  name: string;
  net: string;
  features: number | null;
  batch: number;
  mode: BenchMode;
  /** What ours stores activations in; float32 when left out. */
  precision?: Precision;
  /** How training varies the images, as is usual for them. */
  augment: Augmentation;
}

export const benchLayout = 'preact-bn';
export const benchMixing = 'shake-shake';

const mnist = { channels: 1, height: 28, width: 28, features: 2, augment: 'none' } as const;
const cifar = { channels: 3, height: 32, width: 32, features: null, augment: 'crop-flip' } as const;
const modes: BenchMode[] = ['train', 'evaluate'];

const caseOf = (
  net: string,
  batch: number,
  mode: BenchMode,
  images: typeof mnist | typeof cifar,
): BenchCase => ({ name: `${net} batch ${batch} ${mode}`, net, batch, mode, ...images });

/** The paper's net for MNIST, and those for CIFAR-10 at two batch sizes; training, evaluation. */
export const benchCases: BenchCase[] = modes.flatMap((mode) => [
  caseOf('resnext-20-2x4d', 128, mode, mnist),
  ...['resnext-26-2x16d', 'resnext-26-2x32d', 'resnext-26-2x64d'].flatMap((net) =>
    [64, 128].map((batch) => caseOf(net, batch, mode, cifar)),
  ),
]);

/** The cases with activations of ours stored in another precision, which their names say. */
export const casesIn = (precision: Precision): BenchCase[] =>
  precision === 'float32'
    ? benchCases
    : benchCases.map((one) => ({ ...one, name: `${one.name} ${precision}`, precision }));

/** The case by which threads and instruction sets are compared. */
export const comparedCase = benchCases.find(
  ({ net, batch, mode }) => net === 'resnext-26-2x16d' && batch === 64 && mode === 'train',
)!;

/**
 * The names that hold every word of at least one filter, `2x16d train`; all without a filter.
 * @throws RequestError if none does
 */
export function chooseNames(names: string[], filters: string[]): string[] {
  if (filters.length === 0) return names;
  const words = (text: string) => text.split(/[\s,-]+/).filter(Boolean);
  const fits = (name: string, filter: string) =>
    words(filter).every((word) => words(name).includes(word));
  const chosen = names.filter((name) => filters.some((filter) => fits(name, filter)));
  if (chosen.length > 0) return chosen;
  const known = names.map((name) => `\n  ${name}`).join('');
  throw new RequestError(
    `${option('cases')} ${filters.join(', ')}: no case is called so; there are${known}`,
  );
}

/** The net of a case. */
export function netOf({ net, features, channels, height, width }: BenchCase): Net {
  const layout = parseLayout(benchLayout);
  return parseNet(net, { channels, height, width, features, layout });
}

/**
 * Floating-point operations an image: two a multiply-accumulate; a training step has three times
 * the forward's, for the two gradients of every convolution.
 */
export function operationsOf(benchCase: BenchCase): number {
  const { macs } = describeNet(netOf(benchCase), { batch: benchCase.batch });
  return 2 * macs * (benchCase.mode === 'train' ? 3 : 1);
}
