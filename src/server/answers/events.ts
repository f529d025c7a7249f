import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { eventsRoute } from '../routes.ts';
import type { Studio } from '../studio.ts';

const beatMilliseconds = 15_000;

/**
 * Streams what changes. A page reads the log at its own pace: an event is written only when the one
 * before has left, so a slow page costs no memory.
 */
export function answerEvents(app: OpenAPIHono, { events, watch }: Studio): void {
  app.openapi(eventsRoute, (context) => {
    const last = context.req.valid('header')['last-event-id'] ?? context.req.valid('query').after;
    let next = events.after(last);
    return streamSSE(context, async (stream) => {
      const leave = watch.join();
      stream.onAbort(leave);
      await stream.write(': welcome\nretry: 1000\n\n');
      while (!stream.aborted && !stream.closed) {
        const { end } = events;
        if (next === end) {
          if (!(await events.wait(beatMilliseconds))) await stream.write(': beat\n\n');
          continue;
        }
        for (const event of events.from(next)) await stream.writeSSE(event);
        next = end;
      }
      leave();
    });
  });
}
