import { createRoute } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Studio } from '../studio.ts';
import { resource } from './resource.ts';

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
      description:
        'Events: `run` (a RunSummary that is new or changed), `gone` ({"id"}), `metrics` ' +
        '({"id","metrics"}: the new lines as columns), `frames` ({"id","first","count"}: frames from ' +
        'the index `first` on are new; there are `count` in all), `study` ({"id"}: its plan or report ' +
        'is new), `looking` ({"id","doing"}: what is being done to show the images of a run, null once ' +
        'it is over), `reset` (comes first, and where too much was missed: fetch everything). A ' +
        'comment comes every 15 seconds.',
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
          description: 'The stream',
          content: { 'text/event-stream': { schema: z.string() } },
        },
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
