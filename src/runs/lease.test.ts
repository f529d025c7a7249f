import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contest, startContender, writeLease } from '../../testkit/leaseProcess.ts';
import { RequestError } from '../errors.ts';
import * as reading from '../files/read.ts';
import { ownPlace } from '../processes/place.ts';
import { isTraining, trainingHost } from './holders.ts';
import {
  type ClaimOptions,
  claimFolder,
  type Lease,
  longestSilence,
  SupersededError,
} from './lease.ts';
import * as files from './leaseFiles.ts';
import { leasePath } from './leaseFiles.ts';
import { lockFile } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shakelab-lease-'));
});
/** Processes of a test: ended after it, before what they write is removed. */
const started: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(ended));
  rmSync(folder, { recursive: true });
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Claims the folder; returns the lease and what was said meanwhile. */
async function claim(options: ClaimOptions = {}, where = folder) {
  const notes: string[] = [];
  const claiming = claimFolder(where, options);
  for (;;) {
    const { done, value } = await claiming.next();
    if (done) return { lease: value, notes };
    notes.push(value.text);
  }
}

/** Starts a process that claims folders, and ends it after the test. */
function contender(host?: string, silenceSeconds?: number) {
  const contender = startContender(host, silenceSeconds);
  started.push(contender.child);
  return contender;
}

const leased = async (options?: ClaimOptions): Promise<Lease> => (await claim(options)).lease!;
const lockedBy = (content: string): void => writeFileSync(join(folder, lockFile), content);
const elsewhere = { host: 'node7', pid: 4711, started: '99' };

