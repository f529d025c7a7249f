import type { OpenAPIHono } from '@hono/zod-openapi';
import { compareRuns } from '../comparison.ts';
import { compareRoute } from '../routes.ts';
import type { Studio } from '../studio.ts';
import { recordOf } from './curves.ts';

/** Holds runs against each other. */
export function answerComparisons(app: OpenAPIHono, { library, measurer }: Studio): void {
  app.openapi(compareRoute, async (context) => {
    const observed = await Promise.all(
      context.req.valid('query').ids.map(async (id) => {
        const run = await library.run(id);
        const { config } = recordOf(run);
        return { run, config, observed: await measurer.measure(run) };
      }),
    );
    return context.json(compareRuns(observed), 200);
  });
}
