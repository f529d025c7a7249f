import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { coefficientsSchema } from '../coefficients.ts';
import { requireRecord } from '../library/listedRun.ts';
import type { Studio } from '../studio.ts';
import { json, missing, params, place, resource } from './resource.ts';

/** The last step that has random numbers of its own. */
const lastStep = 2 ** 32 - 1;

const step = place.refine((step) => step <= lastStep, { error: `must be at most ${lastStep}` });

/** Shows what a run's law drew. */
export const coefficients = ({ library, planner }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}/coefficients',
      summary: 'Histograms of the α and β that the run drew at a step',
      request: {
        params,
        query: z.object({ step: step.optional().describe('The newest one when left out') }),
      },
      responses: { 200: json('The histograms', coefficientsSchema), ...missing },
    }),
    async (context) => {
      const run = await library.run(context.req.valid('param').id);
      const newest = run.summary.progress?.step ?? 1;
      const { step = Math.max(0, newest - 1) } = context.req.valid('query');
      return context.json(await planner.coefficients(requireRecord(run), step), 200);
    },
  );
