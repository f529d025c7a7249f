import type { ConfigKey } from '../../runs/fields.ts';
import {
  configFile,
  configOptions,
  count,
  dataFolder,
  keysBut,
  outOption,
  type StudyHooks,
  text,
  type ValuesOf,
  workOptions,
} from '../options.ts';

/** Settings of the runs that come before the search's own, as the command that repeats it has them. */
const first = ['net', 'features', 'mixing'] as const satisfies ConfigKey[];
const last = ['batch', 'learningRate', 'trainSize'] as const satisfies ConfigKey[];

/** Every layout and its seeds are the search's own affair, and epochs mean those of a round. */
const others = keysBut(['dataset', 'layout', 'seed', 'epochs', ...first, ...last]);

/** What stands in a run's config where it is left out. */
export const standards = { epochs: 1, validation: '0.1', evaluateEvery: '1' };

export const searchOptions = {
  ...configOptions(['dataset']),
  dataFolder,
  ...configOptions(first),
  vary: text(
    'vary',
    'settings',
    "search these settings instead of placements, such as 'lr=0.03|0.1; weight-decay=0.0001|0.0005'",
  ),
  draw: count(
    'draw',
    'count',
    'of the combinations of --vary, try so many drawn at random',
    30,
    'all',
  ),
  norms: text('norms', 'where', 'before-relu: 16 layouts, or anywhere: 48', 'before-relu'),
  epochs: count('epochs', 'count', 'epochs of a run of the first round', 1, '1'),
  rounds: count('rounds', 'count', 'rounds of halving', 3, '3'),
  factor: count('factor', 'count', 'keep one in so many, train so much longer', 3, '3'),
  seeds: count('seeds', 'count', 'seeds of each layout in each round', 3, '1'),
  ...configOptions(last),
  ...configOptions(others, standards),
  configFile,
  out: outOption('runs/search'),
  ...workOptions,
};

/**
 * Left out, `norms` is `before-relu`, and `seeds`, those of each layout in each round, is 1; `epochs`
 * are the first round's.
 */
export type SearchOptions = ValuesOf<typeof searchOptions> &
  StudyHooks & {
    /** Settings of every run, as flags or a config file give them. */
    config?: Record<string, unknown>;
  };
