import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { differingKeys } from '../../runs/config.ts';
import { configKeys, type RunConfig } from '../../runs/fields.ts';
import type { RunRecord } from '../../runs/record.ts';
import { estimate } from '../../statistics/estimate.ts';
import { measureNames, measures } from '../../studies/measures/measures.ts';
import type { SeedRun } from '../../studies/models.ts';
import { differenceSchema, differencesOf } from '../differences.ts';
import { type ListedRun, requireRecord } from '../library/listedRun.ts';
import { runStates } from '../library/runSummary.ts';
import type { Measurements } from '../measurements.ts';
import { pairedNetsOf, pairedNetsSchema } from '../pairedNets.ts';
import { finite, idSchema, measured, series, whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { json, listOf, notYet, resource } from './resource.ts';

/** A run in a comparison; `measures` by key, null where a measure does not apply. */
const comparedRunSchema = z.object({
  id: idSchema,
  name: z.string(),
  state: z.enum(runStates),
  measures: z.record(z.string(), measured),
  /** Fig. 5: percentage of samples within each share of the class radius. */
  compactness: z.object({
    radius: series,
    within: series,
    perClass: z.array(series.nullable()),
  }),
});

/** Figs 3, 4 and 5 in numbers, for the runs asked for. */
const comparisonSchema = z
  .object({
    /** What was measured, in the order of tables. */
    measures: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        short: z.string(),
        meaning: z.string(),
        unit: z.string(),
        digits: whole,
      }),
    ),
    runs: z.array(comparedRunSchema),
    /** Entries of the config in which the runs differ, with each run's value. */
    differing: z.array(
      z.object({
        key: z.enum(configKeys),
        values: z.array(z.union([z.string(), finite]).nullable()),
      }),
    ),
    /** Runs alike in everything but the seed, with mean and sample deviation of each measure. */
    groups: z.array(
      z.object({
        title: z.string(),
        ids: z.array(idSchema),
        statistics: z.record(
          z.string(),
          z.object({ mean: finite, deviation: measured }).nullable(),
        ),
      }),
    ),
    /** Each group's measures less those of the first group; a measure is a family of its own. */
    differences: z.array(differenceSchema),
    /** Each run against the first, where both keep predictions of the same test samples. */
    nets: z.array(pairedNetsSchema),
  })
  .meta({ id: 'Comparison' });

export type Comparison = z.infer<typeof comparisonSchema>;

const mostRuns = 32;

/** Holds runs against each other. */
export const comparison = ({ library, measurer }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/compare',
      summary: 'Measures, compactness curves, differing settings and means over seeds of some runs',
      request: { query: z.object({ ids: listOf(idSchema, mostRuns) }) },
      responses: { 200: json('The comparison', comparisonSchema), ...notYet },
    }),
    async (context) => {
      const compared = await Promise.all(
        context.req.valid('query').ids.map(async (id) => {
          const run = await library.run(id);
          const record = requireRecord(run);
          return { run, record, measurements: await measurer.measure(run) };
        }),
      );
      return context.json(await compareRuns(compared), 200);
    },
  );

/** A run with its measurements. */
interface MeasuredRun {
  run: ListedRun;
  record: RunRecord;
  measurements: Measurements;
}

type ComparedRun = Comparison['runs'][number];

/** Figs 3 to 5 in numbers for some runs: measures, curves, differing settings, means over seeds. */
async function compareRuns(compared: readonly MeasuredRun[]): Promise<Comparison> {
  const models = modelsOf(compared);
  return {
    measures: measureNames.map((key) => {
      const { title, short, meaning, unit, digits } = measures[key];
      return { key, title, short, meaning, unit, digits };
    }),
    runs: compared.map(comparedRun),
    differing: differingOf(compared.map(({ record }) => record.config)),
    groups: models.map(groupOf),
    differences: await differencesOf(models.map((runs) => ({ runs: runs.map(seedRun) }))),
    nets: await pairedNetsOf(
      compared.map(({ run: { id, folder }, record: { config } }) => ({ id, folder, config })),
    ),
  };
}

function comparedRun(measured: MeasuredRun): ComparedRun {
  const { id, name, summary } = measured.run;
  const found = seedRun(measured);
  const values = measureNames.map((key) => [key, measures[key].read(found)]);
  const { fine: compactness } = measured.measurements;
  return { id, name, state: summary.state, measures: Object.fromEntries(values), compactness };
}

/** Of an epoch's end the errors are those of its metrics; else those of the embeddings. */
function seedRun({ run, record, measurements }: MeasuredRun): SeedRun {
  const { lastEpoch, progress } = run.summary;
  const whole = lastEpoch && lastEpoch.epoch === progress?.epochs ? lastEpoch : {};
  const { train: trainCount, test: testCount } = record.data;
  const classes = record.images?.classNames.length;
  const { seed } = record.config;
  return { ...measurements, ...whole, ...{ seed, trainCount, testCount, classes } };
}

function differingOf(configs: readonly RunConfig[]): Comparison['differing'] {
  const differing = new Set(configs.flatMap((config) => differingKeys(configs[0], config)));
  return configKeys
    .filter((key) => differing.has(key))
    .map((key) => ({ key, values: configs.map((config) => config[key]) }));
}

/** Runs alike in everything but the seed, in the order of their first ones. */
function modelsOf(compared: readonly MeasuredRun[]): MeasuredRun[][] {
  const models = new Map<string, MeasuredRun[]>();
  for (const measured of compared) {
    const key = JSON.stringify({ ...measured.record.config, seed: null });
    models.set(key, [...(models.get(key) ?? []), measured]);
  }
  return [...models.values()];
}

function groupOf(members: readonly MeasuredRun[]): Comparison['groups'][number] {
  const { net, layout, mixing } = members[0].record.config;
  const runs = members.map(comparedRun);
  const statistics = measureNames.map((key) => [key, statisticOf(runs, key)]);
  return {
    title: `${net}, ${layout}, ${mixing}`,
    ids: runs.map(({ id }) => id),
    statistics: Object.fromEntries(statistics),
  };
}

function statisticOf(members: readonly ComparedRun[], key: string) {
  const values = members.map(({ measures }) => measures[key]).filter((value) => value !== null);
  return values.length === members.length ? estimate(values) : null;
}
