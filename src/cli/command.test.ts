import { Command, CommanderError } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { RequestError } from '../errors.ts';
import { usableProcessors } from '../processes/processors.ts';
import { configFields, configKeys } from '../runs/fields.ts';
import { type AddCommand, command, commandGroup, type FlagTable } from './command.ts';
import {
  choice,
  count,
  frames,
  json,
  port,
  positive,
  required,
  settings,
  text,
  textOr,
  threads,
  untoggle,
  words,
} from './flags.ts';

/** Runs a command with flags on some words; what its work got, and the exit codes it gave. */
async function run(usage: string, flags: FlagTable, ...argv: string[]) {
  const got: unknown[] = [];
  const codes: number[] = [];
  const work = async (...given: unknown[]) => {
    got.push(...given);
    return 3;
  };
  const add = command({ usage, summary: 'of a test', flags, examples: [], run: work });
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  add(program, (code) => codes.push(code));
  await program.parseAsync(argv, { from: 'user' });
  return { got, codes };
}

describe('a command', () => {
  it('gets its flags by the names of its table, its arguments, and gives its exit code', async () => {
    const flags = { checkpointSeconds: positive('time', 'help', 60), json };
    const words = ['try', 'runs/a', '--checkpoint-seconds', '1.5'];
    const { got, codes } = await run('try <folder>', flags, ...words);
    expect(got).toEqual([{ checkpointSeconds: 1.5, json: undefined }, 'runs/a']);
    expect(codes).toEqual([3]);
  });

  it.each([
    ['try [folder]', ['try'], undefined],
    ['try [folder]', ['try', 'runs'], 'runs'],
    ['try [names...]', ['try', 'a', 'b'], ['a', 'b']],
  ])('takes the arguments of its usage: %s from %j', async (usage, argv, expected) => {
    expect((await run(usage, {}, ...argv)).got[1]).toEqual(expected);
  });

  it.each([
    [['try', ''], "try ''"],
    [['try', 'runs', '--out', ''], "--out ''"],
    [['try', 'runs', '--out='], "--out ''"],
  ])('refuses an empty text, as a variable leaves that was not set: %j', async (argv, told) => {
    const given = run('try <folder>', { out: text('folder', 'where') }, ...argv);
    await expect(given).rejects.toThrow(`${told}: the text is empty; give one, or leave it out`);
  });

  it('states summary and examples in its help, and every flag in the order of its table', () => {
    const work = async () => {};
    const flags = { out: required('folder', 'where'), threads: count('count', 'how many', 2) };
    const facts = { usage: 'try', summary: 'of a test', examples: ['shakelab try'], flags };
    let help = '';
    const added = command({ ...facts, run: work })(new Command(), () => {});
    added.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toMatch(/^Usage: .*try \[options\]\n\nof a test\n/);
    expect(help).toMatch(/--out <folder> .*\n +--threads <count> .*\n/);
    expect(help).toContain('Examples:\n  $ shakelab try\n');
  });

  it('may stand below another', async () => {
    const told: string[] = [];
    const of = (usage: string): AddCommand =>
      command({
        usage,
        summary: '',
        flags: {},
        examples: [],
        run: async () => void told.push(usage),
      });
    const facts = { usage: 'all', summary: 'both', examples: [], commands: [of('one'), of('two')] };
    const program = new Command();
    commandGroup(facts)(program, () => {});
    await program.parseAsync(['all', 'two'], { from: 'user' });
    expect(told).toEqual(['two']);
  });
});

describe('flags', () => {
  const flags = {
    split: choice('which', ['train', 'test'], 'test'),
    case: words('words', 'cases'),
    peer: untoggle('alone'),
    host: textOr('address', 'where', '127.0.0.1'),
    out: text('file', 'where'),
    port: port('which', 4242),
    frames,
  };

  it('hold their defaults where nothing is said', async () => {
    const unsaid = { case: undefined, out: undefined, frames: undefined };
    const standing = { split: 'test', peer: true, host: '127.0.0.1', port: 4242 };
    expect((await run('try', flags, 'try')).got[0]).toEqual({ ...unsaid, ...standing });
  });

  it('hold what is said', async () => {
    const argv = [
      '--split',
      'train',
      '--case',
      'a',
      'b',
      '--no-peer',
      '--host',
      '::',
      '--out',
      'x',
    ];
    const { got } = await run('try', flags, 'try', ...argv, '--port', '0', '--frames', 'auto');
    const said = { split: 'train', case: ['a', 'b'], peer: false, host: '::', out: 'x' };
    expect(got[0]).toEqual({ ...said, port: 0, frames: 'auto' });
  });

  it.each([
    ['--port', '65536', 'must be a whole number from 0 to 65535; try 8080'],
    ['--port', '-1', 'must be a whole number from 0 to 65535; try 8080'],
    ['--frames', 'often', 'must be auto, or a whole number from 1; try 200'],
  ])('refuse a wrong value: %s %s', async (flag, value, rule) => {
    await expect(run('try', flags, 'try', `${flag}=${value}`)).rejects.toThrow(
      new RequestError(`${flag} ${value}: ${rule}`),
    );
  });

  it('cap threads at the processors at hand, with a word', async () => {
    const most = usableProcessors();
    const word = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { got } = await run('try', { threads: threads('') }, 'try', '--threads', `${most + 62}`);
    const [[told]] = word.mock.calls;
    word.mockRestore();
    expect(got[0]).toEqual({ threads: most });
    expect(told).toContain(`--threads ${most + 62}: only ${most} processor`);
  });

  it('that are required have to be given', async () => {
    const missing = run('try', { out: required('folder', 'where') }, 'try');
    await expect(missing).rejects.toThrow(CommanderError);
  });
});

describe('settings', () => {
  it('are given by config key, those that were said, with their file', async () => {
    const argv = ['--lr', '0.5', '--ema', '0.9', '--config', 'a.json'];
    const { got } = await run('try', { settings: settings() }, 'try', ...argv);
    const values = { learningRate: '0.5', averageDecay: '0.9' };
    expect(got[0]).toEqual({ settings: { values, file: 'a.json' } });
  });

  it('have a flag for every key, and may be some of them', async () => {
    const all = settings().options('settings');
    expect(all.map(({ long }) => long)).toEqual([
      ...configKeys.map((key) => `--${configFields[key].flag}`),
      '--config',
    ]);
    const few = run('try', { settings: settings(['net']) }, 'try', '--lr', '0.5');
    await expect(few).rejects.toThrow("unknown option '--lr'");
  });
});
