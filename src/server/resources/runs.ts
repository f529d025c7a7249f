import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { hasCheckpoint } from '../../runs/checkpoint.ts';
import { imagesIn, netOf } from '../../runs/describe.ts';
import { type RunRecord, recordedImagesSchema, recordSchema } from '../../runs/record.ts';
import { trainCommand } from '../../studies/commands.ts';
import type { ListedRun } from '../library/listedRun.ts';
import { runSummarySchema } from '../library/runSummary.ts';
import { whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { anyway, json, missing, params, resource } from './resource.ts';

const { shape: record } = recordSchema;

/** A run by itself. */
export const runDetailSchema = runSummarySchema
  .extend({
    /** Trainable values; null, as all that follows, where the run cannot be read. */
    parameters: whole.nullable(),
    data: record.data.nullable(),
    code: record.code.nullable(),
    machine: record.machine.nullable(),
    images: recordedImagesSchema.nullable(),
    /** Width of the features; wider than 2, the studio shows their PCA plane. */
    features: whole.nullable(),
    /** Whether there is a checkpoint to embed images with. */
    checkpoint: z.boolean(),
    /** The command line that repeats the run. */
    command: z.string().nullable(),
  })
  .meta({ id: 'RunDetail' });

export type RunDetail = z.infer<typeof runDetailSchema>;

/** Lists runs and shows one. */
export const runs = ({ library, events }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs',
        summary: 'Every run below the folder, newest first',
        description: 'The header Last-Event-ID names the newest event that the list knows of.',
        responses: { 200: json('The runs', z.array(runSummarySchema)), ...anyway },
      }),
      async (context) => {
        await library.refresh();
        context.header('Last-Event-ID', events.newest);
        return context.json(library.list(), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs/{id}',
        summary: 'One run with its record',
        request: { params },
        responses: { 200: json('The run', runDetailSchema), ...missing },
      }),
      async (context) => {
        const run = await library.run(context.req.valid('param').id);
        return context.json(await detailOf(run), 200);
      },
    );

/** A run with what its record tells. */
async function detailOf({ summary, record, folder, name }: ListedRun): Promise<RunDetail> {
  const checkpoint = await hasCheckpoint(folder);
  return { ...summary, checkpoint, ...(record ? known(record, name) : unknown) };
}

type Known = Omit<RunDetail, keyof ListedRun['summary'] | 'checkpoint'>;

const unknown: Known = {
  ...{ parameters: null, data: null, code: null, machine: null },
  ...{ images: null, features: null, command: null },
};

function known(record: RunRecord, name: string): Known {
  const { config, parameters, data, code, machine } = record;
  const command = trainCommand(config, name);
  return { ...{ parameters, data, code, machine }, ...shapeOf(record), command };
}

/** What the net sees and gives; unknown of names that this version does not know. */
function shapeOf(record: RunRecord): Pick<RunDetail, 'images' | 'features'> {
  try {
    const images = imagesIn(record);
    return { images, features: netOf(record.config, images).features };
  } catch {
    return { images: null, features: null };
  }
}
