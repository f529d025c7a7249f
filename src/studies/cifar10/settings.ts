import { parseConfig } from '../../runs/config.ts';
import type { Settings } from '../study.ts';
import { seedsUpTo } from '../study.ts';
import type { Cifar10StudyOptions } from './options.ts';
import { defaultRows, parseRows } from './rows.ts';

/** The study's settings with nothing left open. */
export interface Cifar10Settings extends Settings {
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: string;
  rows: string;
  width: number;
}

/** A night on two ordinary cores. */
const nightly = { width: 16, epochs: 12, batch: 64 };

/** Section 3.2: Gastaldi's recipe, unchanged. */
const full = { width: 64, epochs: 1800, batch: 128 };

/** Gastaldi's rate of 0.1 for batches of 64. */
const learningRateOfOneImage = 0.1 / 64;

/**
 * Fills in what the options leave open.
 *
 * @throws RequestError naming the option, its value, the rule and the remedy
 */
export function settingsOf(options: Cifar10StudyOptions): Cifar10Settings {
  const standard = options.full ? full : nightly;
  const { dataset = 'cifar10' } = options;
  const { width = standard.width, epochs = standard.epochs, batch = standard.batch } = options;
  const config = parseConfig({
    dataset,
    net: `resnext-26-2x${width}d`,
    epochs,
    batch,
    learningRate: options.learningRate ?? learningRateOfOneImage * batch,
    trainSize: options.trainSize,
    precision: options.precision,
    evaluateEvery: 1,
  });
  const { out = 'runs/study-cifar10', rows = defaultRows, seeds = 3 } = options;
  parseRows(rows);
  seedsUpTo(seeds);
  return { out, dataset, rows, seeds, width, config };
}

/** Everything that decides the study's result. */
export function repeatedOptions(
  { dataset, config, ...settings }: Cifar10Settings,
  { dataFolder }: Cifar10StudyOptions,
): Record<string, unknown> {
  const named = dataset === 'cifar10' ? undefined : dataset;
  const { epochs, batch, learningRate, trainSize } = config;
  return { ...settings, dataset: named, dataFolder, epochs, batch, learningRate, trainSize };
}
