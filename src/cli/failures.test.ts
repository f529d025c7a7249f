import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endless, trainUpTo } from '../../testkit/brokenRun.ts';
import {
  type Ending,
  eventsOf,
  shakelab,
  shakelabWords,
  start,
  toldOf,
} from '../../testkit/shakelab.ts';
import { RequestError } from '../errors.ts';
import { isPartial } from '../runs/atomic.ts';
import { loadCheckpoint } from '../runs/checkpoint.ts';
import { parseConfig } from '../runs/config.ts';
import { type ConfigKey, configFields, type RunConfig } from '../runs/fields.ts';

const tiny = { dataset: 'digits', trainSize: 64, net: 'resnext-8-2x2d', batch: 16, epochs: 3 };
const brief = flagsOf(tiny);
const unending = { ...tiny, epochs: endless };
const newest = 'checkpoint.safetensors';
const previous = 'checkpoint.previous.safetensors';
const onLinux = process.platform === 'linux';

const root = mkdtempSync(join(tmpdir(), 'shakelab-failures-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));
chmodSync(root, 0o755);

const whole = join(root, 'whole');
beforeAll(() => trainHere(whole, tiny));

/** Trains or goes on in this process, which is sooner done than in one of its own, up to the last step or an earlier one. */
const trainHere = (folder: string, settings: Partial<RunConfig>, step = 12): Promise<void> =>
  trainUpTo(folder, parseConfig(settings), step);

/** Settings as they are typed, for a thread that waits for no other on a busy machine. */
function flagsOf(settings: Partial<RunConfig>): string[] {
  const entries = Object.entries(settings) as [ConfigKey, RunConfig[ConfigKey]][];
  const flags = entries.flatMap(([key, value]) => [`--${configFields[key].flag}`, String(value)]);
  return [...flags, '--threads', '1'];
}

/** A copy of the trained run to do harm to. */
function copyOfRun(name: string): string {
  const folder = join(root, name);
  cpSync(whole, folder, { recursive: true });
  return folder;
}

const resume = (folder: string) =>
  shakelab('train', '--out', folder, '--resume', '--json', '--threads', '1');

/** An ordinary user to run a command as; this process's own where nothing is said. */
interface User {
  uid?: number;
  gid?: number;
}

/** Goes on with the run here, which is refused as a wrong request is. */
async function expectRefusalHere(folder: string, message: RegExp): Promise<void> {
  const refusal = await trainHere(folder, tiny).catch((error) => error);
  expect(refusal).toBeInstanceOf(RequestError);
  expect(refusal.message).toMatch(message);
}

function expectRefusal({ code, err }: Ending, message: RegExp | string): void {
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/\n {4}at /);
}

describe('a run whose folder fails it', () => {
  /** Trains until the first checkpoint, does the harm, and awaits the end. */
  async function failing(folder: string, harm: () => void, user: User = {}): Promise<Ending> {
    const often = ['--checkpoint-seconds', '0.01'];
    const words = shakelabWords('train', '--out', folder, '--json', ...flagsOf(unending), ...often);
    const command = start(words, user);
    await toldOf(command, 'checkpoint', 2);
    harm();
    return command.ending;
  }

  /** Says why, exits with 1, and truly keeps the checkpoint that it names. */
  async function expectFailure({ code, err }: Ending, folder: string, reason: string) {
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(reason) });
    expect(err).not.toMatch(/\n {4}at /);
    const kept = await loadCheckpoint(folder);
    expect(kept?.notes).toEqual([]);
    expect(err).toContain(`the checkpoint of step ${kept?.state.step} is whole`);
    expect(kept?.state.step).toBeGreaterThan(0);
  }

  it('because its checkpoint no longer fits', async ({ skip }) => {
    if (spawnSync('prlimit', ['--version']).status !== 0) skip('there is no prlimit here');
    const folder = join(root, 'limited');
    await trainHere(folder, unending, 5);
    const half = Math.floor(statSync(join(folder, newest)).size / 2);
    const goOn = shakelabWords('train', '--out', folder, '--resume', '--threads', '1');
    const { ending } = start(['prlimit', `--fsize=${half}`, ...goOn]);
    const reason = `${newest}: cannot be written, a file may not be so large here (EFBIG)`;
    await expectFailure(await ending, folder, reason);
    expect(readdirSync(folder).filter(isPartial)).toEqual([]);
  });

  it('because it was made read-only', async ({ skip }) => {
    const user = ordinaryUser() ?? skip('there is no user here whom permissions bind');
    const folder = join(root, 'read-only');
    mkdirSync(folder);
    if (user.uid) chownSync(folder, user.uid, user.gid!);
    const reason = 'cannot be written, this user may not write there (EACCES)';
    const ending = await failing(folder, () => chmodSync(folder, 0o555), user);
    await expectFailure(ending, folder, reason);
    const again = start(shakelabWords('train', '--out', folder, '--resume'), user);
    const remedy = 'make the folder writable, or choose another folder';
    expectRefusal(await again.ending, `--out ${folder}: ${reason}; ${remedy}`);
  });

  it('because it was moved away', async () => {
    const folder = join(root, 'moved');
    const ending = await failing(folder, () => renameSync(folder, `${folder}-away`));
    expect(ending.code).toBe(1);
    expect(ending.err).toMatch(/its folder is not there \(ENOENT\); put it there\nno checkpoint/);
    expect((await loadCheckpoint(`${folder}-away`))?.state.step).toBeGreaterThan(0);
  });

  /** Somebody whom permissions bind: this user, or nobody where that is root; null where neither. */
  function ordinaryUser(): User | null {
    if (!onLinux) return null;
    if (process.getuid?.() !== 0) return {};
    const nobody = { uid: 65534, gid: 65534 };
    const readable = ['-e', 'fs.accessSync(process.argv[1])', import.meta.filename];
    return spawnSync(process.execPath, readable, nobody).status === 0 ? nobody : null;
  }
});

