import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ending, shakelab, shakelabWords, start } from '../../testkit/shakelab.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-words-'));
chmodSync(root, 0o755);
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

/** Whether a file system may be mounted, in a namespace of its own. */
const mayMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** Only root may be somebody else. */
const isRoot = process.getuid?.() === 0;

const whole = join(root, 'whole');
const tiny = ['--dataset', 'digits', '--train-size', '48', '--net', 'resnext-8-2x2d'];
const brief = [...tiny, '--batch', '16', '--epochs', '1', '--threads', '1'];
beforeAll(async () => {
  expect((await shakelab('train', '--out', whole, ...brief)).code).toBe(0);
});

const run = (words: string[], options = {}) => start(shakelabWords(...words), options).ending;

/** Says in words what the system refuses, by its code, with an exit code that tells, and no stack. */
function expectWords({ code, err }: Ending, words: RegExp, told: string): void {
  expect([1, 2], `${told}: ${err}`).toContain(code);
  expect(err, told).toMatch(words);
  expect(err, told).not.toMatch(/\n {4}at /);
}

/** Every command that writes, into a folder that holds a trained run `run`. */
const writing = (folder: string): string[][] => {
  const kept = join(folder, 'run');
  return [
    ['train', '--out', join(folder, 'new'), ...brief],
    ['train', '--out', kept, '--resume'],
    ['train', '--out', join(folder, 'framed'), ...brief, '--frames', '1'],
    ['embed', kept],
    ['embed', kept, '--csv'],
    ['export', kept, '--to', 'pytorch', '--out', join(folder, 'exported')],
    ['evaluate', kept, '--csv', join(folder, 'confusion.csv')],
    ['evaluate', kept, '--figures', join(folder, 'figures')],
    ['law', 'shake-shake', '--out', join(folder, 'law.svg')],
    [
      'lr',
      ...tiny,
      '--steps',
      '16',
      '--batch',
      '16',
      '--threads',
      '1',
      '--out',
      join(folder, 'lr.svg'),
    ],
    ['study', 'mnist', '--out', join(folder, 'study'), ...tiny.slice(0, 4), '--threads', '1'],
    ['search', '--out', join(folder, 'search'), ...tiny.slice(0, 4), '--threads', '1'],
  ];
};

describe('a command that may not write', () => {
  const inNamespace = (script: string, variables: Record<string, string>) =>
    start(['unshare', '-rm', 'sh', '-c', script], { env: { ...process.env, ...variables } }).ending;

  it.runIf(mayMount).each([
    ['on a file system that is read-only', 'EROFS', '64m', 'mount -o remount,ro "$FOLDER"'],
    [
      'on a disk that is full',
      'ENOSPC',
      '1m',
      'head -c 9m /dev/zero > "$FOLDER/filling" 2> /dev/null',
    ],
  ])('%s says so', async (_, errno, SIZE, then) => {
    const folder = join(root, errno);
    mkdirSync(folder);
    const mount = 'mount -t tmpfs -o size="$SIZE" none "$FOLDER" && cp -r "$WHOLE" "$FOLDER/run"';
    const commands = writing(folder).map((words) =>
      shakelabWords(...words)
        .map((word) => `'${word}'`)
        .join(' '),
    );
    const script = `${mount}; ${then}\n${commands.map((line) => `${line}; echo "code $?" >&2`).join('\n')}`;
    const { err } = await inNamespace(script, { SIZE, FOLDER: folder, WHOLE: whole });
    const endings = err.split(/code (\d+)\n/);
    writing(folder).forEach((words, index) => {
      const [said, code] = endings.slice(2 * index, 2 * index + 2);
      // Of a run that is trained already nothing is written but who holds it.
      const ending = { code: Number(code), err: said, out: '', signal: null };
      expectWords(ending, new RegExp(`cannot be written, .*\\(${errno}\\)`), words.join(' '));
    });
  });

  it('as its user says so', async ({ skip }) => {
    if (!isRoot) skip('only root may be somebody else');
    const folder = join(root, 'denied');
    mkdirSync(folder);
    cpSync(whole, join(folder, 'run'), { recursive: true });
    for (const words of writing(folder)) {
      const ending = await run(words, { uid: 65534, gid: 65534 });
      expectWords(
        ending,
        /cannot be written, this user may not write there \(E(ACCES|PERM)\)/,
        words.join(' '),
      );
    }
  });
});

describe.runIf(isRoot)('a command that may not read', () => {
  it.each(['run.json', 'metrics.jsonl', 'checkpoint.safetensors'])('%s says so', async (name) => {
    const folder = join(root, `unread-${name}`);
    cpSync(whole, folder, { recursive: true });
    spawnSync('chown', ['-R', '65534:65534', folder]);
    chownSync(join(folder, name), 0, 0);
    chmodSync(join(folder, name), 0o600);
    const ending = await run(['train', '--out', folder, '--resume'], { uid: 65534, gid: 65534 });
    expectWords(ending, new RegExp(`${name}.*EACCES`), name);
  });
});

describe('a limit on open files', () => {
  const limited = (files: number, words: string[]) =>
    start(['sh', '-c', `ulimit -n ${files}; exec "$0" "$@"`, ...shakelabWords(...words)]).ending;

  it('of 256 stops nothing', async () => {
    const { code, err } = await limited(256, ['train', '--out', join(root, 'few'), ...brief]);
    expect([code, err]).toEqual([0, '']);
  });

  it('too low for this program is told as one', async () => {
    const ending = await limited(60, ['train', '--out', join(root, 'fewer'), ...brief]);
    expectWords(ending, /too many files open \(EMFILE\); raise the limit \(ulimit -n\)/, '60');
  });
});

describe('a config', () => {
  it('may begin with a mark of byte order, and be a whole record', async () => {
    const config = join(root, 'marked.json');
    writeFileSync(config, '\uFEFF{"net": "resnext-8-2x2d"}');
    const marked = await shakelab('describe', '--config', config, '--json');
    const record = await shakelab('describe', '--config', join(whole, 'run.json'), '--json');
    expect([marked.code, record.code]).toEqual([0, 0]);
    expect(JSON.parse(record.out).parameters).toBe(JSON.parse(marked.out).parameters);
  });

  it.each([
    ['nowhere', 'no such file', /ENOENT/],
    ['folder', 'a folder', /EISDIR|a folder/],
  ])('that is %s is refused in words', async (name, _, words) => {
    if (name === 'folder') mkdirSync(join(root, name), { recursive: true });
    expectWords(await shakelab('describe', '--config', join(root, name)), words, name);
  });

  it.each(['net', 'layout', 'mixing', 'head', 'dataset'])(
    'shortens a %s of 100,000 letters',
    async (flag) => {
      const ending = await shakelab('describe', `--${flag}`, 'x'.repeat(100_000));
      expectWords(ending, /\(100000 letters\)|at most 4096/, flag);
      expect(ending.err.length).toBeLessThan(3000);
    },
  );
});
