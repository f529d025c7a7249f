import type { OpenAPIHono } from '@hono/zod-openapi';
import { newestFormat } from '../../files/format.ts';
import { packageVersion } from '../../package.ts';
import { hasToken } from '../guard/access.ts';
import { sessionRoute, vocabularyRoute } from '../routes.ts';
import { apiFormat } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { vocabulary } from '../vocabulary.ts';

/** Tells what studio this is, and which words it knows. */
export function answerGeneral(app: OpenAPIHono, { folder, dataFolder, token }: Studio): void {
  const own = { version: packageVersion(), format: newestFormat(apiFormat), folder };
  app.openapi(sessionRoute, (context) =>
    context.json({ ...own, mayWrite: hasToken(context, token) }, 200),
  );
  app.openapi(vocabularyRoute, async (context) => context.json(await vocabulary(dataFolder), 200));
}
