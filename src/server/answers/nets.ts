import type { OpenAPIHono } from '@hono/zod-openapi';
import { listDatasets } from '../../data/datasets.ts';
import { RequestError } from '../../errors.ts';
import { drawBlock } from '../../figures/blocks.ts';
import { layoutText, parseLayout } from '../../nets/layouts.ts';
import { parseConfig } from '../../runs/config.ts';
import { describeRun } from '../../runs/describe.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { describeRoute, estimateRoute } from '../routes.ts';
import type { Description, Estimate } from '../schemas.ts';
import type { Studio } from '../studio.ts';

/** Tells of nets that nobody has trained yet. */
export function answerNets(app: OpenAPIHono, { pacer }: Studio): void {
  app.openapi(describeRoute, (context) =>
    context.json(description(context.req.valid('json').config), 200),
  );
  app.openapi(estimateRoute, async (context) => {
    const config = parseConfig(context.req.valid('json').config);
    return context.json(await estimateOf(config, await pacer.pace(config)), 200);
  });
}

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
