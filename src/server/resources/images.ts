import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { requireRecord } from '../library/shelfRun.ts';
import type { Studio } from '../studio.ts';
import { binary, bytes, listOf, notYet, params, place, resource } from './resource.ts';

const mostImages = 256;

/** Shows the images that a run is trained and tested on. */
export const images = ({ library, imagery }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/runs/{id}/images',
      summary: "Images of the run's data by their places in a split",
      request: {
        params,
        query: z.object({
          split: z.enum(['train', 'test']).default('test'),
          places: listOf(place, mostImages).describe(`Comma-separated, at most ${mostImages}`),
        }),
      },
      responses: { 200: bytes('Bytes [images][channels][height][width]'), ...notYet },
    }),
    async (context) => {
      const { split, places } = context.req.valid('query');
      const run = await library.run(context.req.valid('param').id);
      const { config } = requireRecord(run);
      const shown = await imagery.images({ folder: run.folder, config }, split, places);
      return context.body(shown, 200, binary);
    },
  );
