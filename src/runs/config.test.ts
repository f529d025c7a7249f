import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { fuzzText } from '../../testkit/fuzz.ts';
import { RequestError } from '../errors.ts';
import { differenceFromDefaults, differingKeys, parseConfig, parseConfigFile } from './config.ts';
import { configKeys, defaultConfig } from './fields.ts';
import { runConfigSchema } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'shakelab-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown): string {
  const file = join(folder, 'study.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(RequestError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('parseConfig', () => {
  it('takes augmentations by their canonical name, and auto where a record of old has none', () => {
    expect(parseConfig({ augment: 'crop-flip' }).augment).toBe('crop-flip');
    expect(parseConfig({ augment: 'rotate:degrees=15+crop-flip' }).augment).toBe(
      'rotate+crop-flip',
    );
    expect(messageOf(() => parseConfig({ augment: 'crop' }))).toContain(
      "augment 'crop': no transform has this name",
    );
    const { augment: _, ...old } = defaultConfig;
    expect(runConfigSchema.parse(old)).toEqual(defaultConfig);
  });

  it('gives the defaults where nothing is said', () => {
    expect(parseConfig({})).toEqual(defaultConfig);
    expect(runConfigSchema.parse(defaultConfig)).toEqual(defaultConfig);
  });

  it('takes numbers as flags spell them', () => {
    const config = parseConfig({ batch: '256', learningRate: '5e-2', features: '2' });
    expect(config).toMatchObject({ batch: 256, learningRate: 0.05, features: 2 });
  });

  it('lets flags go before the file, and the file before the base', () => {
    const file = fileWith({ epochs: 3, batch: 64 });
    const base = { ...defaultConfig, epochs: 5, batch: 32, seed: 9 };
    expect(parseConfig({ epochs: 2 }, { file, base })).toMatchObject({
      epochs: 2,
      batch: 64,
      seed: 9,
    });
  });

  it('takes the layout that a net is known with, unless one is given', () => {
    const net = 'resnext-29-16x64d';
    expect(parseConfig({ net }).layout).toBe('bottleneck-postact');
    expect(parseConfig({}, { file: fileWith({ net: 'wrn-28-10' }) }).layout).toBe('preact');
    expect(parseConfig({ net, layout: 'bottleneck-preact' }).layout).toBe('bottleneck-preact');
    const base = { ...defaultConfig, layout: 'bottleneck-bn-shake' };
    expect(parseConfig({ net }, { base }).layout).toBe('bottleneck-bn-shake');
  });

  it('keeps layout and law under their canonical names', () => {
    const config = parseConfig({
      layout: ' bn relu  conv bn relu conv ',
      mixing: 'shake-shake:backward=shake',
    });
    expect(config).toMatchObject({ layout: 'preact', mixing: 'shake-shake' });
  });

  it.each([
    [{ batch: '100' }, 'batch 100: the batch size must be a multiple of 16; try 96 or 112'],
    [{ batch: '8' }, 'batch 8: the batch size must be a multiple of 16; try 16'],
    [{ batch: 'big' }, 'batch big: the batch size must be a multiple of 16; try 128'],
    [
      { epochs: '0' },
      'epochs 0: the number of epochs must be a whole number from 1 to 1000000; try 10',
    ],
    [
      { epochs: '1.5' },
      'epochs 1.5: the number of epochs must be a whole number from 1 to 1000000; try 10',
    ],
    [{ learningRate: '-1' }, 'learningRate -1: the learning rate must be above 0; try 0.1'],
    [
      { learningRate: 'Infinity' },
      'learningRate Infinity: the learning rate must be above 0; try 0.1',
    ],
    [{ momentum: '1' }, 'momentum 1: the momentum must lie in [0, 1); try 0.9'],
    [{ weightDecay: '-1' }, 'weightDecay -1: the weight decay must be 0 or more; try 0.0001'],
    [
      { precision: 'half' },
      'precision half: the precision must be one of float32, bf16; try float32',
    ],
    [{ seed: '-1' }, 'seed -1: the seed must be a whole number from 0 to 4294967295; try 1'],
    [
      { features: '' },
      'features : the number of features must be a whole number from 1 to 65536; try 2',
    ],
    [{ dataset: '' }, 'dataset : the dataset must not be empty; try "mnist"'],
  ])('refuses %o', (values, message) => {
    expect(messageOf(() => parseConfig(values))).toBe(message);
  });

  it('shortens a long value, and names what is too large', () => {
    const long = messageOf(() => parseConfig({ mixing: 'x'.repeat(4000) }));
    expect(long).toContain('… (4000 letters)');
    expect(long.length).toBeLessThan(800);
    expect(messageOf(() => parseConfig({ batch: 1_600_000 }))).toBe(
      'batch 1600000: the batch size must be at most 65536; try 128',
    );
    expect(messageOf(() => parseConfig({ dataset: 'x'.repeat(5000) }))).toContain(
      'the dataset must have at most 4096 letters',
    );
  });

  it('reads a file with a mark of byte order, and the record of a run', () => {
    const { epochs } = parseConfig({}, { file: fileWith({ epochs: 7 }) });
    expect(epochs).toBe(7);
    const record = { config: { epochs: 8, layout: 'preact' }, startedAt: '2026-01-01', seed: 1 };
    expect(parseConfigFile(`\uFEFF${JSON.stringify({ epochs: 9 })}`, 'a')).toEqual({ epochs: 9 });
    expect(parseConfig({}, { file: fileWith(record) })).toMatchObject(record.config);
  });

  it.runIf(existsSync('/dev/zero'))(
    'reads a pipe, and of what never ends no more than a config holds',
    () => {
      const pipe = fileWith({}).replace(/[^/]+$/, 'pipe');
      execFileSync('mkfifo', [pipe]);
      spawn('sh', ['-c', `printf '{"epochs": 6}' > '${pipe}'`]);
      expect(parseConfig({}, { file: pipe }).epochs).toBe(6);
      expect(messageOf(() => parseConfig({}, { file: '/dev/zero' }))).toContain(
        'configFile /dev/zero: more than the 4.0 MB that a config may hold',
      );
    },
  );

  it('names every wrong value at once', () => {
    const message = messageOf(() => parseConfig({ batch: '1', epochs: '0' }));
    expect(message.split('\n')).toHaveLength(2);
  });

  it("names the file, the key and the nearest name for a file's mistakes", () => {
    const file = fileWith({ epoch: 3, batch: '64', dropout: 0.5 });
    const lines = messageOf(() => parseConfig({}, { file })).split('\n');
    expect(lines).toContain(`${file}: epoch: a run has no such setting; did you mean epochs?`);
    expect(lines).toContainEqual(expect.stringContaining(`${file}: batch 64: the batch size`));
    expect(lines).toContainEqual(
      expect.stringContaining('dropout: a run has no such setting; choo'),
    );
  });

  it.each(['', '[1]', 'null', '{"epochs": 3'])('refuses a file that holds %o', (content) => {
    const file = fileWith(content);
    expect(messageOf(() => parseConfig({}, { file }))).toContain(`configFile ${file}: `);
  });

  it("takes a file's entries before a study's standards, but leaves it what the file calls auto", () => {
    const file = fileWith({ epochs: 3, validation: 'auto' });
    const standards = { epochs: 1, validation: '0.1', evaluateEvery: '1' };
    const { epochs, validation, evaluateEvery } = parseConfig({}, { file, standards });
    expect([epochs, validation, evaluateEvery]).toEqual([3, '0.1', '1']);
    expect(parseConfig({ validation: 'auto' }, { file, standards }).validation).toBe('auto');
  });

  it('refuses a file that is not there', () => {
    const file = join(folder, 'missing.json');
    expect(messageOf(() => parseConfig({}, { file }))).toMatch(/ENOENT.*give a JSON object/);
  });

  it('parses its own output to itself', () => {
    const numbers = fc.record({
      batch: fc.integer({ min: 1, max: 64 }).map((count) => count * 16),
      epochs: fc.integer({ min: 1, max: 2000 }),
      features: fc.option(fc.integer({ min: 1, max: 64 })),
      learningRate: fc.double({ min: 1e-6, max: 10, noNaN: true }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const config = parseConfig(values);
        expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
      }),
    );
  });
});

