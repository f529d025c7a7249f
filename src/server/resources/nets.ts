import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { listDatasets } from '../../data/datasets.ts';
import { RequestError } from '../../errors.ts';
import { drawBlock } from '../../figures/blocks.ts';
import { layoutText, parseLayout } from '../../nets/layouts.ts';
import { parseConfig } from '../../runs/config.ts';
import { describeRun } from '../../runs/describe.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { configSchema, finite, partialConfigSchema, whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { body, json, refused, resource, token, wrong } from './resource.ts';

/** A request that names a net. */
const configRequestSchema = z
  .strictObject({ config: partialConfigSchema })
  .meta({ id: 'ConfigRequest' });

/** A net that can be built, or why it cannot. */
export const descriptionSchema = z
  .discriminatedUnion('valid', [
    z.object({
      valid: z.literal(true),
      /** Complete and under canonical names. */
      config: configSchema,
      /** The steps of a branch in order, and those after the addition. */
      layout: z.object({ branch: z.array(z.string()), after: z.array(z.string()) }),
      parameters: whole,
      /** Multiply-accumulates forward an image. */
      macs: whole,
      /** Memory that training takes. */
      arenaBytes: whole,
      blocks: z.array(
        z.object({
          name: z.string(),
          branches: whole,
          in: whole,
          out: whole,
          stride: whole,
          parameters: whole,
          macs: whole,
        }),
      ),
      /** The block in the manner of the paper's Fig. 2, as SVG. */
      figure: z.string(),
    }),
    z.object({ valid: z.literal(false), reason: z.string() }),
  ])
  .meta({ id: 'Description' });

export type Description = z.infer<typeof descriptionSchema>;

/** How long training takes here, measured for a moment just now. */
const estimateSchema = z
  .object({ imagesPerSecond: finite, secondsPerEpoch: finite, seconds: finite })
  .meta({ id: 'Estimate' });

export type Estimate = z.infer<typeof estimateSchema>;

/** Tells of nets that nobody has trained yet. */
export const nets = ({ pacer }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/describe',
        summary: 'A net from its config, or why there is none; computes nothing',
        request: { body: body(configRequestSchema) },
        responses: { 200: json('The net', descriptionSchema), ...wrong },
      }),
      (context) => context.json(description(context.req.valid('json').config), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/estimate',
        summary: 'How long an epoch takes on this machine, from a few steps on random images',
        security: token,
        request: { body: body(configRequestSchema) },
        responses: { 200: json('The estimate', estimateSchema), ...wrong, ...refused },
      }),
      async (context) => {
        const config = parseConfig(context.req.valid('json').config);
        return context.json(await estimateOf(config, await pacer.pace(config)), 200);
      },
    );

/** The largest net that is described at once; a larger one would hold up every other answer. */
const most = { depth: 1202, branches: 64, width: 4096 };

function description(values: Partial<RunConfig>): Description {
  try {
    const config = parseConfig(values);
    checkSize(config.net);
    const { listing: _, ...numbers } = describeRun(config);
    return {
      ...{ valid: true, config, ...numbers },
      layout: wordsOf(config.layout),
      figure: figureOf(config),
    };
  } catch (error) {
    if (error instanceof RequestError) return { valid: false, reason: error.message };
    throw error;
  }
}

/** A layout's steps as words, in the branches and after the addition. */
function wordsOf(layout: string): { branch: string[]; after: string[] } {
  const { branch, after } = parseLayout(layout);
  return { branch: layoutText({ branch, after: [] }).split(' '), after };
}

function checkSize(net: string): void {
  const [depth, branches, width] = net.match(/\d+/g)?.map(Number) ?? [];
  if (!(depth > most.depth || branches > most.branches || width > most.width)) return;
  const limit = `depth ${most.depth}, ${most.branches} branches, width ${most.width}`;
  throw new RequestError(
    `net '${net}': the studio describes nets up to ${limit}; choose a smaller`,
  );
}

function figureOf({ layout, mixing, net }: RunConfig): string {
  const branches = Number(/-(\d+)x/.exec(net)?.[1] ?? 2);
  const shaken = mixing === 'even' ? 'none' : 'shake';
  return drawBlock({ layout: parseLayout(layout), branches, mixing: shaken, title: layout });
}

async function estimateOf(config: RunConfig, imagesPerSecond: number): Promise<Estimate> {
  const listing = (await listDatasets()).find(({ name }) => name === config.dataset);
  const images = config.trainSize ?? listing?.images.train ?? 0;
  const secondsPerEpoch = images / imagesPerSecond;
  return { imagesPerSecond, secondsPerEpoch, seconds: config.epochs * secondsPerEpoch };
}
