import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import type { ListedRun } from '../library/listedRun.ts';
import { runStates } from '../library/runSummary.ts';
import { idSchema, partialConfigSchema } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { body, busy, json, notYet, params, resource, token } from './resource.ts';

/** A run to be started. */
const startRequestSchema = z
  .strictObject({
    config: partialConfigSchema,
    /** Name of its folder; left out, it is named after its model. */
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
        error:
          'a name has up to 64 letters, digits, dots, dashes; it begins with a letter or digit',
      })
      .optional(),
  })
  .meta({ id: 'StartRequest' });

/** What became of a request to start or stop. */
const standingSchema = z
  .object({ id: idSchema, state: z.enum(runStates) })
  .meta({ id: 'Standing' });

export type Standing = z.infer<typeof standingSchema>;

const standingOf = ({ id, summary: { state } }: ListedRun): Standing => ({ id, state });

/** Starts runs, and lets them stand still and go on. */
export const changes = ({ library, launcher }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/runs',
        summary: 'Starts a run in a process of its own',
        security: token,
        request: { body: body(startRequestSchema) },
        responses: { 201: json('It starts', standingSchema), ...busy },
      }),
      async (context) => {
        const { config, name } = context.req.valid('json');
        return context.json(standingOf(await launcher.start(config, name)), 201);
      },
    )
    .openapi(
      changeRoute(
        '/api/runs/{id}/pause',
        'Saves a checkpoint and ends the process; `resume` goes on to the same bits',
      ),
      async (context) => {
        const run = await library.run(context.req.valid('param').id);
        await launcher.pause(run);
        return context.json(standingOf(run), 202);
      },
    )
    .openapi(
      changeRoute('/api/runs/{id}/resume', 'Goes on from the last checkpoint'),
      async (context) => {
        const run = await library.run(context.req.valid('param').id);
        await launcher.resume(run);
        return context.json(standingOf(run), 202);
      },
    )
    .openapi(
      changeRoute('/api/runs/{id}/stop', 'As pause, and says that it is for good'),
      async (context) => {
        const run = await library.run(context.req.valid('param').id);
        await launcher.stop(run);
        return context.json(standingOf(run), 202);
      },
    );

function changeRoute<Path extends string>(path: Path, summary: string) {
  return createRoute({
    method: 'post',
    path,
    summary,
    security: token,
    request: { params },
    responses: { 202: json('It will', standingSchema), ...notYet },
  });
}
