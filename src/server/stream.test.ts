import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStream, type ReceivedEvent } from '../../testkit/eventStream.ts';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';

let server: StudioServer;
beforeEach(async () => {
  server = await studioServer();
});
afterEach(() => server.close());

const kindsOf = (events: ReceivedEvent[]) => events.map(({ event }) => event);

/** The newest event that the list of runs knows of. */
const newest = async () => String((await server.ask('/api/runs')).headers['last-event-id']);

it('begins with a reset, and then tells what changes to all who listen', async () => {
  const [one, other] = [await openStream(server.port), await openStream(server.port)];
  expect(kindsOf([...(await one.take(1)), ...(await other.take(1))])).toEqual(['reset', 'reset']);
  await fakeRun(join(server.folder, 'run'), { done: 1 });
  const [told] = await one.take(1);
  expect(told).toMatchObject({ event: 'run', data: { name: 'run', state: 'interrupted' } });
  expect(await other.take(1)).toEqual([told]);
  const line = { kind: 'step', step: 20, steps: 100, epoch: 2, loss: 1, error: 50 };
  const rates = { learningRate: 0.1, imagesPerSecond: 500 };
  await appendFile(
    join(server.folder, 'run', 'metrics.jsonl'),
    `${JSON.stringify({ ...line, ...rates })}\n`,
  );
  const news = await one.take(2);
  expect(news).toMatchObject([
    { event: 'run', data: { progress: { step: 20 } } },
    { event: 'metrics', data: { metrics: { steps: { step: [20] } } } },
  ]);
  expect(await other.take(2)).toEqual(news);
});

it('goes on after the last event that came before the connection broke', async () => {
  const broken = await openStream(server.port, await newest());
  await fakeRun(join(server.folder, 'one'));
  const [seen] = await broken.take(1);
  broken.drop();
  // Nobody looks unasked, nor is looking any more: not while a run goes file by file.
  server.studio.watch.stop();
  await newest();
  await fakeRun(join(server.folder, 'two'), { seed: 2 });
  await server.ask('/api/runs');
  await rm(join(server.folder, 'one'), { recursive: true });
  const again = await openStream(server.port, seen.id);
  expect(await again.take(2)).toMatchObject([
    { event: 'run', data: { name: 'two' } },
    { event: 'gone', data: { id: (seen.data as { id: string }).id } },
  ]);
});

it('misses nothing between the list of runs and the stream', async () => {
  const listed = await newest();
  await fakeRun(join(server.folder, 'between'));
  await server.ask('/api/runs');
  const stream = await openStream(server.port, listed);
  expect(await stream.take(1)).toMatchObject([{ event: 'run', data: { name: 'between' } }]);
});

it('asks a page of another studio to fetch everything', async () => {
  const elsewhere = await studioServer();
  const { headers } = await elsewhere.ask('/api/runs');
  await elsewhere.close();
  const stream = await openStream(server.port, String(headers['last-event-id']));
  expect(kindsOf(await stream.take(1))).toEqual(['reset']);
});