describe('a disk that fills up', () => {
  const mount = 'mount -t tmpfs -o size="$SIZE" none "$FOLDER"';
  const inNamespace = (script: string, variables: Record<string, string> = {}) =>
    start(['unshare', '-rm', 'sh', '-c', script], { env: { ...process.env, ...variables } }).ending;

  it('keeps what was saved, and goes on to the same bits once there is room', async (context) => {
    const folder = join(root, 'small-disk');
    mkdirSync(folder);
    const possible = await inNamespace(mount, { SIZE: '64k', FOLDER: folder }).catch(() => null);
    if (possible?.code !== 0) context.skip('no file system may be mounted here (unshare -rm)');
    const train = `${shakelabWords('train').join(' ')} --out "$FOLDER" --resume ${brief.join(' ')}`;
    const script = `${mount} && ${train}; echo "code $?"
      mount -o remount,size=64m "$FOLDER" && ${train}; echo "code $?"; cp -r "$FOLDER" "$FOLDER"-after`;
    const { out, err } = await inNamespace(script, { SIZE: roomForTwo(), FOLDER: folder });
    expect(err).toMatch(/: cannot be written, the disk is full \(ENOSPC\); free some space\n/);
    expect(err).toMatch(
      /\nthe checkpoint of step 8 is whole; the run, resumed, goes on from there\n/,
    );
    expect(out).toMatch(/code 1\n(.*\n)*going on after step 8\n(.*\n)*code 0\n/);
    expect(readFileSync(join(`${folder}-after`, newest))).toEqual(
      readFileSync(join(whole, newest)),
    );
  });

  /** Of a disk in pages: the small files, two checkpoints, and half of the third one. */
  function roomForTwo(): string {
    const pages = Math.ceil(statSync(join(whole, newest)).size / 4096);
    return `${4 * (7 + 2 * pages + Math.floor(pages / 2))}k`;
  }
});

