import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainUpTo } from '../../testkit/brokenRun.ts';
import { shakelab } from '../../testkit/shakelab.ts';
import { parseConfig } from '../runs/config.ts';
import { decodeSafetensors } from '../runs/safetensors.ts';
import { commands } from './commands.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-cli-'));
afterAll(() => rmSync(root, { recursive: true, maxRetries: 5 }));

describe('help', () => {
  it('has examples for every command', async () => {
    for (const { load } of commands) {
      const own = (await load())(new Command(), () => {});
      for (const one of [own, ...own.commands]) {
        const help: string[] = [];
        one.configureOutput({ writeOut: (text) => void help.push(text) }).outputHelp();
        expect(help.join(''), one.name()).toMatch(/\nExamples:\n {2}\$ shakelab /);
      }
    }
    const { code, out } = await shakelab('data', 'get', '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: shakelab data get .*\nExamples:\n {2}\$ shakelab /s);
  });

  it('lists every command as its own file states it', async () => {
    const names = readdirSync(new URL('commands', import.meta.url));
    expect(commands.map(({ usage }) => `${usage.split(' ')[0]}.ts`).sort()).toEqual(names.sort());
    for (const { usage, summary, load } of commands) {
      const own = (await load())(new Command(), () => {});
      const taken = own.registeredArguments.map((a) => {
        const named = `${a.name()}${a.variadic ? '...' : ''}`;
        return a.required ? `<${named}>` : `[${named}]`;
      });
      expect([usage, summary]).toEqual([[own.name(), ...taken].join(' '), own.description()]);
    }
  });

  it('loads nothing but commander and a few small files', () => {
    const loaded = new Set<string>();
    const load = (file: string): void => {
      const imports = readFileSync(file, 'utf8').matchAll(
        /^(?:import|export|\}) .*from '(.*)';$/gm,
      );
      for (const [line, source] of imports) {
        if (line.startsWith('import type') || loaded.has(source)) continue;
        loaded.add(source);
        if (source.startsWith('.')) load(join(dirname(file), source));
      }
    };
    load(fileURLToPath(new URL('main.ts', import.meta.url)));
    const packages = [...loaded].filter((source) => !/^(\.|node:)/.test(source));
    expect(packages).toEqual(['commander']);
    expect(loaded.size).toBeLessThan(12);
  });
});

describe('a wrong request', () => {
  const out = join(root, 'refused');
  it.each([
    [['train', '--out', out, '--batch', '100'], '--batch 100: the batch size must be a multiple'],
    [['train', '--out', out, '--threads', '0'], '--threads 0: must be a whole number from 1; try'],
    [['train', '--out', out, '--bacth', '64'], "unknown option '--bacth'\n(Did you mean --batch?)"],
    [['train', '--out', out, '--dataset', 'mnits'], 'dataset mnits: there is no such data set'],
    [['train', '--out', out, '--dataset', 'digits', '--net', 'vgg'], "net 'vgg': a net is named"],
    [['train', '--out', root], `--out ${root}: the folder holds other files`],
    [['list', '--colour'], "unknown option '--colour'; --help tells what there is\n"],
    [['train', '--epochs'], "'--epochs <count>' argument missing; --help tells what there is\n"],
    [['train'], "required option '--out <folder>' not specified; --help tells what there is\n"],
    [['trian'], "unknown command 'trian'\n(Did you mean train?)"],
    [['evaluate', root], `${root}: no run is kept there`],
    [['describe', '--layout', 'bn relu'], 'a branch has one to three convolutions; add a conv'],
    [['data', 'get', 'imagenet'], 'there is no such data set'],
    [['bench', '--case', '2x99d'], '--case 2x99d: no case is called so; there are\n  resnext-20'],
  ])('is refused with code 2 and no stack: %j', async (args, message) => {
    writeFileSync(join(root, 'other.txt'), '');
    const { code, out: printed, err } = await shakelab(...args);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(err).toContain(message);
    expect(err).toMatch(/^shakelab: /);
    expect(err).not.toMatch(/\n {4}at /);
    expect(readdirSync(root)).not.toContain('refused');
  });
});

