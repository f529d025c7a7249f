import { createRoute } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Found } from '../library/find.ts';
import { idOf } from '../library/ids.ts';
import type { Library } from '../library/library.ts';
import { reportOf, studyDetailSchema, studyOf, studySummarySchema } from '../library/studies.ts';
import type { Studio } from '../studio.ts';
import { anyway, json, missing, params, resource } from './resource.ts';

/** Lists studies, shows one and its report. */
export const studies = ({ library, queues }: Studio) =>
  resource()
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/studies',
        summary: 'Every study below the folder, with the progress of its runs',
        responses: { 200: json('The studies', z.array(studySummarySchema)), ...anyway },
      }),
      async (context) => {
        await library.refresh();
        const details = library
          .studies()
          .map((study) => studyOf(study, library.runsOf(study), queues));
        const summaries = (await Promise.all(details)).map(({ summary: _, ...study }) => study);
        return context.json(summaries, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/studies/{id}',
        summary: 'One study, with its summary once it is finished',
        request: { params },
        responses: { 200: json('The study', studyDetailSchema), ...missing },
      }),
      async (context) => {
        const study = await studyNamed(library, context.req.valid('param').id);
        return context.json(await studyOf(study, library.runsOf(study), queues), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/api/studies/{id}/report',
        summary: "A finished study's report, for a frame: it comes sandboxed, without script",
        request: { params },
        responses: {
          200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
          ...missing,
        },
      }),
      async (context) => {
        const study = await studyNamed(library, context.req.valid('param').id);
        const report = await reportOf(study);
        if (report === null) throw none(`study ${study.name}: it has no report yet`);
        return context.html(report, 200);
      },
    );

async function studyNamed(library: Library, id: string): Promise<Found> {
  await library.refresh();
  const study = library.studies().find(({ name }) => idOf('study', name) === id);
  if (!study) throw none(`study ${id}: there is none of that id`);
  return study;
}

const none = (message: string) => new HTTPException(404, { message });
