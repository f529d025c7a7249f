import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type StudioServer, studioServer } from '../../../testkit/studioServer.ts';
import { allowedHosts } from './hosts.ts';
import { Bucket } from './limits.ts';

const start = { config: { dataset: 'digits', net: 'vgg' } };
let server: StudioServer;
let own: string;
beforeAll(async () => {
  server = await studioServer();
  own = `127.0.0.1:${server.port}`;
});
afterAll(() => server.close());

describe('a name that somebody else points here (DNS rebinding)', () => {
  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil',
    '10.0.0.1',
    'local host',
  ])('is refused: %s', async (Host) => {
    for (const path of ['/', '/api/runs', '/api/events']) {
      expect([400, 403]).toContain((await server.ask(path, { headers: { Host } })).status);
    }
  });

  it.each(['localhost', 'LOCALHOST:8080', '[::1]:4242', '127.0.0.1'])(
    'is not: %s',
    async (Host) => {
      expect((await server.ask('/api/runs', { headers: { Host } })).status).toBe(200);
    },
  );
});

describe("another site's page", () => {
  it.each(['http://evil.example', 'null', 'http://localhost:3000', 'https://127.0.0.1'])(
    'of origin %s reads and starts nothing, even with the token',
    async (Origin) => {
      const headers = { Origin };
      expect((await server.ask('/api/runs', { headers })).status).toBe(403);
      expect((await server.ask('/api/runs', { headers, body: start, token: true })).status).toBe(
        403,
      );
    },
  );

  it.each(['cross-site', 'same-site'])('is known by what browsers say: %s', async (site) => {
    const headers = { 'Sec-Fetch-Site': site };
    expect((await server.ask('/api/runs', { headers })).status).toBe(403);
    expect((await server.ask('/', { headers })).status).toBe(200);
  });

  it('is never allowed to read by CORS', async () => {
    const { headers } = await server.ask('/api/runs', { method: 'OPTIONS' });
    expect(Object.keys(headers).filter((name) => /access-control/.test(name))).toEqual([]);
  });

  it('cannot be taken for our own', async () => {
    const headers = { Origin: `http://${own}`, 'Sec-Fetch-Site': 'same-origin' };
    const { status, text } = await server.ask('/api/runs', { headers, body: start, token: true });
    expect([status, JSON.parse(text).message]).toEqual([400, expect.stringContaining("net 'vgg'")]);
  });
});

describe('without the token', () => {
  const id = 'AAAAAAAAAAAA';
  it.each([
    `/api/runs`,
    '/api/estimate',
    `/api/runs/${id}/pause`,
    `/api/runs/${id}/stop`,
    `/api/runs/${id}/resume`,
  ])('nothing starts or stops: %s', async (path) => {
    const guesses: Record<string, string>[] = [
      {},
      { Authorization: 'Bearer ' },
      { Authorization: 'Bearer x' },
      { 'X-Shakelab-Token': `${server.studio.token}x` },
    ];
    for (const headers of guesses) {
      expect((await server.ask(path, { method: 'POST', headers, body: start })).status).toBe(401);
    }
  });

  it('the token is in no answer', async () => {
    for (const path of ['/', '/api/session', '/api/openapi.json', '/api/runs']) {
      const { text, headers } = await server.ask(path);
      expect(text + JSON.stringify(headers)).not.toContain(server.studio.token);
    }
    expect(await server.json('/api/session')).toMatchObject({ format: 1, mayWrite: false });
    expect(await server.json('/api/session', { token: true })).toMatchObject({ mayWrite: true });
  });
});

describe('paths', () => {
  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '//etc/passwd',
    '/index.html%00',
    '/api/runs/..%2f..',
    '/api/runs/%2e%2e',
    '/api/studies/....//report',
    '/api/runs/a%00b',
  ])('lead nowhere: %s', async (path) => {
    const { status, text } = await server.ask(path);
    expect([400, 404]).toContain(status);
    expect(text).not.toMatch(/"version"|root:/);
  });

  it.each(['../out', '/tmp/out', 'a/b', '.hidden', '', 'a\0b', 'x'.repeat(65)])(
    'are no name of a run: %j',
    async (name) => {
      const { status } = await server.ask('/api/runs', { body: { ...start, name }, token: true });
      expect(status).toBe(400);
    },
  );

  it('cannot be smuggled in as flags', async () => {
    const config = { dataset: '--out=/tmp/out' };
    const { status } = await server.ask('/api/runs', { body: { config }, token: true });
    expect(status).toBe(400);
  });
});

describe('answers', () => {
  it('allow no inline script, no frame and no sniffing', async () => {
    const { headers } = await server.ask('/');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
  });

  it('have them when they refuse, too', async () => {
    const { headers } = await server.ask('/api/runs', { headers: { Host: 'evil.example' } });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});

/** Nothing fills up again while a test asks, however long it takes. */
function stopClock(): void {
  const now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now);
  onTestFinished(() => clock.mockRestore());
}

describe('what is too much', () => {
  it('is a body that no request needs', async () => {
    const body = { config: { layout: 'x'.repeat(70_000) } };
    expect((await server.ask('/api/describe', { body })).status).toBe(413);
  });

  it('is a request after request', async () => {
    stopClock();
    const busy = await studioServer();
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => busy.ask('/api/estimate', { body: start, token: true })),
    );
    await busy.close();
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  it('fills up again', () => {
    let now = 0;
    const bucket = new Bucket({ burst: 2, perSecond: 1 }, () => now);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
    now = 1500;
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  });
});

describe('beyond loopback', () => {
  let open: StudioServer;
  const basic = (password: string) => ({
    Authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}`,
  });
  beforeAll(async () => {
    open = await studioServer({ host: '0.0.0.0', password: 'open sesame' });
  });
  afterAll(() => open.close());

  it('everything needs the password, and changes the token as well', async () => {
    for (const path of ['/', '/api/runs', '/api/openapi.json']) {
      const { status, headers } = await open.ask(path);
      expect([status, headers['www-authenticate']]).toEqual([401, expect.stringMatching(/^Basic/)]);
      expect((await open.ask(path, { headers: basic('open sesame') })).status).toBe(200);
    }
    const headers = basic('open sesame');
    expect((await open.ask('/api/runs', { headers, body: start })).status).toBe(401);
    const both = { ...headers, 'X-Shakelab-Token': open.studio.token };
    expect((await open.ask('/api/runs', { headers: both, body: start })).status).toBe(400);
  });

  it('its names are its own addresses, never any domain', () => {
    const hosts = allowedHosts('0.0.0.0');
    expect(hosts).toContain('127.0.0.1');
    expect(hosts).toContain(hostname().toLowerCase());
    expect(hosts).not.toContain('evil.example');
  });

  it('guessing the password is made slow', async () => {
    stopClock();
    const statuses = [];
    for (let guess = 0; guess < 12; guess++) {
      statuses.push((await open.ask('/', { headers: basic(`guess ${guess}`) })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect((await open.ask('/', { headers: basic('open sesame') })).status).toBe(429);
  });
});
