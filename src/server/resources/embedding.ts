import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { pointsFile } from '../measurements.ts';
import type { Studio } from '../studio.ts';
import { binary, bytes, notYet, params, resource } from './resource.ts';

/** Shows where a run puts the images of a whole split. */
export const embedding = ({ library, measurer }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}/embedding',
      summary: 'A whole split as the newest checkpoint sees it; computed on the first request',
      request: {
        params,
        query: z.object({
          split: z.enum(['train', 'test']).default('test'),
          mode: z
            .enum(['train', 'evaluate'])
            .default('evaluate')
            .describe('train mode: the training split only'),
        }),
      },
      responses: {
        200: bytes(
          'safetensors: points F32 [images][x, y], labels and predictions I32 [images]; metadata: ' +
            'projection, features or pca (one plane for all splits and modes of a run)',
        ),
        ...notYet,
      },
    }),
    async (context) => {
      const { split, mode } = context.req.valid('query');
      const run = await library.run(context.req.valid('param').id);
      const measurements = await measurer.measure(run);
      return context.body(
        await pointsFile(run.folder, measurements, `${split}.${mode}`),
        200,
        binary,
      );
    },
  );
