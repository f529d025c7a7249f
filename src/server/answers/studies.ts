import type { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { Found } from '../library/find.ts';
import { idOf } from '../library/ids.ts';
import type { Library } from '../library/library.ts';
import { reportOf, studyOf } from '../library/studies.ts';
import { reportRoute, studiesRoute, studyRoute } from '../routes.ts';
import type { Studio } from '../studio.ts';

/** Lists studies, shows one and its report. */
export function answerStudies(app: OpenAPIHono, { library }: Studio): void {
  app.openapi(studiesRoute, async (context) => {
    await library.refresh();
    const details = library.studies().map((study) => studyOf(study, library.runsOf(study)));
    const studies = (await Promise.all(details)).map(({ summary: _, ...study }) => study);
    return context.json(studies, 200);
  });
  app.openapi(studyRoute, async (context) => {
    const study = await studyNamed(library, context.req.valid('param').id);
    return context.json(await studyOf(study, library.runsOf(study)), 200);
  });
  app.openapi(reportRoute, async (context) => {
    const study = await studyNamed(library, context.req.valid('param').id);
    const report = await reportOf(study);
    if (report === null) throw missing(`study ${study.name}: it has no report yet`);
    return context.html(report, 200);
  });
}

async function studyNamed(library: Library, id: string): Promise<Found> {
  await library.refresh();
  const study = library.studies().find(({ name }) => idOf('study', name) === id);
  if (!study) throw missing(`study ${id}: there is none of that id`);
  return study;
}

const missing = (message: string) => new HTTPException(404, { message });
