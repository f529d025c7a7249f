import type { Env, Hono } from 'hono';
import { hc, type InferRequestType } from 'hono/client';
import type { ExtractSchema } from 'hono/types';
import type { ClientErrorStatusCode } from 'hono/utils/http-status';
import type { Api } from '../../../src/server/app.ts';
import type { Problem } from '../../../src/server/resources/resource.ts';
import { token } from './token.ts';

/** The server said no, or did not answer; the message is for the reader. */
class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Routes without their refusals, which are thrown. */
type Granted<Routes> = {
  [Path in keyof Routes]: {
    [Method in keyof Routes[Path]]: Exclude<
      Routes[Path][Method],
      { status: ClientErrorStatusCode }
    >;
  };
};

/** The studio's API as its server declares it: a route's path, then its method. Throws ApiError. */
export const { api } = hc<Hono<Env, Granted<ExtractSchema<Api>>>>('/', { fetch: request });

type EmbeddingQuery = InferRequestType<(typeof api.runs)[':id']['embedding']['$get']>['query'];

export type Split = NonNullable<EmbeddingQuery['split']>;
export type Mode = NonNullable<EmbeddingQuery['mode']>;

/** An answer's JSON. */
export async function json<Value>(answer: Promise<{ json(): Promise<Value> }>): Promise<Value> {
  return (await answer).json();
}

/** An answer's bytes. */
export async function bytes(answer: Promise<Pick<Body, 'arrayBuffer'>>): Promise<Uint8Array> {
  return new Uint8Array(await (await answer).arrayBuffer());
}

async function request(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const allowed = token();
  const headers = new Headers(init?.headers);
  if (allowed) headers.set('x-shakelab-token', allowed);
  const response = await fetch(input, { ...init, headers }).catch((error: Error) => {
    if (error.name === 'AbortError') throw error;
    throw new ApiError('The studio does not answer; is `shakelab studio` still running?', 0);
  });
  if (response.ok) return response;
  throw new ApiError(await messageOf(response), response.status);
}

async function messageOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return problem.message ?? `The studio answered ${response.status} ${response.statusText}`;
}
