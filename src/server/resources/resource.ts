import { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { idSchema } from '../schemas.ts';

/**
 * A part of the API, to which routes are added, each with its schemas and its answer. Requests that
 * are not as their route says are refused in the words of its schemas.
 */
export const resource = () =>
  new OpenAPIHono({
    defaultHook: (result, context) =>
      result.success ? undefined : context.json({ message: complaint(result.error) }, 400),
  });

const complaint = ({ issues }: z.core.$ZodError): string =>
  issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');

/** Something that did not work; `message` tells what, the value, the rule and the remedy. */
const problemSchema = z.object({ message: z.string() }).meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;

/** The `{id}` of a path. */
export const params = z.object({ id: idSchema });

/** A whole number in a path or query. */
export const place = z
  .string()
  .regex(/^\d{1,10}$/, { error: 'must be a whole number' })
  .transform(Number);

/** `1,2,3` in a query, at most so many. */
export const listOf = <Item extends z.ZodType<unknown, string>>(item: Item, limit: number) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1).max(limit));

/** A body of JSON. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});

/** An answer of JSON. */
export const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

/** An answer of bytes. */
export const bytes = (description: string) => ({
  description,
  content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
});

/** The header of an answer of bytes. */
export const binary = { 'Content-Type': 'application/octet-stream' };

const problem = (description: string) => json(description, problemSchema);

/** The refusals of every address, whatever it answers: the checks that come before all routes. */
export const anyway = {
  401: problem('The password is missing or wrong, or the token where one is needed'),
  403: problem("The studio is not called so, or another site's page asks"),
  405: problem('The address answers other methods; Allow names them'),
  413: problem('The body is larger than any that is needed'),
  415: problem('The body is of another type than the address takes'),
  429: problem('Too much is asked at once; wait a moment'),
};

/** The refusals of routes, each with those that come with it. */
export const wrong = { ...anyway, 400: problem('The request is wrong') };
export const missing = { ...wrong, 404: problem('There is none of that id') };
export const notYet = { ...missing, 409: problem('The run cannot do that now') };
export const busy = {
  ...wrong,
  409: problem('The name is taken, or as many runs as allowed are under way'),
};

/** What a route says that only those with the token may ask for. */
export const token = [{ token: [] }];
