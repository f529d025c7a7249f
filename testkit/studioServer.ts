import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildApp } from '../src/server/app.ts';
import { listen, portOf } from '../src/server/listen.ts';
import { openStudio, type Studio, type StudioOptions } from '../src/server/studio.ts';

/** What a studio answered. */
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request; headers go out as they are, `Host` too, which fetch would not allow. */
export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Sends the token along. */
  token?: boolean;
}

/** A studio that listens, over a folder of its own. */
export interface StudioServer {
  studio: Studio;
  folder: string;
  port: number;
  ask(path: string, options?: Ask): Promise<Reply>;
  json<Value>(path: string, options?: Ask): Promise<Value>;
  close(): Promise<void>;
}

/**
 * Opens a studio at a free port over a folder of runs, or over a new one, which goes when the studio
 * is closed.
 */
export async function studioServer(options: Partial<StudioOptions> = {}): Promise<StudioServer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'shakelab-studio-')));
  const studio = await openStudio({ ...options, folder });
  const server = await listen(buildApp(studio).fetch, { host: '127.0.0.1', port: 0 });
  const port = portOf(server);
  const ask = (path: string, { token, ...given }: Ask = {}) =>
    send(port, path, {
      ...given,
      headers: { ...(token && bearer(studio.token)), ...given.headers },
    });
  return {
    ...{ studio, folder, port, ask },
    json: async (path, given) => JSON.parse((await ask(path, given)).text),
    async close() {
      studio.watch.stop();
      server.close();
      server.closeAllConnections();
      if (!options.folder) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

async function send(port: number, path: string, { method, headers, body }: Ask): Promise<Reply> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const type = content === undefined ? {} : { 'Content-Type': 'application/json' };
  const outgoing = request({
    ...{ port, path, host: '127.0.0.1', agent: false },
    method: method ?? (content === undefined ? 'GET' : 'POST'),
    headers: { ...type, ...headers },
  });
  outgoing.end(content);
  const [incoming] = await once(outgoing, 'response');
  return { status: incoming.statusCode, headers: incoming.headers, text: await text(incoming) };
}
