import { OpenAPIHono } from '@hono/zod-openapi';
import type { Env, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ExtractSchema } from 'hono/types';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { ExplainedError, RequestError } from '../errors.ts';
import { isRefusal, refused } from '../files/refusals.ts';
import { isPassing } from '../files/retry.ts';
import { packageVersion } from '../package.ts';
import { guard } from './guard/guard.ts';
import { servePages } from './pages.ts';
import { changes } from './resources/changes.ts';
import { classes } from './resources/classes.ts';
import { coefficients } from './resources/coefficients.ts';
import { comparison } from './resources/comparison.ts';
import { data } from './resources/data.ts';
import { embedding } from './resources/embedding.ts';
import { events } from './resources/events.ts';
import { frames } from './resources/frames.ts';
import { images } from './resources/images.ts';
import { keeping } from './resources/keeping.ts';
import { metrics } from './resources/metrics.ts';
import { nets } from './resources/nets.ts';
import { predictions } from './resources/predictions.ts';
import { runs } from './resources/runs.ts';
import { session } from './resources/session.ts';
import { studies } from './resources/studies.ts';
import { vocabulary } from './resources/vocabulary.ts';
import type { Studio } from './studio.ts';

const resources = [
  ...[session, vocabulary, data],
  ...[runs, metrics, frames, embedding, images, coefficients, classes, comparison],
  ...[nets, changes, keeping, predictions, studies, events],
] as const;

/** Every route with what it takes and answers, from which the page's client follows. */
export type Api = Hono<Env, ExtractSchema<ReturnType<(typeof resources)[number]>>>;

/** The answers to every request, as a function from request to response. */
export function buildApp(studio: Studio): OpenAPIHono {
  const app = new OpenAPIHono();
  app.onError((error, context) => {
    const { status, message } = problemOf(error);
    return context.json({ message }, status);
  });
  app.notFound((context) => context.json({ message: `${context.req.path}: not found` }, 404));
  guard(app, studio);
  for (const resource of resources) app.route('/', resource(studio));
  refuseOtherMethods(app);
  describeApi(app);
  servePages(app, studio.pages);
  return app;
}

/** Says of each path of the API by which methods it answers. */
function refuseOtherMethods(app: OpenAPIHono): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    if (!path.startsWith('/api/') || method === 'ALL') continue;
    methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, known] of methods) {
    const allowed = [...known, ...(known.has('GET') ? ['HEAD'] : [])].join(', ');
    app.all(path, ({ req, json }) => {
      const message = `${req.method} ${req.path}: the address answers ${allowed} alone`;
      return json({ message }, 405, { Allow: allowed });
    });
  }
}

function describeApi(app: OpenAPIHono): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'The token in the fragment of the address that the studio prints',
  });
  const info = { title: 'shakelab studio', version: packageVersion() };
  app.doc31('/api/openapi.json', { openapi: '3.1.0', info });
}

/** What went wrong, for whoever asked; only this program's own faults go to the terminal. */
function problemOf(error: Error): { status: ContentfulStatusCode; message: string } {
  if (error instanceof HTTPException) return { status: error.status, message: error.message };
  if (error instanceof RequestError) return { status: 400, message: error.message };
  if (error instanceof ExplainedError) return { status: 409, message: error.message };
  if (isRefusal(error) && isPassing(error.code)) return { status: 429, message: refused(error) };
  if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') {
    return { status: 400, message: 'the request breaks off' };
  }
  process.stderr.write(`${error.stack}\n`);
  return { status: 500, message: 'the studio failed; its terminal tells more' };
}
