import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
}

let server: StudioServer;
let ids: string[];
beforeAll(async () => {
  server = await studioServer();
  await fakeRun(join(server.folder, 'run'), { done: 3 });
  ids = (await server.json<{ id: string }[]>('/api/runs')).map(({ id }) => id);
});
afterAll(() => server.close());

const texts = fc.oneof(
  fc.string({ maxLength: 60, unit: 'grapheme' }),
  fc.constantFrom('', '0', '-1', '1e9', '99999999999', 'null', '..', '%00', 'test', 'evaluate'),
);

/** A request to an operation of the API's own document, with wild values in its places. */
function requestTo(path: string, method: string, { parameters = [], requestBody }: Operation) {
  const known = (name: string) => (name === 'id' ? fc.constantFrom(...ids) : fc.constant('0'));
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => fc.oneof(known(name), texts));
  const named = parameters.filter((parameter) => parameter.in === 'query');
  const query = fc.record(Object.fromEntries(named.map(({ name }) => [name, texts])), {
    requiredKeys: [],
  });
  const body = requestBody
    ? fc.oneof(fc.record({ config: fc.object() }), fc.jsonValue())
    : fc.constant(undefined);
  return fc.tuple(fc.tuple(...places), query, body).map(([given, asked, content]) => {
    const next = given.values();
    const filled = path.replace(/\{\w+\}/g, () => encodeURIComponent(String(next.next().value)));
    return {
      path: `${filled}?${new URLSearchParams(asked as Record<string, string>)}`,
      method: method.toUpperCase(),
      body: content,
    };
  });
}

it('no request that its own description allows, or nearly, is a fault of the studio', async () => {
  const { paths } = await server.json<{ paths: Record<string, Record<string, Operation>> }>(
    '/api/openapi.json',
  );
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
  );
  expect(operations.length).toBeGreaterThan(12);
  const seen = new Set<number>();
  for (const [path, method, operation] of operations.filter(([path]) => path !== '/api/events')) {
    await fc.assert(
      fc.asyncProperty(requestTo(path, method, operation), async (request) => {
        const { status, text } = await server.ask(request.path, request);
        seen.add(status);
        expect(status, text).toBeLessThan(500);
      }),
      { numRuns: 12, seed: 23 },
    );
  }
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 404]));
});

describe('a request by', () => {
  it('a method that the address does not answer is told which it does', async () => {
    const { status, headers, text } = await server.ask('/api/runs', {
      method: 'DELETE',
      token: true,
    });
    expect([status, headers.allow]).toEqual([405, 'GET, POST, HEAD']);
    expect(JSON.parse(text).message).toContain('answers GET, POST, HEAD alone');
  });

  it('a body that is no JSON is refused', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    const { status, text } = await server.ask('/api/describe', { headers, body: {} });
    expect([status, text]).toEqual([415, expect.stringContaining('a body is application/json')]);
  });

  it('an absolute address is taken by its host, and refused with a user’s name', async () => {
    const own = `127.0.0.1:${server.port}`;
    expect((await server.ask(`http://${own}/api/session`)).status).toBe(200);
    expect((await server.ask('http://evil.example/api/session')).status).toBe(400);
    expect((await server.ask(`http://me:secret@${own}/api/session`)).status).toBe(400);
    expect((await server.ask('*', { method: 'OPTIONS' })).status).toBe(400);
  });

  it('a body that is too large closes its connection, and says so', async () => {
    const body = { config: { layout: 'x'.repeat(100_000) } };
    const { status, headers } = await server.ask('/api/describe', { body });
    expect([status, headers.connection]).toEqual([413, 'close']);
  });

  it('a body that breaks off is no fault of the studio', async () => {
    const complaints = vi.spyOn(process.stderr, 'write');
    const socket = connect(server.port, '127.0.0.1');
    const head = `POST /api/describe HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{"con`);
    await sleep(100);
    socket.destroy();
    await sleep(300);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
    expect((await server.ask('/api/session')).status).toBe(200);
  });

  it('too many open files is asked to wait, and nothing is gone', async () => {
    const refusal = Object.assign(new Error(), {
      code: 'EMFILE',
      syscall: 'scandir',
      path: '/runs',
    });
    vi.spyOn(server.studio.library, 'refresh').mockRejectedValueOnce(refusal);
    const { status, text } = await server.ask('/api/runs');
    expect([status, text]).toEqual([429, expect.stringContaining('too many files open (EMFILE)')]);
    expect(await server.json('/api/runs')).toHaveLength(ids.length);
  });

  it('a step beyond all that have random numbers is refused', async () => {
    const steps = `/api/runs/${ids[0]}/coefficients?step=`;
    expect((await server.ask(`${steps}${2 ** 32 - 1}`)).status).toBe(200);
    const { status, text } = await server.ask(`${steps}${2 ** 32}`);
    expect([status, text]).toEqual([400, expect.stringContaining('at most 4294967295')]);
  });

  it('anybody is kept by no cache', async () => {
    expect((await server.ask('/api/runs')).headers['cache-control']).toBe('no-store');
  });
});
