import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { FrameHeader } from '../../runs/frames/format.ts';
import { type FrameFile, openFrames } from '../../runs/frames/log.ts';
import { bytesOf } from '../../runs/safetensors.ts';
import { whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { binary, bytes, json, missing, params, place, resource } from './resource.ts';

/** The frames a run has kept, and what their points are. */
const framesSchema = z
  .object({
    /** Steps between frames; null where the run keeps none. */
    every: whole.nullable(),
    /** Whether two coordinates are the features themselves or their principal plane. */
    projection: z.enum(['features', 'pca']),
    /** Width of the features. */
    features: whole,
    /** Points of a frame: images of the training split, by place and label. */
    places: z.array(whole),
    labels: z.array(whole),
    /** The training step of each frame; it has its index here. */
    steps: z.array(whole),
  })
  .meta({ id: 'Frames' });

export type Frames = z.infer<typeof framesSchema>;

const mostFrames = 64;
/** Frames that a list tells of; a run keeps some 400 unless it is told otherwise. */
const mostListed = 10_000;

/** Shows where a run put a sample of its images as it trained. */
export const frames = ({ library }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs/{id}/frames',
        summary: 'Which frames of the embedding are kept, and of which images',
        request: { params },
        responses: { 200: json('The frames', framesSchema), ...missing },
      }),
      async (context) => {
        const { folder } = await library.run(context.req.valid('param').id);
        const file = await openFrames(folder);
        if (!file) return context.json(none, 200);
        const steps = await stepsOf(file).finally(file.close);
        return context.json(framesOf(file.header, steps), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/runs/{id}/frames/{index}',
        summary: 'The points of frames from an index on',
        request: {
          params: params.extend({ index: place }),
          query: z.object({
            count: place
              .pipe(z.int().min(1).max(mostFrames))
              .default(1)
              .describe('At most so many frames'),
          }),
        },
        responses: {
          200: bytes(
            'Little-endian float32 [frames][mode: train, evaluate][places][x, y], fewer frames at the end',
          ),
          ...missing,
        },
      }),
      async (context) => {
        const { id, index } = context.req.valid('param');
        const { folder } = await library.run(id);
        const file = await openFrames(folder);
        const { count } = context.req.valid('query');
        const kept = file ? await file.read(index, count).finally(file.close) : [];
        const points = kept.flatMap(({ train, evaluate }) => [bytesOf(train), bytesOf(evaluate)]);
        return context.body(Buffer.concat(points), 200, binary);
      },
    );

const none: Frames = {
  ...{ every: null, projection: 'features', features: 0 },
  ...{ places: [], labels: [], steps: [] },
};

/** The steps of the first frames, as many as are worth listing. */
async function stepsOf({ count, stepOf }: FrameFile): Promise<number[]> {
  const steps: number[] = [];
  while (steps.length < Math.min(count, mostListed)) steps.push(await stepOf(steps.length));
  return steps;
}

const framesOf = (header: FrameHeader, steps: number[]): Frames => ({
  ...header,
  projection: header.features > 2 ? 'pca' : 'features',
  steps,
});
