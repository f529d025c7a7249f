import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { option, RequestError } from '../errors.ts';
import { shown } from '../limits.ts';

/** Where to listen. */
export interface Place {
  host: string;
  port: number;
}

type Answer = Parameters<typeof getRequestListener>[0];

/**
 * Listens for requests; where the port is taken, at one that the system picks.
 *
 * @throws RequestError where the address cannot be had at all
 */
export async function listen(answer: Answer, { host, port }: Place): Promise<Server> {
  const server = createServer(withPlainLines(getRequestListener(answer)));
  try {
    await bind(server, host, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw unusable(error, host, port);
    await bind(server, host, 0).catch((cause) => {
      throw unusable(cause, host, 0);
    });
  }
  return server;
}

/**
 * Takes request lines in absolute form, as proxies send them, by their path; refuses those of
 * another host than their header's or with a user's name, and what is no address.
 */
const withPlainLines =
  (answer: RequestListener): RequestListener =>
  (incoming, outgoing) => {
    const { url = '' } = incoming;
    if (url.startsWith('/')) return answer(incoming, outgoing);
    const absolute = /^https?:/i.test(url) && URL.canParse(url) ? new URL(url) : null;
    const own = absolute?.host === incoming.headers.host?.toLowerCase();
    if (!absolute || !own || absolute.username || absolute.password) {
      const message = `${shown(url)}: an address is /path, or http:// and the host of the Host header, without a user's name`;
      outgoing.writeHead(400, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      return outgoing.end(JSON.stringify({ message }));
    }
    incoming.url = absolute.pathname + absolute.search;
    return answer(incoming, outgoing);
  };

/** The port a server listens at. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function bind(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function unusable(error: unknown, host: string, port: number): RequestError {
  const { code } = error as NodeJS.ErrnoException;
  const remedy = `try ${option('port')} 0, or leave ${option('host')} out`;
  return new RequestError(
    `${option('host')} ${host} ${option('port')} ${port}: cannot listen there (${code}); ${remedy}`,
  );
}
