import { createRoute } from '@hono/zod-openapi';
import { parseConfig } from '../../runs/config.ts';
import { ownDataSchema } from '../ownData.ts';
import type { Studio } from '../studio.ts';
import { configRequestSchema } from './nets.ts';
import { body, json, resource, token, wrong } from './resource.ts';

/** Tells of data of one's own, which are read for it. */
export const data = ({ ownData }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'post',
      path: '/api/data/check',
      summary: 'What the path that a config names as its data set holds: classes, counts, notes',
      security: token,
      request: { body: body(configRequestSchema) },
      responses: { 200: json('The data', ownDataSchema), ...wrong },
    }),
    async (context) => {
      const config = parseConfig(context.req.valid('json').config);
      return context.json(await ownData.check(config, context.req.raw.signal), 200);
    },
  );