describe('a run', () => {
  const folder = join(root, 'run');
  const small = ['--dataset', 'digits', '--train-size', '64', '--net', 'resnext-8-1x2d'];
  const train = ['train', '--out', folder, ...small, '--features', '2', '--epochs', '2'];

  beforeAll(async () => {
    const { code, out } = await shakelab(...train);
    expect(code).toBe(0);
    expect(out).toMatch(/^resnext-8-1x2d, preact-bn, shake-shake on digits, seed 1: /);
    expect(out).toMatch(/\n +epoch +train loss.*\n +1\/2 .*\n +2\/2 .*\ntest error /);
    expect(out).not.toContain('\u001b');
  });

  it('is not overwritten', async () => {
    const { code, err } = await shakelab(...train);
    expect(code).toBe(2);
    expect(err).toContain('add --resume to go on with it');
  });

  it('is resumed without saying its settings again, and with no others', async () => {
    expect((await shakelab('train', '--out', folder, '--resume')).out).toContain('trained already');
    const { code, err } = await shakelab('train', '--out', folder, '--resume', '--seed', '2');
    expect(code).toBe(2);
    expect(err).toContain('--seed 2 (the run has 1)');
  });

  it('is assessed class by class, as text, table and figures', async () => {
    const [csv, figures] = [join(root, 'tables', 'confusion.csv'), join(root, 'figures')];
    mkdirSync(join(root, 'tables'));
    const { out, code } = await shakelab('evaluate', folder, '--csv', csv, '--figures', figures);
    expect(code).toBe(0);
    expect(out).toMatch(/^class +images +recall +95 % +precision +F1 +mostly taken for$/m);
    expect(out).toMatch(/^calibration error +[\d.]+ %; a calibrated net would show /m);
    expect(out).toMatch(/^temperature +none: there are no validation images/m);
    expect(readdirSync(figures).sort()).toEqual([
      'confusion.svg',
      'reliability.svg',
      'wrongest.png',
    ]);
    const [heading, ...rows] = readFileSync(csv, 'utf8').trimEnd().split('\n');
    expect(heading).toBe('true \\ predicted,0,1,2,3,4,5,6,7,8,9');
    const counted = JSON.parse((await shakelab('evaluate', folder, '--json')).out);
    expect(rows.map((row) => row.split(',').slice(1).map(Number))).toEqual(counted.confusion);
  });

  it('says of which images its errors are, test images or a fold', async () => {
    const fold = join(root, 'fold');
    const tiny = { dataset: 'digits', trainSize: 64, net: 'resnext-8-2x2d', batch: 16 };
    await trainUpTo(fold, parseConfig({ ...tiny, epochs: 1, fold: '2/4' }), 3);
    const [whole, held] = await Promise.all([folder, fold].map((own) => shakelab('evaluate', own)));
    expect(whole.out).toMatch(/^images +2,000 test images of built-in digits$/m);
    expect(held.out).toMatch(/^images +16 training images in fold 2\/4 of built-in digits$/m);
  });

  it('is evaluated as its last epoch was', async () => {
    const { out } = await shakelab('evaluate', folder, '--json');
    const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trim().split('\n');
    const { testError, testLoss } = JSON.parse(lines.at(-1) ?? '');
    expect(JSON.parse(out)).toMatchObject({ testError, testLoss });
  });

  it('is measured, for readers and for machines, with a picture', async () => {
    const picture = join(root, 'plane.png');
    const [text, json] = await Promise.all([
      shakelab('measure', folder),
      shakelab('measure', folder, '--json', '--picture', picture),
    ]);
    expect(text.out).toMatch(/^step 2 of 2, 2 features\nTest error .*\n/);
    expect(text.out).toMatch(/^NC3, centres and class vectors +\d/m);
    const { testError, paper, representation } = JSON.parse(json.out);
    expect(text.out).toContain(`${testError.toFixed(2)}\u202f%`);
    expect(paper.coverage).toBeGreaterThan(0);
    expect(representation.neuralCollapse.variability).toBeGreaterThan(0);
    expect(representation.neuralCollapse.duality).toBeGreaterThan(0);
    expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
  });

  it('is embedded into files that agree', async () => {
    const flags = ['--split', 'train', '--mode', 'train', '--csv', '--json'];
    const { out } = await shakelab('embed', folder, ...flags);
    const { files, count, dimensions } = JSON.parse(out);
    expect([count, dimensions]).toEqual([64, 2]);
    const { tensors } = decodeSafetensors(readFileSync(files[0]), files[0]);
    const [heading, ...rows] = readFileSync(files[1], 'utf8').trim().split('\n');
    expect(heading).toBe('label,prediction,x1,x2');
    expect(rows).toHaveLength(64);
    const features = rows.flatMap((row) => row.split(',').slice(2).map(Number));
    expect(Float32Array.from(features)).toEqual(tensors.get('features')?.data);
    const labels = rows.map((row) => Number(row.split(',')[0]));
    expect(Int32Array.from(labels)).toEqual(tensors.get('labels')?.data);
  });
});

