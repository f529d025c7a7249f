import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { packageVersion } from '../../package.ts';
import { hasToken } from '../guard/access.ts';
import type { Studio } from '../studio.ts';
import { anyway, json, resource } from './resource.ts';

/** Who is asking whom. */
const sessionSchema = z
  .object({
    version: z.string(),
    /** Of answers and events; a client of a lower number does not know them (docs/formats.md). */
    format: z.literal(1),
    /** The folder of runs, for the reader's eye. */
    folder: z.string(),
    /** Whether the token sent allows to start and stop runs. */
    mayWrite: z.boolean(),
  })
  .meta({ id: 'Session' });

export type Session = z.infer<typeof sessionSchema>;

/** Tells what studio this is. */
export const session = ({ folder, token }: Studio) => {
  const version = packageVersion();
  return resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/session',
      summary: 'Format, version, folder, and whether the token sent allows to start and stop runs',
      responses: { 200: json('This studio', sessionSchema), ...anyway },
    }),
    (context) => {
      const mayWrite = hasToken(context, token);
      return context.json({ version, format: 1, folder, mayWrite } as const, 200);
    },
  );
};
