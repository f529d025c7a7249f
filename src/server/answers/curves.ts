import type { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { RunRecord } from '../../runs/folder.ts';
import { MetricsFollower } from '../../runs/follow.ts';
import { drawnCoefficients } from '../coefficients.ts';
import type { ShelfRun } from '../library/shelfRun.ts';
import { columnsOf } from '../metrics.ts';
import { coefficientsRoute, metricsRoute } from '../routes.ts';
import type { Studio } from '../studio.ts';

/** Shows how a run learns, and what its law drew. */
export function answerCurves(app: OpenAPIHono, { library }: Studio): void {
  app.openapi(metricsRoute, async (context) => {
    const { after, points } = context.req.valid('query');
    const { folder } = await library.run(context.req.valid('param').id);
    const lines = await new MetricsFollower(folder, Infinity).next();
    const events = lines.filter(({ step }) => step > after);
    return context.json(columnsOf(events, points), 200);
  });
  app.openapi(coefficientsRoute, async (context) => {
    const run = await library.run(context.req.valid('param').id);
    const newest = run.summary.progress?.step ?? 1;
    const { step = Math.max(0, newest - 1) } = context.req.valid('query');
    return context.json(drawnCoefficients(recordOf(run), step), 200);
  });
}

/** @throws HTTPException 404 where the run's record cannot be read, or is not there yet */
export function recordOf({ record, summary: { problem } }: ShelfRun): RunRecord {
  if (record) return record;
  const reason = problem ?? 'it is only starting; wait for its first step';
  throw new HTTPException(404, { message: `the run cannot be read: ${reason}` });
}
