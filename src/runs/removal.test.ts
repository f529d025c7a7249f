import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testkit/dataFiles.ts';
import { fakeRun } from '../../testkit/fakeRuns.ts';
import { changeLabels, labelsPath, readLabels } from './labels.ts';
import { claimFolder } from './lease.ts';
import { deleteRun, renameRun, sizeOfRun } from './removal.ts';

let [root, run] = ['', ''];
beforeEach(async () => {
  root = await temporaryFolder();
  run = join(root, 'a');
  await fakeRun(run, { done: 2 });
});

/** Holds a folder as training does. */
async function hold(folder: string) {
  const claimed = await claimFolder(folder).next();
  if (!claimed.done) throw new Error('the folder is waited for');
  return claimed.value!;
}

describe('labels', () => {
  it('are added, taken away and kept', async () => {
    await changeLabels(run, { tag: ['baseline', 'été'], note: 'rate too high' });
    const { tags } = await changeLabels(run, {
      tag: ['baseline', 'v2.1'],
      untag: ['été'],
      archived: true,
    });
    expect(tags).toEqual(['baseline', 'v2.1']);
    expect(await readLabels(run)).toEqual({ tags, note: 'rate too high', archived: true });
  });

  it.each([
    [{ tag: ['two words'] }, 'tag two words: a tag has up to 32 letters'],
    [{ tag: ['-x'] }, 'tag -x: a tag has'],
    [{ note: 'x'.repeat(5000) }, 'note: a note has at most 4096 letters'],
    [{ tag: Array.from({ length: 40 }, (_, i) => `t${i}`) }, 'tag: a run has at most 32 tags'],
  ])('of no fitting form are refused: %j', async (change, message) => {
    await expect(changeLabels(run, change)).rejects.toThrow(message);
    expect(existsSync(labelsPath(run))).toBe(false);
  });

  it('of a newer format or of no run are refused', async () => {
    await writeFile(labelsPath(run), '{"format": 2}');
    await expect(readLabels(run)).rejects.toThrow('labels of format 2');
    await expect(changeLabels(root, {})).rejects.toThrow('no run is kept there');
  });
});

describe('deleting', () => {
  it('leaves nothing, not even what a killed deletion left', async () => {
    const before = join(root, `.b.${hostname().replace(/[^A-Za-z0-9]/g, '_')}-999999999.deleted`);
    await mkdir(before);
    expect((await sizeOfRun(run)).files).toBeGreaterThan(1);
    await deleteRun(run);
    expect(readdirSync(root)).toEqual([]);
  });

  it('does not follow links within the run', async () => {
    const other = join(root, 'kept');
    await mkdir(other);
    await writeFile(join(other, 'file'), 'x');
    await symlink(other, join(run, 'link'));
    await deleteRun(run);
    expect(readdirSync(other)).toEqual(['file']);
  });

  it('is refused while somebody trains there, and possible afterwards', async () => {
    const lease = await hold(run);
    await expect(deleteRun(run)).rejects.toThrow('is training there; wait for it, or end it');
    await expect(renameRun(run, 'b')).rejects.toThrow('is training there');
    await lease.release();
    await deleteRun(run);
    expect(existsSync(run)).toBe(false);
  });

  it.each(['run.json', 'study.json'])('is refused where another %s lies within', async (name) => {
    await mkdir(join(run, 'inner'));
    await writeFile(join(run, 'inner', name), '{}');
    await expect(deleteRun(run)).rejects.toThrow(`holds ${join(run, 'inner', name)}`);
  });

  it('is refused of a link, and of what is no run', async () => {
    await rename(run, join(root, 'elsewhere'));
    await symlink(join(root, 'elsewhere'), run);
    await expect(deleteRun(run)).rejects.toThrow('is a link; give the folder that it leads to');
    await expect(deleteRun(root)).rejects.toThrow('no run is kept there');
    expect(readdirSync(join(root, 'elsewhere'))).toContain('run.json');
  });
});

describe('renaming', () => {
  it('moves the folder and leaves it free to be trained in', async () => {
    const to = await renameRun(run, 'new name');
    expect(to).toBe(join(root, 'new name'));
    expect(readdirSync(root)).toEqual(['new name']);
    await (await hold(to)).release();
  });

  it.each(['', '..', '.hidden', 'a/b', 'x'.repeat(65)])('to %j is refused', async (name) => {
    await expect(renameRun(run, name)).rejects.toThrow('a name has up to 64 letters');
  });

  it('to a name that is taken is refused, and of a run that a study finds by its name', async () => {
    await mkdir(join(root, 'b'));
    await expect(renameRun(run, 'b')).rejects.toThrow('the name is taken');
    await writeFile(join(root, 'study.json'), '{}');
    await expect(renameRun(run, 'c')).rejects.toThrow('belongs to the study in');
  });
});
