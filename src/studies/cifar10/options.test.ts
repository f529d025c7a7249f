import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { studyCommand } from '../commands.ts';
import { type Cifar10StudyOptions, cifar10Options } from './options.ts';
import { repeatedOptions, settingsOf } from './settings.ts';

const commandOf = (options: Cifar10StudyOptions): string =>
  studyCommand('study cifar10', cifar10Options, repeatedOptions(settingsOf(options), options));

describe('settingsOf', () => {
  it('is a night of small nets by default, and the paper with full', () => {
    const night = { epochs: 12, batch: 64, learningRate: 0.1 };
    expect(settingsOf({}).config).toMatchObject({ net: 'resnext-26-2x16d', ...night });
    const paper = { epochs: 1800, batch: 128, learningRate: 0.2 };
    expect(settingsOf({ full: true }).config).toMatchObject({ net: 'resnext-26-2x64d', ...paper });
  });

  it('lets what is said override full, and the learning rate follow the batch', () => {
    const { config } = settingsOf({ full: true, width: 32, batch: 256 });
    expect(config).toMatchObject({ net: 'resnext-26-2x32d', epochs: 1800, learningRate: 0.4 });
  });

  it('refuses settings that no run can have', () => {
    expect(() => settingsOf({ batch: 100 })).toThrow(/^batch 100: .*16/);
  });
});

describe('commandOf', () => {
  it('names everything that decides the result', () => {
    expect(commandOf({ full: true, seeds: 5 })).toBe(
      'npx shakelab study cifar10 --rows preact-bn,bn-shake,preact,preact-bn-even --width 64 ' +
        '--epochs 1800 --seeds 5 --batch 128 --lr 0.2 --out runs/study-cifar10',
    );
  });

  it('names a folder as it was typed, though its runs record the absolute path', () => {
    const settings = settingsOf({ dataset: './photos' });
    expect(settings.config.dataset).toBe(`folder:${resolve('photos')}`);
    expect(commandOf({ dataset: './photos' })).toContain('cifar10 --dataset ./photos --rows');
  });
});