describe('differences of configs', () => {
  it('are empty for the defaults', () => {
    expect(differenceFromDefaults(defaultConfig)).toEqual({});
  });

  it('name what was changed', () => {
    const config = { ...defaultConfig, seed: 2, features: 2 };
    expect(differenceFromDefaults(config)).toEqual({ features: 2, seed: 2 });
    expect(differingKeys(config, defaultConfig)).toEqual(['features', 'seed']);
  });

  it('see every key', () => {
    for (const key of configKeys) {
      const other = { ...defaultConfig, [key]: 'changed' };
      expect(differingKeys(other, defaultConfig)).toEqual([key]);
    }
  });
});

const examples = [
  { epochs: 3, layout: 'preact', mixing: 'even', learningRate: 0.05 },
  { ...defaultConfig, features: 2, trainSize: 100, mixing: 'shake-shake:strength=0.5' },
];

fuzzText('config flags', {
  valid: examples.map((values) =>
    Object.entries(values)
      .map((pair) => pair.join('='))
      .join('\n'),
  ),
  parse: (text) => parseConfig(Object.fromEntries(text.split('\n').map((pair) => pair.split('=')))),
  accepted: (config) => expect(parseConfig({ ...config })).toEqual(config),
  words: [...configKeys, '\nepochs=', '\nlayout=bn conv', '\nseed=4294967295'],
});

fuzzText('config file', {
  valid: examples.map((values) => JSON.stringify(values)),
  parse: (text) => parseConfig(parseConfigFile(text, 'study.json')),
  accepted: (config) => expect(parseConfig({ ...config })).toEqual(config),
  words: configKeys.map((key) => `"${key}":`),
});