describe('describe', () => {
  it('shows blocks and sums, for readers and for machines', async () => {
    const flags = ['describe', '--features', '2'];
    const [{ out }, machine] = await Promise.all([
      shakelab(...flags),
      shakelab(...flags, '--json'),
    ]);
    const { parameters, macs, arenaBytes, blocks } = JSON.parse(machine.out);
    expect(out).toMatch(
      /\nblock +branches +in +inner +groups +out +stride +parameters +MACs\nstem /,
    );
    expect(out).toContain(`\nparameters  ${parameters.toLocaleString('en-US')}\n`);
    expect(macs).toBeGreaterThan(4e6);
    expect(arenaBytes).toBeGreaterThan(1e6);
    expect(blocks).toHaveLength(11);
  });

  it('prints the program on demand', async () => {
    const { out } = await shakelab('describe', '--program');
    expect(out).toContain('\nforward: ');
  });
});

describe('data', () => {
  it('lists every data set, aligned', async () => {
    const { code, out } = await shakelab('data', 'list');
    expect(code).toBe(0);
    expect(out).toMatch(/^name +title +train +test +size +found\nmnist +MNIST +60,000 +10,000 /);
  });

  it('lists for machines', async () => {
    const listings = JSON.parse((await shakelab('data', 'list', '--json')).out);
    expect(listings.map(({ name }: { name: string }) => name)).toContain('digits');
  });

  it('checks what is drawn by code without a file', async () => {
    const { code, out } = await shakelab('data', 'check', 'digits');
    expect([code, out]).toEqual([0, 'digits: good (drawn by code)\n']);
  });

  it('draws a contact sheet', async () => {
    const file = join(root, 'sheet.png');
    const flags = ['--count', '3', '--augment', '--out', file];
    expect(await shakelab('data', 'show', 'digits', ...flags)).toMatchObject({
      code: 0,
      out: `${file}\n`,
    });
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
    const nowhere = join(root, 'nowhere', 'sheet.png');
    const { code, err } = await shakelab('data', 'show', 'digits', '--out', nowhere);
    expect(code).toBe(2);
    expect(err).toContain(`--out ${nowhere}: cannot be written, its folder is not there (ENOENT)`);
  });

  it('finds damaged files wrong', async () => {
    const data = join(root, 'data');
    mkdirSync(join(data, 'mnist'), { recursive: true });
    for (const part of ['train-images-idx3', 'train-labels-idx1']) {
      for (const name of [part, part.replace('train', 't10k')]) {
        writeFileSync(join(data, 'mnist', `${name}-ubyte`), 'no image');
      }
    }
    const { code, out } = await shakelab('data', 'check', 'mnist', '--data', data);
    expect(code).toBe(2);
    expect(out).toContain(join(data, 'mnist', 'train-images-idx3-ubyte'));
    expect(out).not.toContain('good');
  });
});
