import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFiles } from '../../testkit/dataFiles.ts';
import { colourFolder, plainPng } from '../../testkit/ownData.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';
import { parseConfig } from '../runs/config.ts';
import { runTraining } from '../runs/lifecycle.ts';
import { coefficientsSchema } from './coefficients.ts';
import type { RunSummary } from './library/runSummary.ts';
import { runDetailSchema } from './resources/runs.ts';

let server: StudioServer;
let photos: string;
let run: string;

beforeAll(async () => {
  [server, photos] = await Promise.all([studioServer(), colourFolder()]);
  const config = parseConfig({
    ...{ dataset: photos, net: 'resnext-8-2x4d', features: 2, epochs: 1, batch: 16 },
    augment: 'shift:pixels=1',
  });
  for await (const _ of runTraining({ folder: join(server.folder, 'own'), config, threads: 1 }));
  const [{ id }] = await server.json<RunSummary[]>('/api/runs');
  run = `/api/runs/${id}`;
});
afterAll(async () => {
  await server.close();
  await rm(photos, { recursive: true });
});

it('reads data of any format before a run starts, for those who may', async () => {
  const config = { dataset: photos, net: 'resnext-8-2x4d', features: 2 };
  const unknown = await server.json('/api/describe', { body: { config } });
  expect(unknown).toMatchObject({
    valid: false,
    reason: expect.stringContaining('after reading it'),
  });
  expect((await server.ask('/api/data/check', { body: { config } })).status).toBe(401);
  const check = (dataset: string) =>
    server.json('/api/data/check', { token: true, body: { config: { ...config, dataset } } });
  expect(await check(photos)).toMatchObject({
    ...{ holds: 'images', channels: 3, height: 4, width: 4, notes: [] },
    classes: ['blue', 'green', 'red'].map((name) => ({ name, train: 8, test: 2 })),
  });
  expect(await server.json('/api/describe', { body: { config } })).toMatchObject({ valid: true });
  expect(await check(join(photos, 'none'))).toEqual({
    message: expect.stringContaining('none'),
  });
  expect(await check('digits')).toMatchObject({
    message: expect.stringContaining('need no check'),
  });
});

it('starts a run on data that nobody has checked', async () => {
  const config = { dataset: photos, net: 'resnext-8-2x4d', batch: 16, epochs: 1, seed: 2 };
  const reply = await server.ask('/api/runs', { token: true, body: { config, name: 'own-2' } });
  const { id } = JSON.parse(reply.text);
  expect([reply.status, id]).toEqual([201, expect.any(String)]);
  // Its data are moved and its folder goes when other tests are done.
  const state = async () => (await server.json<RunSummary>(`/api/runs/${id}`)).state;
  await expect.poll(state).toBe('finished');
});

it('shows the images of a run on a folder of its own', async () => {
  const { images, features } = runDetailSchema.parse(await server.json(run));
  expect(images).toMatchObject({
    ...{ channels: 3, height: 4, width: 4 },
    classNames: ['blue', 'green', 'red'],
  });
  expect(features).toBe(2);
  const { status, text } = await server.ask(`${run}/images?split=train&places=0,5`);
  expect([status, text.length]).toEqual([200, 2 * 3 * 4 * 4]);
});

it('shows what the run sees of them in its first epochs', async () => {
  const { way, samples } = await server.json<{
    way: string;
    samples: { place: number; className: string; image: string; versions: string[] }[];
  }>(`${run}/augmentation`);
  expect(way).toBe('shift:pixels=1');
  expect(samples.map(({ place, className }) => [place, className])).toEqual([
    ...[[0, 'blue'] as const, [8, 'green'] as const, [16, 'red'] as const],
    ...[[1, 'blue'] as const, [9, 'green'] as const],
  ]);
  for (const { image, versions } of samples) {
    expect(versions).toHaveLength(9);
    expect(Buffer.from(image, 'base64')).toHaveLength(3 * 4 * 4);
    expect(new Set(versions).size).toBeGreaterThan(1);
  }
});

it('draws its coefficients again', async () => {
  const { forward } = coefficientsSchema.parse(await server.json(`${run}/coefficients`));
  expect(forward.reduce((sum, count) => sum + count)).toBe(3 * 2 * 16);
});

it('knows its classes where the folder is gone, and refuses images that are others now', async () => {
  const elsewhere = `${photos}-elsewhere`;
  const restarted = await studioServer({ folder: server.folder });
  await rename(photos, elsewhere);
  const gone = await restarted.ask(`${run}/images?places=0`);
  expect([gone.status, gone.text]).toEqual([400, expect.stringContaining(photos)]);
  expect(await restarted.json(run)).toMatchObject({ images: { classNames: { length: 3 } } });
  await rename(elsewhere, photos);
  await writeFiles(photos, { 'red/new.png': await plainPng([90, 0, 0]) });
  const changed = await restarted.ask(`${run}/images?places=0`);
  expect([changed.status, changed.text]).toEqual([400, expect.stringContaining('have changed')]);
  await restarted.close();
});
