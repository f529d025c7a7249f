import type { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import type { Studio } from '../studio.ts';
import { passwordOnly, tokenOnly } from './access.ts';
import { carefulHeaders } from './headers.ts';
import { allowedHosts, ownPagesOnly } from './hosts.ts';
import { atMost, boundedBodies, fittingTypes } from './limits.ts';

/** All requests together; a page that scrubs through frames stays far below. */
const requests = { burst: 400, perSecond: 100 };
/** What starts or stops something. */
const changes = { burst: 20, perSecond: 1 };

/** Answers that no token is needed for though they come by POST: they only compute. */
const harmless = '/api/describe';

/** Puts every check before every answer: name, origin, pace, size, password, token. */
export function guard(app: OpenAPIHono, { host, password, token }: Studio): void {
  app.use(carefulHeaders);
  app.use(ownPagesOnly(allowedHosts(host)));
  app.use(atMost(requests));
  app.use(boundedBodies);
  app.use(fittingTypes);
  if (password !== undefined) app.use(passwordOnly(password));
  const checks = [tokenOnly(token), atMost(changes)];
  for (const check of checks) {
    app.use(
      createMiddleware((context, next) => {
        const { method, path } = context.req;
        const reads = method === 'GET' || method === 'HEAD' || path === harmless;
        return reads ? next() : check(context, next);
      }),
    );
  }
}
