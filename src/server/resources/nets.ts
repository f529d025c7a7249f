import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { listDatasets } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { descriptionSchema } from '../description.ts';
import { finite, partialConfigSchema } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { body, json, resource, token, wrong } from './resource.ts';

/** A request that names a net. */
export const configRequestSchema = z
  .strictObject({ config: partialConfigSchema })
  .meta({ id: 'ConfigRequest' });

/** How long training takes here, measured for a moment just now. */
const estimateSchema = z
  .object({ imagesPerSecond: finite, secondsPerEpoch: finite, seconds: finite })
  .meta({ id: 'Estimate' });

export type Estimate = z.infer<typeof estimateSchema>;

/** Tells of nets that nobody has trained yet. */
export const nets = ({ pacer, planner, ownData }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/describe',
        summary: 'A net from its config, or why there is none; computes nothing',
        request: { body: body(configRequestSchema) },
        responses: { 200: json('The net', descriptionSchema), ...wrong },
      }),
      async (context) => {
        const { config } = context.req.valid('json');
        return context.json(await planner.describe(config, context.req.raw.signal), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/estimate',
        summary: 'How long an epoch takes on this machine, from a few steps on random images',
        security: token,
        request: { body: body(configRequestSchema) },
        responses: { 200: json('The estimate', estimateSchema), ...wrong },
      }),
      async (context) => {
        const config = parseConfig(context.req.valid('json').config);
        const imagesPerSecond = await pacer.pace(config);
        const train = ownData.recall(config)?.train;
        return context.json(await estimateOf(config, imagesPerSecond, train), 200);
      },
    );

async function estimateOf(
  config: RunConfig,
  imagesPerSecond: number,
  own?: number,
): Promise<Estimate> {
  const listing = (await listDatasets()).find(({ name }) => name === config.dataset);
  const images = config.trainSize ?? own ?? listing?.images.train ?? 0;
  const secondsPerEpoch = images / imagesPerSecond;
  return { imagesPerSecond, secondsPerEpoch, seconds: config.epochs * secondsPerEpoch };
}
