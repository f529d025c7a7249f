import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { RequestError } from '../errors.ts';
import { packageVersion } from '../package.ts';
import { answerChanges } from './answers/changes.ts';
import { answerComparisons } from './answers/comparisons.ts';
import { answerCurves } from './answers/curves.ts';
import { answerEvents } from './answers/events.ts';
import { answerGeneral } from './answers/general.ts';
import { answerNets } from './answers/nets.ts';
import { answerPages } from './answers/pages.ts';
import { answerPoints } from './answers/points.ts';
import { answerRuns } from './answers/runs.ts';
import { answerStudies } from './answers/studies.ts';
import { guard } from './guard/guard.ts';
import type { Studio } from './studio.ts';

/** The answers to every request, as a function from request to response. */
export function buildApp(studio: Studio): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, context) =>
      result.success ? undefined : context.json({ message: complaint(result.error) }, 400),
  });
  app.onError((error, context) => {
    const { status, message } = problemOf(error);
    return context.json({ message }, status);
  });
  app.notFound((context) => context.json({ message: `${context.req.path}: not found` }, 404));
  guard(app, studio);
  const answers = [answerGeneral, answerRuns, answerCurves, answerPoints, answerComparisons];
  for (const answer of [...answers, answerNets, answerChanges, answerStudies, answerEvents]) {
    answer(app, studio);
  }
  describeApi(app);
  answerPages(app, studio);
  return app;
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
  process.stderr.write(`${error.stack}\n`);
  return { status: 500, message: 'the studio failed; its terminal tells more' };
}

const complaint = ({ issues }: z.core.$ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
