import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownSets } from '../../testkit/ownSets.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';
import type { RunDetail } from './resources/runs.ts';

let server: StudioServer;

beforeAll(async () => {
  server = await studioServer();
});
afterAll(() => server.close());

// What the page's New run asks for: the data are read and told of, then a run is started on them.
test.each(ownSets)('an epoch on $holds', async ({ holds, write, count, settings }) => {
  const small = { net: 'resnext-8-2x2d', batch: 16, epochs: 1 };
  const config = { dataset: await write(), ...small, ...settings };
  const checked = await server.json('/api/data/check', { token: true, body: { config } });
  expect(checked).toMatchObject({ holds });
  const body = { config, name: holds.replace(/\W+/g, '-').toLowerCase() };
  const { id } = await server.json<{ id: string }>('/api/runs', { token: true, body });
  const detail = () => server.json<RunDetail>(`/api/runs/${id}`);
  await expect.poll(async () => (await detail()).state).toBe('finished');
  const { data } = await detail();
  expect(data!.train + data!.test).toBe(count);
});
