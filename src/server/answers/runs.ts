import type { OpenAPIHono } from '@hono/zod-openapi';
import { detailOf } from '../detail.ts';
import { runRoute, runsRoute } from '../routes.ts';
import type { Studio } from '../studio.ts';

/** Lists runs and shows one. */
export function answerRuns(app: OpenAPIHono, { library, events }: Studio): void {
  app.openapi(runsRoute, async (context) => {
    await library.refresh();
    context.header('Last-Event-ID', events.newest);
    return context.json(library.list(), 200);
  });
  app.openapi(runRoute, async (context) => {
    const run = await library.run(context.req.valid('param').id);
    return context.json(await detailOf(run), 200);
  });
}