describe('a damaged run', () => {
  it('goes on from the older checkpoint to the same bits when the newest is cut short', async () => {
    const folder = copyOfRun('cut');
    truncateSync(join(folder, newest), 1000);
    const ending = await resume(folder);
    expect(ending.code).toBe(0);
    const [begun] = eventsOf(ending);
    expect(begun).toMatchObject({ kind: 'start', step: 8, resumed: true });
    expect(begun.notes).toEqual([expect.stringMatching(/going on from the previous one$/)]);
    expect(readFileSync(join(folder, newest))).toEqual(readFileSync(join(whole, newest)));
    expect(readFileSync(join(folder, previous))).toEqual(readFileSync(join(whole, previous)));
    expect(statSync(join(folder, 'checkpoint.damaged.safetensors')).size).toBe(1000);
  });

  it('notices a single flipped bit', async () => {
    const folder = copyOfRun('flipped');
    const bytes = readFileSync(join(folder, newest));
    bytes[bytes.length - 5] ^= 16;
    writeFileSync(join(folder, newest), bytes);
    const { code, err, out } = await shakelab('evaluate', folder);
    expect(code).toBe(0);
    expect(err + out).toMatch(/does not match its SHA-256.*going on from the previous one/);
  });

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'both checkpoints are damaged',
      (folder) => [newest, previous].forEach((name) => void truncateSync(join(folder, name), 99)),
      /no whole checkpoint is left; put a copy back, or delete them and metrics\.jsonl to start the run from its begin/,
    ],
    [
      'its record is damaged',
      (folder) => writeFileSync(join(folder, 'run.json'), '{"config": {'),
      /run\.json: the record is damaged; train into another folder/,
    ],
    [
      'its metrics are damaged',
      (folder) => writeFileSync(join(folder, 'metrics.jsonl'), 'nonsense\n'),
      /metrics\.jsonl, line 1: the line is damaged; put a copy back, or delete it/,
    ],
  ])('is refused, and stays as it is, when %s', async (name, harm, message) => {
    const folder = copyOfRun(name.replaceAll(' ', '-'));
    harm(folder);
    const before = contentsOf(folder);
    await expectRefusalHere(folder, message);
    // Why the run halted is noted beside it.
    const { 'halt.json': _, ...after } = contentsOf(folder);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const file of Object.keys(before)) expect(after[file].equals(before[file])).toBe(true);
  });

  it('is refused by the command line without a stack', async () => {
    const folder = copyOfRun('refused');
    writeFileSync(join(folder, 'run.json'), '{"config": {');
    expectRefusal(await resume(folder), /run\.json: the record is damaged; train into another/);
  });

  it('starts over once its damaged checkpoints and its metrics are deleted, as the message says', async () => {
    const folder = copyOfRun('deleted');
    for (const name of [newest, previous, 'metrics.jsonl']) rmSync(join(folder, name));
    await trainHere(folder, tiny);
    expect(readFileSync(join(folder, newest))).toEqual(readFileSync(join(whole, newest)));
  });
});

describe('a run that is not the one asked for', () => {
  it('is not gone on with from a checkpoint of another net', async () => {
    const folder = copyOfRun('other-net');
    const other = join(root, 'wider');
    await trainHere(other, { ...tiny, net: 'resnext-8-2x4d' });
    cpSync(join(other, newest), join(folder, newest));
    await expectRefusalHere(
      folder,
      /safetensors: tensor .* shape .*belongs to another net.*; put the run's own file back, or/,
    );
    expect(readFileSync(join(folder, previous))).toEqual(readFileSync(join(whole, previous)));
  });

  it('is not gone on with under another config', async () => {
    const flags = ['--resume', '--lr', '0.2', '--epochs', '5'];
    expectRefusal(
      await shakelab('train', '--out', whole, ...flags),
      /settings; leave them out .*, or choose another folder\n {2}--epochs 5 \(the run has 3\)\n {2}--lr 0.2 \(the run has 0.1\)/,
    );
  });
});

describe('a study that is interrupted', () => {
  const folder = join(root, 'study');
  const flags = flagsOf({ dataset: 'digits', trainSize: 256, batch: 16, epochs: endless });

  /** Interrupts the study after so many events of training; returns what it had told by then. */
  async function interrupted(signal: NodeJS.Signals, events: number) {
    const command = start(shakelabWords('study', 'mnist', '--out', folder, '--json', ...flags));
    await toldOf(command, 'training', events);
    command.child.kill(signal);
    const ending = await command.ending;
    expect(ending.code).toBe(130);
    return eventsOf(ending).find(({ kind }) => kind === 'run-start');
  }

  async function keptStep(): Promise<number> {
    const [run] = readdirSync(join(folder, 'runs'));
    return (await loadCheckpoint(join(folder, 'runs', run)))!.state.step;
  }

  it('by SIGINT or SIGTERM saves, exits with 130 and goes on', async () => {
    expect(await interrupted('SIGINT', 20)).toMatchObject({ from: 'start', index: 0 });
    const step = await keptStep();
    // One of the twenty events is the first epoch's.
    expect(step).toBeGreaterThanOrEqual(19);
    expect(await interrupted('SIGTERM', 10)).toMatchObject({ from: 'checkpoint', index: 0 });
    expect(await keptStep()).toBeGreaterThan(step);
  });
});

/** Every file of a folder by name; who held it is noted below it. */
const contentsOf = (folder: string): Record<string, Buffer> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name))]),
  );
