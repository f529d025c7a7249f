import { createRoute } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { eventSchema } from '../events.ts';
import type { Studio } from '../studio.ts';
import { resource, wrong } from './resource.ts';

const beatMilliseconds = 15_000;

/**
 * Streams what changes. A page reads the log at its own pace: an event is written only when the one
 * before has left, so a slow page costs no memory.
 */
export const events = ({ events: log, watch }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/events',
      summary:
        'What changes, as server-sent events; Last-Event-ID goes on where a connection broke',
      description: 'A comment comes every 15 seconds.',
      request: {
        headers: z.object({ 'last-event-id': z.string().optional() }),
        query: z.object({
          after: z
            .string()
            .default('')
            .describe('As Last-Event-ID, for a stream that is opened anew'),
        }),
      },
      responses: {
        200: {
          description: 'The stream, every event of which is one of these, its data as JSON',
          content: { 'text/event-stream': { schema: eventSchema } },
        },
        ...wrong,
      },
    }),
    (context) => {
      const last = context.req.valid('header')['last-event-id'] ?? context.req.valid('query').after;
      let next = log.after(last);
      return streamSSE(context, async (stream) => {
        const leave = watch.join();
        stream.onAbort(leave);
        await stream.write(': welcome\nretry: 1000\n\n');
        while (!stream.aborted && !stream.closed) {
          const { end } = log;
          if (next === end) {
            if (!(await log.wait(beatMilliseconds))) await stream.write(': beat\n\n');
            continue;
          }
          for (const event of log.from(next)) await stream.writeSSE(event);
          next = end;
        }
        leave();
      });
    },
  );
