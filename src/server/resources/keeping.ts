import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { RequestError } from '../../errors.ts';
import { changeLabels, labelsSchema } from '../../runs/labels.ts';
import { deleteRun, renameRun } from '../../runs/removal.ts';
import { idOf } from '../library/ids.ts';
import { idSchema } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { body, json, notYet, params, resource, token } from './resource.ts';

const nameSchema = z.strictObject({ name: z.string().max(256) }).meta({ id: 'RunName' });

const placeSchema = z.object({ id: idSchema, name: z.string() }).meta({ id: 'RunPlace' });

/** Labels runs, gives them other names, deletes them. */
export const keeping = ({ library }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/runs/{id}/labels',
        summary: 'Changes tags, note and archive of a run; what is left out stays',
        security: token,
        request: { params, body: body(labelsSchema.partial().strict()) },
        responses: { 200: json('All labels', labelsSchema.meta({ id: 'Labels' })), ...notYet },
      }),
      async (context) => {
        const { folder } = await library.run(context.req.valid('param').id);
        const labels = await changeLabels(folder, context.req.valid('json'));
        await library.refresh();
        return context.json(labels, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/runs/{id}/rename',
        summary: 'Gives a run another name beside it, and so another id',
        security: token,
        request: { params, body: body(nameSchema) },
        responses: { 200: json('Where it is now', placeSchema), ...notYet },
      }),
      async (context) => {
        const { folder, name } = await library.run(context.req.valid('param').id);
        const { name: last } = context.req.valid('json');
        await renameRun(folder, last);
        await library.refresh();
        const to = [...name.split('/').slice(0, -1), last].join('/');
        return context.json({ id: idOf('run', to), name: to }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/api/runs/{id}/delete',
        summary: 'Deletes a run for good; its name has to be said',
        security: token,
        request: { params, body: body(nameSchema) },
        responses: { 200: json('What is gone', placeSchema), ...notYet },
      }),
      async (context) => {
        const { id, folder, name } = await library.run(context.req.valid('param').id);
        const { name: said } = context.req.valid('json');
        if (said !== name)
          throw new RequestError(`name '${said}': the run is called ${name}; say its name`);
        await deleteRun(folder);
        await library.refresh();
        return context.json({ id, name }, 200);
      },
    );