describe('claimFolder', () => {
  it('holds a folder, creating it, until it is given free', async () => {
    const inner = join(folder, 'runs', 'a');
    const { lease } = await claim({}, inner);
    expect(JSON.parse(readFileSync(leasePath(inner, 1, 'json'), 'utf8'))).toMatchObject({
      ...{ format: 1, ...ownPlace(), host: hostname(), pid: process.pid, beatSeconds: 5 },
    });
    expect(readFileSync(join(inner, lockFile), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    expect(await trainingHost(inner)).toBe(hostname());
    await lease!.check();
    await lease!.release();
    expect(existsSync(join(inner, lockFile))).toBe(false);
    expect(existsSync(leasePath(inner, 1, 'ended'))).toBe(true);
    expect(await trainingHost(inner)).toBeNull();
  });

  it('refuses a folder that a living process holds: who, where, since when', async () => {
    const lease = await leased();
    await expect(leased()).rejects.toThrow(RequestError);
    await expect(leased()).rejects.toThrow(
      `${folder}: process ${process.pid} on ${hostname()} since 20`,
    );
    await lease.release();
    await (await leased()).release();
  });

  it('follows a killed process of this host at once', async () => {
    const { child, claim: ask } = contender();
    expect(await ask(folder)).toBe('held');
    await expect(leased()).rejects.toThrow(`process ${child.pid} on ${hostname()}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await claim()).notes).toEqual([]);
  });

  it('follows at once where the host has started again', async () => {
    writeLease(folder, 7, { boot: 'an earlier one' });
    const { lease, notes } = await claim();
    expect(notes).toEqual([]);
    expect(existsSync(leasePath(folder, 8, 'json'))).toBe(true);
    await lease!.release();
  });

  it.each([
    ['another host', { host: 'node7' }],
    ['another host of the same name', { machine: '0' }],
    ['another container', { namespace: 'pid:[1]' }],
  ])('follows a silent process of %s once it was silent for too long', async (_, place) => {
    writeLease(folder, 1, { ...elsewhere, host: hostname(), ...place });
    const began = performance.now();
    const { lease, notes } = await claim({ silenceSeconds: 0.3 });
    expect(performance.now() - began).toBeGreaterThan(299);
    expect(notes).toEqual([expect.stringContaining('held by process 4711 on')]);
    await lease!.release();
  });

  it('stops waiting for a silent process where it is asked to', async () => {
    writeLease(folder, 1, elsewhere);
    const signal = AbortSignal.timeout(50);
    expect((await claim({ signal })).lease).toBeUndefined();
    expect(existsSync(leasePath(folder, 2, 'json'))).toBe(false);
  });

  it('refuses a folder that a process of another host holds, as its beats tell', async () => {
    const { child, claim: ask } = contender('node7', 0.5);
    expect(await ask(folder)).toBe('held');
    await expect(leased({ silenceSeconds: 10 })).rejects.toThrow(
      `process ${child.pid} on node7 since`,
    );
    expect(await trainingHost(folder)).toBe('node7');
  });

  it('keeps a frozen process from writing once its folder is held by another', async () => {
    const { child, claim: ask, told } = contender('node7', 0.5);
    expect(await ask(folder)).toBe('held');
    child.kill('SIGSTOP');
    const lease = await leased({ silenceSeconds: 0.5 });
    const said = told();
    child.kill('SIGCONT');
    expect(await said).toContain(`process ${process.pid} on ${hostname()} since`);
    await lease.check();
    await lease.release();
  });

  it('tells a process from one of another container', async (context) => {
    const started = spawnSync('unshare', ['-rpf', '--mount-proc', 'true']).status === 0;
    if (!started) context.skip('no numbering of processes may be made here (unshare -rpf)');
    const ask = 'process.stdout.write(require("fs").readlinkSync("/proc/self/ns/pid"))';
    const inner = ['-rpf', '--mount-proc', process.execPath, '-e', ask];
    const namespace = spawnSync('unshare', inner, { encoding: 'utf8' }).stdout;
    expect(namespace).toMatch(/^pid:\[\d+\]$/);
    writeLease(folder, 1, { namespace, pid: process.pid });
    expect((await claim({ silenceSeconds: 0.2 })).notes).toHaveLength(1);
  });

  it('keeps the newest leases that have ended, and none of a lower number is a claim', async () => {
    for (let count = 0; count < 12; count++) await (await leased()).release();
    const kept = readdirSync(join(folder, 'leases')).filter((name) => name.endsWith('.json'));
    expect(kept).toEqual([5, 6, 7, 8, 9, 10, 11, 12].map((n) => `${n}.json`.padStart(11, '0')));
  });

  it('looks again where the newest lease that it saw has been pruned since', async () => {
    writeLease(folder, 9, { boot: 'an earlier one' });
    expect(await files.readLease(folder, 8)).toBeNull();
    const read = vi.spyOn(files, 'readLease').mockResolvedValueOnce(null);
    await (await leased()).release();
    expect(read).toHaveBeenCalledTimes(2);
    read.mockRestore();
    expect(existsSync(leasePath(folder, 10, 'json'))).toBe(true);
  });

  it('tells in words of a lease that cannot be read', async () => {
    writeLease(folder, 3, elsewhere);
    const read = vi.spyOn(reading, 'readText').mockImplementation(async () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open' });
    });
    await expect(leased()).rejects.toThrow(/000003.json: cannot be read, this user may not read/);
    read.mockRestore();
  });

  it('is superseded by any higher number', async () => {
    const lease = await leased();
    writeLease(folder, 5, elsewhere);
    await expect(lease.check()).rejects.toThrow(SupersededError);
    await expect(lease.check()).rejects.toThrow(
      `${folder}: process 4711 on node7 since 2026-01-02T03:04:05.678Z has taken over`,
    );
    await lease.release();
  });

  it('is held by one of those that contend for it', async () => {
    expect(await contest(folder, 3, 40)).toEqual(Array.from({ length: 40 }, () => 1));
  });

  it.each([0, -1, Number.NaN])('refuses a silence of %d seconds', async (silenceSeconds) => {
    await expect(claim({ silenceSeconds })).rejects.toThrow(
      `silenceSeconds ${silenceSeconds}: must be a number of seconds above 0`,
    );
  });

  it.each([
    ['SHAKELAB_SILENCE', 'by its name'],
    ['SHAKELAB_PATIENCE', 'by its earlier name'],
  ])('takes its silence of the environment, %s', (name) => {
    vi.stubEnv(name, '0.25');
    expect(longestSilence()).toBe(0.25);
    expect(longestSilence(9)).toBe(9);
    vi.stubEnv(name, 'soon');
    expect(() => longestSilence()).toThrow('SHAKELAB_SILENCE soon: must be a number of seconds');
    vi.unstubAllEnvs();
    expect(longestSilence()).toBe(60);
  });

  it('refuses a damaged lease, and one of a newer format', async () => {
    writeLease(folder, 1, elsewhere);
    writeFileSync(leasePath(folder, 1, 'json'), '{"format": 2}');
    await expect(claim()).rejects.toThrow('lease of format 2');
    writeFileSync(leasePath(folder, 1, 'json'), '{');
    await expect(claim()).rejects.toThrow('the lease is damaged; see that nothing trains');
  });
});

describe('a lock of an earlier release', () => {
  it('is respected while its process lives', async () => {
    lockedBy(`${process.ppid}\n`);
    await expect(leased()).rejects.toThrow(
      `${folder}: process ${process.ppid} is training there; wait for it; ` +
        `if that process is no training, remove ${join(folder, lockFile)}`,
    );
    expect(existsSync(leasePath(folder, 1, 'json'))).toBe(false);
  });

  it.each([
    ['a process that has ended', () => String(spawnSync(process.execPath, ['--version']).pid)],
    ['an earlier process of the same number', () => String(process.pid)],
    ['an earlier process of the number of a living one', () => `${process.ppid} 1`],
    ['a process that was killed before it wrote its number', () => ''],
  ])('is taken over from %s', async (_, holder) => {
    lockedBy(holder());
    await (await leased()).release();
    expect(existsSync(join(folder, lockFile))).toBe(false);
  });
});

describe('isTraining', () => {
  it('is so while a process holds the folder, by a lock that tells no start, too', async () => {
    expect(await isTraining(folder)).toBe(false);
    const lease = await leased();
    expect(await isTraining(folder)).toBe(true);
    await lease.release();
    lockedBy(`${process.pid}\n`);
    expect(await isTraining(folder)).toBe(true);
  });

  it.each(['1', '22 33'])(
    'is not so where the number now belongs to another: %s',
    async (start) => {
      lockedBy(`${process.pid} ${start}\n`);
      expect(await isTraining(folder)).toBe(false);
    },
  );

  it.each(['', '\0{', '-5', '0', '9007199254740993'])('is not so for %j', async (content) => {
    lockedBy(content);
    expect(await isTraining(folder)).toBe(false);
  });
});
