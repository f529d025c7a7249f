import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Studio } from '../studio.ts';

const forever = 'public, max-age=31536000, immutable';

/** Serves the page's files, each by its exact address. */
export function answerPages(app: OpenAPIHono, { pages }: Studio): void {
  app.get('*', (context) => {
    const page = pages.get(context.req.path);
    if (!page) return context.notFound();
    const caching = page.lasting ? forever : 'no-cache';
    return context.body(page.content, 200, { 'Content-Type': page.type, 'Cache-Control': caching });
  });
}
