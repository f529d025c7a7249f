import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { pathOf, post } from '../../testkit/posting.ts';
import { openStudio, type Studio } from './studio.ts';

let root = '';
let studio: Studio;

beforeEach(async () => {
  root = await temporaryFolder();
  await fakeRun(join(root, 'a'), { done: 2 });
  studio = await openStudio({ folder: root });
});

describe('keeping runs in order', () => {
  it('labels a run, and the list has it', async () => {
    const { status, answer } = await post(studio, await pathOf(studio, 'labels'), {
      tags: ['x'],
      note: 'so so',
    });
    expect([status, answer]).toEqual([200, { tags: ['x'], note: 'so so', archived: false }]);
    expect(studio.library.list()[0]).toMatchObject({ tags: ['x'], note: 'so so', archived: false });
    const wrong = await post(studio, await pathOf(studio, 'labels'), { tags: ['two words'] });
    expect(wrong.status).toBe(400);
    expect(wrong.answer.message).toContain('a tag has up to 32 letters');
  });

  it('renames a run, which gets another id', async () => {
    const { status, answer } = await post<{ id: string; name: string }>(
      studio,
      await pathOf(studio, 'rename'),
      { name: 'b' },
    );
    expect([status, answer.name]).toEqual([200, 'b']);
    expect(studio.library.list().map(({ id, name }) => [id, name])).toEqual([[answer.id, 'b']]);
    expect((await post(studio, await pathOf(studio, 'rename'), { name: '../b' })).status).toBe(400);
  });

  it('deletes a run whose name is said', async () => {
    const path = await pathOf(studio, 'delete');
    expect(await post(studio, path, { name: 'b' })).toMatchObject({
      status: 400,
      answer: { message: "name 'b': the run is called a; say its name" },
    });
    expect(existsSync(join(root, 'a'))).toBe(true);
    expect((await post(studio, path, { name: 'a' })).status).toBe(200);
    expect(existsSync(join(root, 'a'))).toBe(false);
    expect(studio.library.list()).toEqual([]);
  });
});

describe('trying a run', () => {
  it('is refused of a run without checkpoint, and of another type', async () => {
    expect((await post(studio, await pathOf(studio, 'predictions'), Buffer.from('x'))).status).toBe(
      409,
    );
    expect((await post(studio, await pathOf(studio, 'predictions'), { a: 1 })).status).toBe(415);
    expect((await post(studio, await pathOf(studio, 'labels'), Buffer.from('{}'))).status).toBe(
      415,
    );
    const large = await post(studio, await pathOf(studio, 'labels'), { note: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
  });
});
