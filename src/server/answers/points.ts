import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Frame, FrameHeader } from '../../runs/frames/format.ts';
import { openFrames } from '../../runs/frames/log.ts';
import { bytesOf } from '../../runs/safetensors.ts';
import { pointsFile } from '../observed.ts';
import { embeddingRoute, framePointsRoute, framesRoute, imagesRoute } from '../routes.ts';
import type { Frames } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { recordOf } from './curves.ts';

const binary = { 'Content-Type': 'application/octet-stream' };

const none: Frames = {
  ...{ every: null, projection: 'features', features: 0 },
  ...{ places: [], labels: [], steps: [] },
};

const framesOf = (header: FrameHeader, frames: readonly Frame[]): Frames => ({
  ...header,
  projection: header.features > 2 ? 'pca' : 'features',
  steps: frames.map(({ step }) => step),
});

/** Shows where a run puts images: its frames, whole splits, and the images themselves. */
export function answerPoints(app: OpenAPIHono, { library, measurer, imagery }: Studio): void {
  app.openapi(framesRoute, async (context) => {
    const { folder } = await library.run(context.req.valid('param').id);
    const file = await openFrames(folder);
    if (!file) return context.json(none, 200);
    const frames = await file.read(0, file.count).finally(file.close);
    return context.json(framesOf(file.header, frames), 200);
  });
  app.openapi(framePointsRoute, async (context) => {
    const { id, index } = context.req.valid('param');
    const { folder } = await library.run(id);
    const file = await openFrames(folder);
    const frames = (await file?.read(index, context.req.valid('query').count)) ?? [];
    await file?.close();
    const points = frames.flatMap(({ train, evaluate }) => [bytesOf(train), bytesOf(evaluate)]);
    return context.body(Buffer.concat(points), 200, binary);
  });
  app.openapi(embeddingRoute, async (context) => {
    const { split, mode } = context.req.valid('query');
    const run = await library.run(context.req.valid('param').id);
    const observed = await measurer.measure(run);
    return context.body(await pointsFile(run.folder, observed, `${split}.${mode}`), 200, binary);
  });
  app.openapi(imagesRoute, async (context) => {
    const { split, places } = context.req.valid('query');
    const run = await library.run(context.req.valid('param').id);
    const shown = { folder: run.folder, config: recordOf(run).config };
    return context.body(await imagery.images(shown, split, places), 200, binary);
  });
}
