import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { MetricsFollower } from '../../runs/follow.ts';
import { columnsOf, metricsSchema } from '../metrics.ts';
import type { Studio } from '../studio.ts';
import { json, missing, params, place, resource } from './resource.ts';

const mostPoints = 20_000;

/** Shows how a run learns. */
export const metrics = ({ library }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}/metrics',
      summary: 'Learning curves: steps (every 20th is kept) and epochs, as columns',
      request: {
        params,
        query: z.object({
          after: place.default(0).describe('Only what came after this step'),
          points: place
            .pipe(z.int().min(2).max(mostPoints))
            .default(2000)
            .describe('At most so many steps, evenly thinned; epochs come whole'),
        }),
      },
      responses: { 200: json('The curves', metricsSchema), ...missing },
    }),
    async (context) => {
      const { after, points } = context.req.valid('query');
      const { folder } = await library.run(context.req.valid('param').id);
      const lines = await new MetricsFollower(folder, Infinity).next();
      const events = lines.filter(({ step }) => step > after);
      return context.json(columnsOf(events, points), 200);
    },
  );
