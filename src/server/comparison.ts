import { differingKeys } from '../runs/config.ts';
import { configKeys, type RunConfig } from '../runs/fields.ts';
import { estimate } from '../statistics/estimate.ts';
import { measureNames, measures } from '../studies/measures/measures.ts';
import type { ShelfRun } from './library/shelfRun.ts';
import type { Measurements } from './measurements.ts';
import type { Comparison } from './resources/comparison.ts';

/** A run with its measurements. */
export interface MeasuredRun {
  run: ShelfRun;
  config: RunConfig;
  measurements: Measurements;
}

type ComparedRun = Comparison['runs'][number];

/** Figs 3 to 5 in numbers for some runs: measures, curves, differing settings, means over seeds. */
export function compareRuns(measured: readonly MeasuredRun[]): Comparison {
  const runs = measured.map(comparedRun);
  return {
    measures: measureNames.map((key) => {
      const { title, short, meaning, unit, digits } = measures[key];
      return { key, title, short, meaning, unit, digits };
    }),
    runs,
    differing: differingOf(measured.map(({ config }) => config)),
    groups: groupsOf(measured, runs),
  };
}

/** Of an epoch's end the errors are those of its metrics; else those of the embeddings. */
function comparedRun({ run, config, measurements }: MeasuredRun): ComparedRun {
  const { id, name, summary } = run;
  const { lastEpoch, progress, state } = summary;
  const whole = lastEpoch && lastEpoch.epoch === progress?.epochs ? lastEpoch : {};
  const measured = { ...config, ...measurements, ...whole };
  const values = measureNames.map((key) => [key, measures[key].read(measured)]);
  return { id, name, state, measures: Object.fromEntries(values), compactness: measurements.fine };
}

function differingOf(configs: readonly RunConfig[]): Comparison['differing'] {
  const differing = new Set(configs.flatMap((config) => differingKeys(configs[0], config)));
  return configKeys
    .filter((key) => differing.has(key))
    .map((key) => ({ key, values: configs.map((config) => config[key]) }));
}

function groupsOf(measured: readonly MeasuredRun[], runs: ComparedRun[]): Comparison['groups'] {
  const groups = new Map<string, ComparedRun[]>();
  for (const [index, { config }] of measured.entries()) {
    const key = JSON.stringify({ ...config, seed: null });
    groups.set(key, [...(groups.get(key) ?? []), runs[index]]);
  }
  return [...groups.values()].map((members) => {
    const { config } = measured[runs.indexOf(members[0])];
    const statistics = measureNames.map((key) => [key, statisticOf(members, key)]);
    return {
      title: `${config.net}, ${config.layout}, ${config.mixing}`,
      ids: members.map(({ id }) => id),
      statistics: Object.fromEntries(statistics),
    };
  });
}

function statisticOf(members: readonly ComparedRun[], key: string) {
  const values = members.map(({ measures }) => measures[key]).filter((value) => value !== null);
  return values.length === members.length ? estimate(values) : null;
}
