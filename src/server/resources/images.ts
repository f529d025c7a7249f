import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { requireRecord } from '../library/listedRun.ts';
import { whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { binary, bytes, json, listOf, notYet, params, place, resource } from './resource.ts';

const mostImages = 256;

/** Images of a sheet, and epochs whose versions of them it has. */
const shown = { count: 5, epochs: 9 };

const pixels = z.string().describe('Base 64 of bytes [channels][height][width]');

/** What a run sees of some training images in its first epochs. */
const variedSchema = z
  .object({
    /** The way of varying them; null where a run sees them as they are. */
    way: z.string().nullable(),
    samples: z.array(
      z.object({ place: whole, className: z.string(), image: pixels, versions: z.array(pixels) }),
    ),
  })
  .meta({ id: 'Varied' });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Shows the images that a run is trained and tested on. */
export const images = ({ library, runImages }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs/{id}/augmentation',
        summary: 'What the run sees of some training images in its first epochs',
        request: { params },
        responses: { 200: json('The images', variedSchema), ...notYet },
      }),
      async (context) => {
        const run = await library.run(context.req.valid('param').id);
        const { config } = requireRecord(run);
        const varied = await runImages.varied({ folder: run.folder, config }, shown);
        const samples = (varied?.samples ?? []).map(({ index, className, image, versions }) => ({
          ...{ place: index, className, image: base64(image), versions: versions.map(base64) },
        }));
        return context.json({ way: varied?.way ?? null, samples }, 200);
      },
    )
    .openapi(
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
        const shown = await runImages.images({ folder: run.folder, config }, split, places);
        return context.body(shown, 200, binary);
      },
    );
