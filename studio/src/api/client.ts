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

/** Reads JSON. @throws ApiError */
export async function getJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return (await request(path, { signal })).json() as Promise<Answer>;
}

/** Reads JSON with the headers that came along. @throws ApiError */
export async function getWhole<Answer>(
  path: string,
): Promise<{ content: Answer; headers: Headers }> {
  const response = await request(path, {});
  return { content: (await response.json()) as Answer, headers: response.headers };
}

/** Sends JSON, reads JSON. @throws ApiError */
export async function postJson<Answer>(
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const headers = body === undefined ? undefined : { 'content-type': 'application/json' };
  const content = body === undefined ? undefined : JSON.stringify(body);
  const response = await request(path, { method: 'POST', headers, body: content, signal });
  return response.json() as Promise<Answer>;
}

/** Reads bytes. @throws ApiError */
export async function getBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await request(path, { signal })).arrayBuffer());
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const allowed = token();
  const headers = new Headers(init.headers);
  if (allowed) headers.set('x-shakelab-token', allowed);
  const response = await fetch(path, { ...init, headers }).catch((error: Error) => {
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
