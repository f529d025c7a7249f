import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StudioServer, studioServer } from '../../../testkit/studioServer.ts';
import { parseConfig } from '../../runs/config.ts';
import { Planner } from './planner.ts';

const hostile = { net: 'resnext-80-64x4d', layout: `${'bn '.repeat(100)}conv conv` };

describe('a planner', () => {
  const planner = new Planner();

  it('says of a net what it is, or why there is none', async () => {
    const [net, none] = await Promise.all([
      planner.describe({ dataset: 'digits' }),
      planner.describe({ dataset: 'digits', net: 'vgg' }),
    ]);
    expect(net).toMatchObject({ valid: true, config: { dataset: 'digits' } });
    expect(none).toMatchObject({ valid: false, reason: expect.stringContaining("net 'vgg'") });
  });

  it('refuses to draw more coefficients than are worth showing', async () => {
    const config = parseConfig({ dataset: 'digits', mixing: 'sub-band:bands=1000000' });
    const drawn = planner.coefficients({ config } as never, 0);
    await expect(drawn).rejects.toThrow('the studio draws at most 2000000');
  });

  it('passes over what nobody waits for any more', async () => {
    const gone = planner.describe({ dataset: 'digits' }, AbortSignal.abort());
    await expect(gone).rejects.toThrow('nobody waits');
  });
});

describe('fifty hostile nets at once', () => {
  let server: StudioServer;
  beforeAll(async () => {
    server = await studioServer();
    await server.ask('/api/describe', { body: { config: { dataset: 'digits' } } });
  });
  afterAll(() => server.close());

  it('hold up no other answer', async () => {
    let planned = 0;
    const nets = Array.from({ length: 50 }, () =>
      server.ask('/api/describe', { body: { config: hostile } }).finally(() => planned++),
    );
    for (let asked = 0; asked < 100; asked++)
      expect((await server.ask('/api/runs')).status).toBe(200);
    expect(planned, 'of the fifty, which a thread that answers would plan first').toBeLessThan(50);
    server.studio.planner.close();
    await Promise.all(nets);
  });

  it('and no more than may wait', async () => {
    const nets = Array.from({ length: 80 }, () => server.studio.planner.describe({ net: 'vgg' }));
    const settled = await Promise.allSettled(nets);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(16);
  });
});
