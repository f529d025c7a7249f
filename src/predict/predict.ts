import { logProbabilities } from '../statistics/predictions.ts';
import { readSources, type Source } from './sources.ts';
import { openTrainedNet, type TrainedNet, type TrainedNetOptions } from './trainedNet.ts';

/** A class with the probability that a net gives it. */
export interface ClassProbability {
  class: string;
  probability: number;
}

/** What a net says of a new image or clip. */
export interface Prediction extends ClassProbability {
  /** The path of its file, or its place in a container. */
  file: string;
  /** The most probable classes, that of the prediction first. */
  top: ClassProbability[];
  /** [classes], before calibration. */
  logits: number[];
}

/** A file that could not be read, and why. */
export interface Unpredicted {
  file: string;
  problem: string;
}

/** What a run says of new files. */
export interface NewPredictions extends Pick<TrainedNet, 'step' | 'classNames' | 'temperature'> {
  predictions: Prediction[];
  /** The files that could not be read; the others are predicted all the same. */
  problems: Unpredicted[];
  notes: string[];
}

/** How to predict. */
export interface PredictOptions extends TrainedNetOptions {
  /** How many classes `top` holds; 1 when left out. */
  top?: number;
}

/**
 * What a run's net says of new files, which are decoded, resampled and normalised as those that it was
 * trained on. Files that cannot be read are among the problems.
 *
 * @throws RequestError where the run cannot be opened
 */
export async function predict(
  folder: string,
  sources: readonly Source[],
  { top, ...options }: PredictOptions = {},
): Promise<NewPredictions> {
  const net = await openTrainedNet(folder, options);
  try {
    const { step, classNames, temperature, notes } = net;
    const found: NewPredictions = {
      ...{ step, classNames, temperature, notes, predictions: [], problems: [] },
    };
    for await (const one of predictions(net, sources, top))
      if ('problem' in one) found.problems.push(one);
      else found.predictions.push(one);
    return found;
  } finally {
    net.close();
  }
}

/** What an open net says of the sources, one after the other. */
export async function* predictions(
  net: TrainedNet,
  sources: readonly Source[],
  top = 1,
): AsyncGenerator<Prediction | Unpredicted> {
  const { classNames } = net;
  for await (const group of readSources(sources, net.form)) {
    const images = group.flatMap((one) => ('image' in one ? [one.image] : []));
    const logits = await net.logits(new Uint8Array(Buffer.concat(images)), images.length);
    let at = 0;
    for (const one of group)
      if ('problem' in one) yield { file: one.name, problem: one.problem.message };
      else {
        const own = logits.subarray(at++ * classNames.length, at * classNames.length);
        yield { file: one.name, ...toldBy(own, net, top) };
      }
  }
}

/** What logits [classes] say, the most probable classes first; of equally probable ones the first. */
export function toldBy(
  logits: Float32Array,
  { classNames, temperature }: Pick<TrainedNet, 'classNames' | 'temperature'>,
  count: number,
): Omit<Prediction, 'file'> {
  const { length: classes } = logits;
  const logarithms = logProbabilities({ logits, classes }, 0, temperature ?? 1);
  const order = Array.from(logits.keys()).sort((one, other) => logits[other] - logits[one]);
  const [first, ...others] = order
    .slice(0, Math.max(count, 1))
    .map((k) => ({ class: classNames[k], probability: Math.exp(logarithms[k]) }));
  return { ...first, top: [first, ...others], logits: Array.from(logits) };
}
