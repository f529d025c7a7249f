import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/folders.ts';
import { storing } from '../../runs/storing.ts';

/** Workers write a study's report at most so often. */
const turnMilliseconds = 300_000;

/** The folder of a study in which workers take turns: a file for each span of time that was taken. */
const turnsName = 'reporting';

/**
 * Whether it is up to this worker, of all on any hosts, to write the study's report: one may in every
 * five minutes, whoever asks first.
 *
 * @param now in milliseconds
 */
export async function takeTurn(out: string, now = Date.now()): Promise<boolean> {
  const folder = join(out, turnsName);
  const turn = String(Math.floor(now / turnMilliseconds));
  await storing(folder, () => makeFolder(folder));
  try {
    await (await open(join(folder, turn), 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return storing(folder, () => Promise.reject(error));
  }
  const earlier = (await readdir(folder)).filter((name) => name !== turn);
  await Promise.all(earlier.map((name) => rm(join(folder, name), { force: true })));
  return true;
}
