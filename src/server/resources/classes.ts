import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { assessedSchema, wrongSchema } from '../assessments.ts';
import { whyUnassessed } from '../assessor.ts';
import { whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { json, missing, params, place, resource } from './resource.ts';

const mostSamples = 256;

/** The samples of a cell of the confusion matrix, the most confident first. */
const cellSchema = z
  .object({
    /** All of the cell, of which `samples` are at most as many as were asked for. */
    count: whole,
    samples: z.array(wrongSchema),
  })
  .meta({ id: 'ConfusionCell' });

/** Shows what a run makes of each class. */
export const classes = ({ library, assessor }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs/{id}/classes',
        summary: 'Each class, calibration and confident mistakes of a run on its test images',
        request: { params },
        responses: { 200: json('The assessment', assessedSchema), ...missing },
      }),
      async (context) => {
        const run = await library.run(context.req.valid('param').id);
        const found = await assessor.assess(run);
        if (!found) return context.json({ assessment: null, missing: whyUnassessed(run) }, 200);
        return context.json({ assessment: found.assessment, missing: null }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs/{id}/classes/{label}/{predicted}',
        summary: 'The test images of a class that were taken for another one, or for itself',
        request: {
          params: params.extend({ label: place, predicted: place }),
          query: z.object({
            count: place
              .pipe(z.int().min(1).max(mostSamples))
              .default(48)
              .describe('At most so many images'),
          }),
        },
        responses: { 200: json('The images', cellSchema), ...missing },
      }),
      async (context) => {
        const { id, label, predicted } = context.req.valid('param');
        const found = await assessor.assess(await library.run(id));
        const cell = (found?.predictions ?? [])
          .filter((one) => one.label === label && one.predicted === predicted)
          .sort((one, other) => other.confidence - one.confidence || one.sample - other.sample);
        const samples = cell.slice(0, context.req.valid('query').count);
        return context.json({ count: cell.length, samples }, 200);
      },
    );
