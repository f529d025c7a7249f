import { buildApp } from '../src/server/app.ts';
import type { Studio } from '../src/server/studio.ts';

/** What a post is answered: the body as whoever asked takes it. */
export interface PostAnswer<Answer> {
  status: number;
  answer: Answer & { message: string };
}

/** Posts JSON, or the bytes of a file, to an address of a studio's API, with its token. */
export async function post<Answer = object>(
  studio: Studio,
  path: string,
  content: object,
): Promise<PostAnswer<Answer>> {
  const file = content instanceof Uint8Array;
  const body = file ? content : JSON.stringify(content);
  const headers = {
    host: '127.0.0.1',
    'content-type': file ? 'application/octet-stream' : 'application/json',
    'content-length': String(body.length),
    'x-shakelab-token': studio.token,
  };
  const request = new Request(`http://127.0.0.1${path}`, { method: 'POST', headers, body });
  const answer = await buildApp(studio).request(request);
  return { status: answer.status, answer: (await answer.json()) as PostAnswer<Answer>['answer'] };
}

/** The path of an action of a studio's only run. */
export async function pathOf({ library }: Studio, action: string): Promise<string> {
  await library.refresh();
  return `/api/runs/${library.list()[0].id}/${action}`;
}
