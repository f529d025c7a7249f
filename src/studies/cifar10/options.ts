import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { joinFlags } from '../commands.ts';
import type { StudyOptions } from '../options.ts';
import { defaultRows } from './rows.ts';

/**
 * Left out, `dataset` is CIFAR-10, `epochs` and `batch` are those of a night, `seeds` is 3, and
 * `learningRate` is 0.1 at a batch of 64 and in proportion to the batch.
 */
export interface Cifar10StudyOptions extends StudyOptions {
  /** Rows of Table 1 by name or group, see `parseRows`. */
  rows?: string;
  /** Trains nothing: only writes the report of the runs in `out` that are trained by now. */
  reportOnly?: boolean;
  /** The paper's recipe where nothing else is said: width 64, 1800 epochs, batches of 128. */
  full?: boolean;
  /** Width W of the net 26 2×Wd. */
  width?: number;
}

/** A study's settings with nothing left open. */
export interface Settings {
  out: string;
  /** The data set as it was named; `config` holds a folder's absolute path. */
  dataset: string;
  rows: string;
  seeds: number;
  width: number;
  /** What all runs have in common. */
  config: RunConfig;
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
 * @throws RequestError naming the flag, its value, the rule and the remedy
 */
export function settingsOf(options: Cifar10StudyOptions): Settings {
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
  });
  const { out = 'runs/study-cifar10', rows = defaultRows, seeds = 3 } = options;
  return { out, dataset, rows, seeds, width, config };
}

/** The command line that repeats a study, with everything named that decides its result. */
export function commandOf(
  { out, dataset, rows, seeds, width, config }: Settings,
  dataFolder: string | undefined,
): string {
  const { epochs, batch, learningRate, trainSize } = config;
  const flags = joinFlags([
    ['dataset', dataset === 'cifar10' ? null : dataset],
    ['data', dataFolder],
    ['rows', rows],
    ['width', width],
    ['epochs', epochs],
    ['seeds', seeds],
    ['batch', batch],
    ['lr', learningRate],
    ['train-size', trainSize],
    ['out', out],
  ]);
  return `npx shakelab study cifar10 ${flags}`;
}
