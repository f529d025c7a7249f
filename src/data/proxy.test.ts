import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchByProxy } from './proxy.ts';

const servers: Server[] = [];
let asked: string[] = [];
let proxy = '';

beforeEach(async () => {
  asked = [];
  for (const name of ['NO_PROXY', 'HTTPS_PROXY', 'HTTP_PROXY']) {
    vi.stubEnv(name, '');
    vi.stubEnv(name.toLowerCase(), '');
  }
  proxy = await tellingProxy();
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

test.each(['HTTP_PROXY', 'http_proxy'])('%s is asked for plain addresses', async (variable) => {
  vi.stubEnv(variable, proxy);
  const headers = { range: 'bytes=2-' };
  const response = await fetchByProxy('http://data.invalid/file', { headers });
  expect([response.status, await response.text()]).toEqual([200, 'by the proxy: bytes=2-']);
  expect(asked).toEqual(['GET http://data.invalid/file']);
});

test.each(['HTTPS_PROXY', 'https_proxy'])('%s is asked for a tunnel', async (variable) => {
  vi.stubEnv(variable, proxy);
  await expect(fetchByProxy('https://data.invalid/file', {})).rejects.toThrow();
  expect(asked).toEqual(['CONNECT data.invalid:443']);
});

test('NO_PROXY takes a host out, and without variables nobody is asked', async () => {
  const origin = await listening(createServer((_, response) => response.end('itself')));
  expect(await (await fetchByProxy(origin, {})).text()).toBe('itself');
  vi.stubEnv('HTTP_PROXY', proxy);
  vi.stubEnv('NO_PROXY', '127.0.0.1');
  expect(await (await fetchByProxy(origin, {})).text()).toBe('itself');
  expect(asked).toEqual([]);
});

/** A proxy that answers itself, opens no tunnel, and keeps what it was asked. */
function tellingProxy(): Promise<string> {
  const server = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url}`);
    response.end(`by the proxy: ${headers.range}`);
  });
  server.on('connect', ({ method, url }, client) => {
    asked.push(`${method} ${url}`);
    client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  return listening(server);
}

async function listening(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1').unref());
  await new Promise((ready) => server.once('listening', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
