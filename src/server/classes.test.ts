import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { type StudioServer, studioServer } from '../../testkit/studioServer.ts';
import { writePredictions } from '../runs/predictions.ts';
import { assessedSchema } from './assessments.ts';
import { idOf } from './library/ids.ts';

let server: StudioServer;
beforeAll(async () => {
  server = await studioServer();
  for (const [name, done] of [
    ['kept', 10],
    ['old', 10],
    ['half', 4],
  ] as const)
    await fakeRun(join(server.folder, name), { done });
  await keep([0, 0, 0, 1], [0, 3, 3, 1]);
});
afterAll(() => server.close());

/** Keeps predictions of ten classes, the later the more confident. */
async function keep(labels: number[], predicted: number[]): Promise<void> {
  const logits = Float32Array.from({ length: 10 * labels.length }, (_, i) => {
    const sample = Math.floor(i / 10);
    return i % 10 === predicted[sample] ? 3 + sample : 0;
  });
  const indices = Int32Array.from(labels.keys());
  const test = { logits, labels: Int32Array.from(labels), indices, classes: 10 };
  await writePredictions(join(server.folder, 'kept'), { step: 100, splits: { test } });
}

const at = (name: string, rest = '') => `/api/runs/${idOf('run', name)}/classes${rest}`;

describe('the classes of a run', () => {
  it('are told as its predictions say', async () => {
    const found = assessedSchema.parse(await server.json(at('kept'))).assessment!;
    expect(found).toMatchObject({ step: 100, samples: 4, accuracy: { share: 0.5 } });
    expect(found.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(found.confusion[0].slice(0, 4)).toEqual([1, 0, 0, 2]);
    expect(found.perClass[2]).toMatchObject({
      recall: null,
      missing: ['no samples', 'never predicted'],
    });
    expect(found.wrongest.map(({ sample }) => sample)).toEqual([2, 1]);
  });

  it('of a cell are its samples, the most confident first, as many as asked for', async () => {
    const cell = await server.json<{ count: number; samples: object[] }>(at('kept', '/0/3'));
    expect(cell.count).toBe(2);
    expect(cell.samples).toMatchObject([{ sample: 2 }, { sample: 1 }]);
    const few = await server.json<{ count: number; samples: object[] }>(at('kept', '/0/3?count=1'));
    expect([few.count, few.samples.length]).toEqual([2, 1]);
    expect(await server.json(at('kept', '/7/7'))).toEqual({ count: 0, samples: [] });
    expect((await server.ask(at('kept', '/0/3?count=257'))).status).toBe(400);
  });

  it('are told anew once a run keeps others', async () => {
    await keep([5, 5], [5, 6]);
    const { assessment } = assessedSchema.parse(await server.json(at('kept')));
    expect(assessment).toMatchObject({ samples: 2, accuracy: { share: 0.5 } });
  });

  it.each([
    ['old', 'this run keeps no predictions of its images; `shakelab evaluate`'],
    ['half', 'once the run is trained to its end'],
  ])('are not known of a run without predictions: %s', async (name, why) => {
    const found = assessedSchema.parse(await server.json(at(name)));
    expect(found).toEqual({ assessment: null, missing: expect.stringContaining(why) });
    expect(await server.json(at(name, '/0/0'))).toEqual({ count: 0, samples: [] });
  });
});
