import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';
import { encodeHeader } from '../runs/frames/format.ts';
import { buildApp } from './app.ts';
import { descriptionSchema } from './description.ts';
import { type RunSummary, runSummarySchema } from './library/runSummary.ts';
import { runDetailSchema } from './resources/runs.ts';
import { vocabularySchema } from './resources/vocabulary.ts';

let server: StudioServer;
beforeAll(async () => {
  server = await studioServer();
});
afterAll(() => server.close());

const runNamed = async (name: string): Promise<RunSummary> =>
  (await server.json<RunSummary[]>('/api/runs')).find((run) => run.name === name)!;

/** Every route of the API but its description, as `get /api/runs/{id}`. */
const answered = () =>
  new Set(
    buildApp(server.studio)
      .routes.filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
      .filter(({ path }) => path !== '/api/openapi.json')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`),
  );

describe('the description of the API', () => {
  it('has every route that answers, and no other', async () => {
    const { paths } = await server.json<{ paths: object }>('/api/openapi.json');
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).toEqual([...answered()].sort());
  });

  it('tells of every route what the checks before it may refuse', async () => {
    type Described = Record<string, Record<string, { responses: Record<string, object> }>>;
    const { paths } = await server.json<{ paths: Described }>('/api/openapi.json');
    const schema = { $ref: '#/components/schemas/Problem' };
    const told = { content: { 'application/json': { schema } } };
    for (const { responses } of Object.values(paths).flatMap((methods) => Object.values(methods))) {
      for (const status of [401, 403, 405, 413, 415, 429]) {
        expect(responses[status]).toMatchObject(told);
      }
    }
  });

  it('has a run without a config as one', async () => {
    const { components } = await server.json<{
      components: { schemas: Record<string, { properties: object }> };
    }>('/api/openapi.json');
    const { RunSummary, RunDetail } = components.schemas;
    const config = { anyOf: [{ $ref: '#/components/schemas/Config' }, { type: 'null' }] };
    expect(RunSummary.properties).toMatchObject({ config });
    expect(RunDetail.properties).toMatchObject({ config });
  });

  it('answers at every GET route, if only that there is none of the id', async () => {
    const gets = [...answered()].filter((route) => /^get (?!.*events)/.test(route));
    expect(gets.length).toBeGreaterThan(10);
    for (const route of gets) {
      const [, path] = route.split(' ');
      const address = path
        .replace('{id}', 'AAAAAAAAAAAA')
        .replace(/{(index|label|predicted)}/g, '0');
      const { status, text } = await server.ask(address);
      expect([200, 400, 404], `${address}: ${text}`).toContain(status);
      expect(text).not.toContain('not found');
    }
  });
});

describe('a folder of runs', () => {
  it('is listed with what the metrics tell', async () => {
    await fakeRun(join(server.folder, 'half'), { done: 4 });
    await fakeRun(join(server.folder, 'deep', 'whole'), { done: 10, seed: 2 });
    const runs = z.array(runSummarySchema).parse(await server.json('/api/runs'));
    expect(runs.map(({ name }) => name)).toEqual(['deep/whole', 'half']);
    expect(runs[0]).toMatchObject({ state: 'finished', lastEpoch: { epoch: 10, testError: 9 } });
    expect(runs[1]).toMatchObject({
      state: 'interrupted',
      progress: { step: 40, steps: 100, epoch: 4, epochs: 10 },
      secondsLeft: null,
      imagesPerSecond: 500,
    });
  });

  it('shows a run by itself, with its curves', async () => {
    const { id } = await runNamed('half');
    expect(runDetailSchema.parse(await server.json(`/api/runs/${id}`))).toMatchObject({
      features: 16,
      images: { channels: 1, height: 28, width: 28 },
      checkpoint: false,
      command: expect.stringContaining('--out half'),
    });
    expect(await server.json(`/api/runs/${id}/metrics?after=20`)).toMatchObject({
      steps: { step: [30, 40] },
      epochs: { epoch: [3, 4] },
    });
  });

  it('says what it cannot do yet', async () => {
    const { id } = await runNamed('half');
    for (const path of [`/api/runs/${id}/embedding`, `/api/compare?ids=${id}`]) {
      const { status, text } = await server.ask(path);
      expect([status, text]).toEqual([409, expect.stringContaining('no checkpoint yet')]);
    }
    expect(await server.json(`/api/runs/${id}/frames`)).toMatchObject({ every: null, steps: [] });
    expect(
      (await server.ask(`/api/runs/${id}/pause`, { method: 'POST', token: true })).status,
    ).toBe(409);
  });

  it('is never broken by a malformed run', async () => {
    const files: Record<string, string> = {
      empty: '',
      text: 'no JSON',
      nothing: 'null',
      list: '[]',
      number: '1e999',
      strange: '{"config":{"dataset":7}}',
      binary: '\0\xff\0',
    };
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(server.folder, 'bad', name), { recursive: true });
      await writeFile(join(server.folder, 'bad', name, 'run.json'), content);
    }
    const odd = join(server.folder, 'bad', 'odd');
    await fakeRun(odd, { dataset: 'nowhere', net: 'vgg', mixing: 'none', done: 1 });
    await writeFile(
      join(odd, 'metrics.jsonl'),
      'null\n{"kind":"step"}\n{"kind":"__proto__"}\n[]\nx\n',
    );
    for (const name of ['training.lock', 'halt.json', 'frames.bin', 'checkpoint.safetensors']) {
      await writeFile(join(odd, name), '\0{');
    }
    const looped = join(server.folder, 'bad', 'folders');
    await fakeRun(looped);
    for (const name of ['frames.bin', 'halt.json']) await mkdir(join(looped, name));

    const runs = z.array(runSummarySchema).parse(await server.json('/api/runs'));
    expect(runs).toHaveLength(2 + 9);
    expect(runs.filter(({ state }) => state === 'broken')).toHaveLength(7);
    for (const { id } of runs) {
      for (const part of [
        '',
        '/metrics',
        '/frames',
        '/frames/0',
        '/coefficients',
        '/embedding',
        '/images?places=0',
        '/augmentation',
      ]) {
        const { status, text } = await server.ask(`/api/runs/${id}${part}`);
        expect(status, `${part}: ${text}`).toBeLessThan(500);
      }
    }
  });

  it('shows nothing that links lead to outside of it', async () => {
    const elsewhere = await studioServer();
    await fakeRun(join(elsewhere.folder, 'secret'));
    await symlink(elsewhere.folder, join(server.folder, 'link'));
    const names = (await server.json<RunSummary[]>('/api/runs')).map(({ name }) => name);
    await elsewhere.close();
    expect(names.filter((name) => /secret/.test(name))).toEqual([]);
  });
});

describe('files that lie', () => {
  const gigabytes = async (path: string, content = '') => {
    await writeFile(path, content);
    await truncate(path, 4e9);
  };

  it('cost nothing and end nothing: 4 GB that take no room, pipes, headers that claim too much', async () => {
    const lying = await studioServer();
    const read = ['frames.bin', 'metrics.jsonl', 'summary.json', 'predictions.safetensors'];
    const names = [...read, 'halt.json', 'training.lock', 'run.json'];
    const headed = encodeHeader({ every: 1, features: 2, places: [1], labels: [1] });
    for (const name of names) {
      await fakeRun(join(lying.folder, `large-${name}`), { done: 2 });
      await gigabytes(join(lying.folder, `large-${name}`, name));
      await fakeRun(join(lying.folder, `pipe-${name}`), { done: 2 });
      await rm(join(lying.folder, `pipe-${name}`, name), { force: true });
      execFileSync('mkfifo', [join(lying.folder, `pipe-${name}`, name)]);
    }
    await fakeRun(join(lying.folder, 'framed'), { done: 2 });
    await writeFile(join(lying.folder, 'framed', 'frames.bin'), headed);
    await truncate(join(lying.folder, 'framed', 'frames.bin'), 4e9);
    const before = process.memoryUsage.rss();
    const runs = z.array(runSummarySchema).parse(await lying.json('/api/runs'));
    expect(runs).toHaveLength(2 * names.length);
    expect(runs.find(({ name }) => name === 'large-run.json')).toMatchObject({
      state: 'broken',
      problem: expect.stringContaining('such a file holds at most 16.0 MB'),
    });
    for (const { id } of runs)
      for (const part of [
        '',
        '/metrics',
        '/frames',
        '/frames/0?count=64',
        '/coefficients',
        '/classes',
      ]) {
        const { status, text } = await lying.ask(`/api/runs/${id}${part}`);
        expect(status, `${part}: ${text.slice(0, 200)}`).toBeLessThan(500);
      }
    expect(process.memoryUsage.rss() - before, 'bytes of memory').toBeLessThan(400e6);
    await lying.close();
  });

  it('that are links lead nowhere out of the root', async () => {
    const linked = await studioServer();
    const secret = join(linked.folder, '..', `secret-${process.pid}.txt`);
    await writeFile(secret, 'secret');
    await mkdir(join(linked.folder, 'study'));
    await writeFile(join(linked.folder, 'study', 'study.json'), '{}');
    await symlink(secret, join(linked.folder, 'study', 'report.html'));
    const [{ id }] = await linked.json<{ id: string }[]>('/api/studies');
    const report = await linked.ask(`/api/studies/${id}/report`);
    await fakeRun(join(linked.folder, 'run'));
    await symlink(tmpdir(), join(linked.folder, 'run', 'embeddings'));
    await rm(join(linked.folder, 'run', 'metrics.jsonl'));
    await symlink(secret, join(linked.folder, 'run', 'metrics.jsonl'));
    const [run] = await linked.json<RunSummary[]>('/api/runs');
    const metrics = await linked.ask(`/api/runs/${run.id}/metrics`);
    await linked.close();
    await rm(secret);
    expect([report.status, report.text]).toEqual([404, expect.not.stringContaining('secret')]);
    expect([metrics.status, metrics.text]).toEqual([404, expect.stringContaining('a link leads')]);
  });
});

it('lists 200 runs soon', async () => {
  const many = await studioServer();
  const runs = Array.from({ length: 200 }, (_, seed) =>
    fakeRun(join(many.folder, `run-${seed}`), { seed, epochs: 500, done: 400 }),
  );
  await Promise.all(runs);
  const started = process.cpuUsage();
  const listed = await many.json<RunSummary[]>('/api/runs');
  const { user, system } = process.cpuUsage(started);
  await many.close();
  expect(listed).toHaveLength(200);
  expect((user + system) / 1e6, 'seconds of a processor; a third of one is usual').toBeLessThan(5);
});

describe('nets', () => {
  const describeNet = async (config: object) =>
    descriptionSchema.parse(await server.json('/api/describe', { body: { config } }));

  it('are described before anybody trains them', async () => {
    const net = await describeNet({
      net: 'resnext-26-2x64d',
      layout: 'preact-bn',
      dataset: 'cifar10',
    });
    expect(net).toMatchObject({ valid: true, parameters: 11_660_186, layout: { after: [] } });
    expect(net).toHaveProperty('figure', expect.stringMatching(/^<svg/));
  });

  it.each([
    [{ layout: 'bn relu' }, 'add a conv'],
    [{ mixing: 'shaken' }, 'the laws are'],
    [{ net: 'resnext-9998-64x4096d' }, 'choose a smaller'],
    [{ dataset: 'mnits' }, 'there is no such data set'],
  ])('that cannot be say why: %j', async (config, reason) => {
    const net = await describeNet(config);
    expect(net).toMatchObject({ valid: false, reason: expect.stringContaining(reason) });
  });

  it('are checked by the schema of the command line', async () => {
    const { status, text } = await server.ask('/api/describe', {
      body: { config: { batch: 100 } },
    });
    expect([status, text]).toEqual([400, expect.stringContaining('try 96 or 112')]);
  });

  it.each(['/api/describe', '/api/estimate'])(
    'are refused by %s in words of the config',
    async (path) => {
      const { text } = await server.ask(path, {
        body: { config: { imageSize: 'big' } },
        token: true,
      });
      expect(text).toContain('"imageSize big: a size is auto');
      expect(text).not.toMatch(/\p{Co}|--/u);
    },
  );

  it('are made of words that the page can ask for', async () => {
    const words = vocabularySchema.parse(await server.json('/api/vocabulary'));
    expect(words.layouts['preact-bn']).toBe('bn relu conv bn relu conv bn');
    expect(words.mixings).toContain('shake-shake');
  });
});
