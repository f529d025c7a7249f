import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { configKeys } from '../../runs/fields.ts';
import { compareRuns } from '../comparison.ts';
import { runStates } from '../library/runSummary.ts';
import { requireRecord } from '../library/shelfRun.ts';
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
      const measured = await Promise.all(
        context.req.valid('query').ids.map(async (id) => {
          const run = await library.run(id);
          const { config } = requireRecord(run);
          return { run, config, measurements: await measurer.measure(run) };
        }),
      );
      return context.json(compareRuns(measured), 200);
    },
  );
