import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { toldSchema } from '../processes/predictor.ts';
import type { Studio } from '../studio.ts';
import { json, notYet, params, resource, token } from './resource.ts';

const file = {
  required: true,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
};

/** Tells the class of a file that is sent: an image, or a sound clip. */
export const predictions = ({ library, predictor }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'post',
      path: '/api/runs/{id}/predictions',
      summary: 'What a run says of an image or sound file of up to 16 MB, which is not kept',
      security: token,
      request: { params, body: file },
      responses: { 200: json('The classes', toldSchema), ...notYet },
    }),
    async (context) => {
      const run = await library.run(context.req.valid('param').id);
      const bytes = new Uint8Array(await context.req.arrayBuffer());
      return context.json(await predictor.predict(run, bytes, context.req.raw.signal), 200);
    },
  );
