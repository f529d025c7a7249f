import type { OpenAPIHono } from '@hono/zod-openapi';
import { pauseRoute, resumeRoute, startRoute, stopRoute } from '../routes.ts';
import type { Studio } from '../studio.ts';

/** Starts runs, and lets them stand still and go on. */
export function answerChanges(app: OpenAPIHono, { library, launcher }: Studio): void {
  app.openapi(startRoute, async (context) => {
    const { config, name } = context.req.valid('json');
    const { id, summary } = await launcher.start(config, name);
    return context.json({ id, state: summary.state }, 201);
  });
  const changes = [
    { route: pauseRoute, action: 'pause' },
    { route: resumeRoute, action: 'resume' },
    { route: stopRoute, action: 'stop' },
  ] as const;
  for (const { route, action } of changes) {
    app.openapi(route, async (context) => {
      const run = await library.run(context.req.valid('param').id);
      await launcher[action](run);
      return context.json({ id: run.id, state: run.summary.state }, 202);
    });
  }
}
