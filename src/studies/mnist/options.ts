import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { joinFlags } from '../commands.ts';
import type { StudyOptions } from '../options.ts';

/**
 * Left out, `dataset` is MNIST, or the built-in digits where MNIST is not to be had; `epochs` are as
 * many as go over 120,000 images: 2 of MNIST, 10 of the digits; `seeds` is 1.
 */
export type MnistStudyOptions = StudyOptions;

/**
 * Where a study is kept and what all its runs have in common, before the data are known.
 *
 * @throws RequestError naming the flag, its value, the rule and the remedy
 */
export function settingsOf(options: MnistStudyOptions): { out: string; config: RunConfig } {
  const { out = 'runs/study-mnist', epochs, batch, learningRate, trainSize } = options;
  const net = { net: 'resnext-20-2x4d', features: 2 };
  return { out, config: parseConfig({ ...net, epochs, batch, learningRate, trainSize }) };
}

/** The command line that repeats a study: what was asked for, and how long it was to train. */
export function commandOf(options: MnistStudyOptions & { out: string; epochs: number }): string {
  const flags = joinFlags([
    ['dataset', options.dataset],
    ['data', options.dataFolder],
    ['epochs', options.epochs],
    ['seeds', options.seeds],
    ['batch', options.batch],
    ['lr', options.learningRate],
    ['train-size', options.trainSize],
    ['out', options.out],
  ]);
  return `npx shakelab study mnist ${flags}`;
}
