import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shakelab } from '../../testkit/shakelab.ts';
import { openStudio } from '../../testkit/studioCommand.ts';
import type { RunSummary } from '../server/library/runSummary.ts';
import type { Standing } from '../server/resources/changes.ts';
import type { Session } from '../server/resources/session.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-studio-'));
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

/** Asks a studio by the address it printed; with a body it starts or stops something. */
async function ask<Answer>(address: string, path: string, body?: object): Promise<Answer> {
  const { origin, hash } = new URL(address);
  const response = await fetch(origin + path, {
    method: body ? 'POST' : 'GET',
    headers: {
      Authorization: `Bearer ${hash.replace('#token=', '')}`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  });
  expect(response.ok, `${path}: ${response.status}`).toBe(true);
  return (await response.json()) as Answer;
}

const portOf = ({ address }: { address: string }) => Number(new URL(address).port);

describe('shakelab studio', () => {
  it('prints an address whose token may start runs, and ends when it is interrupted', async () => {
    const studio = await openStudio(folder, '--port', '0');
    expect(new URL(studio.address).hostname).toBe('127.0.0.1');
    expect(await ask<Session>(studio.address, '/api/session')).toMatchObject({
      folder,
      format: 1,
      mayWrite: true,
    });
    expect(await studio.close()).toMatchObject({ code: 0, err: 'closing; runs go on\n' });
    await expect(fetch(studio.address)).rejects.toThrow();
  });

  it('takes another port where the one asked for is taken', async () => {
    const first = await openStudio(folder, '--port', '0');
    const second = await openStudio(folder, '--port', String(portOf(first)));
    expect(portOf(second)).not.toBe(portOf(first));
    await ask<Session>(second.address, '/api/session');
    await Promise.all([first.close(), second.close()]);
  });

  it.each([
    [['--port', '70000'], '--port 70000: must be a whole number from 0 to 65535'],
    [['--port', '1e3'], '--port 1e3: must be a whole number'],
    [['--host', '0.0.0.0'], '--host 0.0.0.0: beyond this machine the studio needs a password'],
  ])('refuses %j', async (flags, reason) => {
    const { code, err } = await shakelab('studio', folder, '--no-open', ...flags);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
  });
});

describe('a run that the studio started', () => {
  const config = { dataset: 'digits', net: 'resnext-8-2x4d', trainSize: 512, epochs: 100_000 };
  const standing = async (address: string) => (await ask<RunSummary[]>(address, '/api/runs'))[0];
  const stepOf = async (address: string) => (await standing(address)).progress?.step ?? 0;

  it('goes on without it; another studio pauses, resumes and stops it', async () => {
    const first = await openStudio(folder, '--port', '0');
    const { id } = await ask<Standing>(first.address, '/api/runs', { config, name: 'lasting' });
    await expect.poll(() => stepOf(first.address)).toBeGreaterThan(0);
    await first.close();

    const second = await openStudio(folder, '--port', '0');
    const found = await standing(second.address);
    expect(found).toMatchObject({ id, name: 'lasting', state: 'running' });
    const before = found.progress!.step;
    await expect.poll(() => stepOf(second.address)).toBeGreaterThan(before);
    for (const [deed, state] of [
      ['pause', 'paused'],
      ['resume', 'running'],
      ['stop', 'stopped'],
    ]) {
      await ask<Standing>(second.address, `/api/runs/${id}/${deed}`, {});
      const now = async () => (await standing(second.address)).state;
      await expect.poll(now).toBe(state);
    }
    await second.close();
  });
});
