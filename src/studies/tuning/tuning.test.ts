import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRunTrainer } from '../../../testkit/fakeRunTrainer.ts';
import { openDataset } from '../../data/datasets.ts';
import { defaultConfig, type RunConfig } from '../../runs/fields.ts';
import { NonFiniteLossError } from '../../training/trainer.ts';
import { trainInTurn } from '../executor.ts';
import { reportStudy } from '../reportStudy.ts';
import { runStudy } from '../runStudy.ts';
import type { SearchOptions } from '../search/options.ts';
import { closingTables } from './closing.ts';
import { importances } from './findings.ts';
import { choicesOf, choiceTitle, parseSpace, type Space } from './space.ts';
import type { TuningSummary } from './summary.ts';
import { type TuningEvent, tuningStudy } from './tuning.ts';

const root = mkdtempSync(join(tmpdir(), 'shakelab-tuning-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A rate of 0.1 is best, 9 diverges; shaking adds a point; weight decay does nothing. */
function errorOf({ learningRate, mixing, epochs, seed }: RunConfig): number {
  const rate = 10 * Math.abs(Math.log10(learningRate / 0.1));
  return 20 + rate + (mixing === 'even' ? 0 : 1) - Math.log(epochs) + 0.01 * seed;
}

const trainer = fakeRunTrainer({
  data: { title: 'digits', source: 'drawn by code', train: 64, validation: 200, test: 200 },
  epochsOf: (config) =>
    Array.from({ length: config.epochs }, (_, k) => ({
      ...{ kind: 'epoch' as const, epoch: k + 1, step: k + 1, trainLoss: 1, trainError: 10 },
      ...{ validationLoss: 1, validationError: errorOf(config), testLoss: 1, testError: 77 },
      ...{ imagesPerSecond: 1, seconds: 2 },
    })),
  goesOn(_, config) {
    if (config.learningRate < 9) return true;
    throw new NonFiniteLossError('the loss', 3, config.layout, config.mixing);
  },
});

async function eventsOf(options: SearchOptions): Promise<TuningEvent[]> {
  const dataset = await openDataset('digits', { trainSize: 64, testSize: 200 });
  const study: typeof tuningStudy = {
    ...tuningStudy,
    open: async (settings) => ({ settings, dataset }),
  };
  const events: TuningEvent[] = [];
  const given = { config: { dataset: 'digits' }, threads: 2, ...options };
  for await (const event of runStudy(study, given, trainInTurn(trainer, study))) events.push(event);
  return events;
}

const vary = 'lr = 0.01|0.1|9; weight-decay=0|0.0001; mixing=even|shake-shake';

describe('a search over settings', () => {
  const out = join(root, 'whole');
  let summary: TuningSummary;

  beforeAll(async () => {
    await eventsOf({ out, vary, epochs: 2 });
    summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'));
  });

  it('trains all combinations, then one in three for three times as long, with new seeds', () => {
    const shape = summary.rounds.map(({ outcomes, epochs, seeds }) => [
      outcomes.length,
      epochs,
      seeds,
    ]);
    expect(shape).toEqual([
      [12, 2, [1]],
      [4, 6, [2]],
      [2, 18, [3]],
    ]);
  });

  it('keeps what validates best, not what tests best', () => {
    const choices = summary.rounds[1].outcomes.map(({ choice }) => choiceTitle(choice));
    expect(choices).toEqual([
      'mixing even, lr 0.1, weight-decay 0',
      'mixing even, lr 0.1, weight-decay 0.0001',
      'mixing shake-shake, lr 0.1, weight-decay 0',
      'mixing shake-shake, lr 0.1, weight-decay 0.0001',
    ]);
  });

  it('tells which setting explains the errors, and which does nothing', () => {
    const [rate, second, third] = summary.importance;
    expect(rate.setting).toBe('learningRate');
    expect(rate.all!.explained).toBeGreaterThan(0.99);
    expect(rate.adjusted).toBeLessThanOrEqual(0.05);
    expect(rate.learning!.explained).toBeGreaterThan(0.9);
    expect(
      rate.values.map(({ value, candidates, atChance }) => [value, candidates, atChance]),
    ).toEqual([
      [0.01, 4, 0],
      [0.1, 4, 0],
      [9, 4, 4],
    ]);
    expect([second.setting, third.setting]).toEqual(['mixing', 'weightDecay']);
    expect(third.all!.explained).toBeCloseTo(0, 12);
    expect(third.adjusted).toBe(1);
  });

  it('reports by the importance, the best settings and every candidate', async () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('#effects tbody tr')).toHaveLength(4 + 7);
    expect(document.querySelectorAll('#rounds tbody tr')).toHaveLength(18);
    expect(document.querySelector('#best pre')!.textContent).toContain('--epochs 18');
    expect(page).not.toMatch(/undefined|NaN|77\.00/);
    expect((await reportStudy(out)).summary).toMatchObject({ importance: summary.importance });
  });

  it('says in the end what a terminal shows', () => {
    const lines = closingTables(summary).split('\n');
    expect(lines[1]).toMatch(/^lr +\d+ % +\d+ % +0\.\d+ +matters$/);
    expect(lines.at(-2)).toContain('mixing even, lr 0.1, weight-decay 0');
  });

  it('counts the seeds of a candidate once where only some of the combinations are tried', () => {
    const choice = (learningRate: number, mixing: string) => ({ learningRate, mixing });
    const candidates = [choice(0.01, 'even'), choice(0.1, 'shake-shake'), choice(0.1, 'even')];
    const outcomes = candidates.map((choice, place) => ({
      ...{ number: place + 1, choice, diverged: 0, atChance: 0 },
      errors: Array.from({ length: 5 }, (_, seed) => 10 * place + 0.1 * seed),
    }));
    const learningRate = [0.01, 0.1];
    const adjusted = (some: typeof outcomes, space: Space) =>
      importances(some, space).map((one) => one.adjusted!);
    const both = { learningRate, mixing: ['even', 'shake-shake'] };
    expect(Math.min(...adjusted(outcomes, both))).toBeGreaterThan(0.3);
    expect(adjusted(outcomes.slice(0, 2), { learningRate })[0]).toBeLessThan(0.02);
  });

  it('is repeated by its command', () => {
    expect(summary.command).toContain(`--vary '${vary}'`);
    expect(summary.command).not.toContain('--norms');
  });
});

describe('settings to vary', () => {
  const read = (text: string) => parseSpace(text, defaultConfig);

  it('are read by flag or name, in the form of a config', () => {
    expect(
      read('lr=0.1|1e-2;layout = preact | bn relu conv bn relu conv bn; features=2|none'),
    ).toEqual({
      learningRate: [0.1, 0.01],
      layout: ['preact', 'preact-bn'],
      features: [2, null],
    });
  });

  it.each([
    ['epochs=1|2', 'vary epochs: is no setting that can be varied; these can: net, layout, mixing'],
    ['lr=0.1', 'lr=0.1: needs two values or more, each once'],
    ['lr=0.1|1e-1', 'each once'],
    ['lr=0.1|0.2; lr=1|2', 'names lr twice'],
    ['lr=0.1|fast', 'the learning rate must be above 0'],
    [';', 'names no setting'],
  ])('%s is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('are combined all, or drawn without one twice, the same ones again', () => {
    const space = read('lr=0.1|0.2|0.3; weight-decay=0|1|2; momentum=0.1|0.5');
    expect(choicesOf(space, defaultConfig, null)).toHaveLength(18);
    const drawn = choicesOf(space, defaultConfig, 7);
    expect(new Set(drawn.map(choiceTitle)).size).toBe(7);
    expect(choicesOf(space, defaultConfig, 7)).toEqual(drawn);
    expect(() => choicesOf(space, defaultConfig, 19)).toThrow(
      'draw 19: of 18 combinations at most 18 can be drawn',
    );
  });

  it('are refused before anything is trained where a run would be', async () => {
    const out = join(root, 'refused');
    await expect(
      eventsOf({ out, vary: 'augment=none|flip; test-mirror=none|horizontal' }),
    ).rejects.toThrow(
      'augment none, test-mirror horizontal: testMirror horizontal: training shows',
    );
    await expect(eventsOf({ out, vary: 'mixing=shake-shake|sub-band:bands=20' })).rejects.toThrow(
      "mixing sub-band:bands=20: mixing 'sub-band:bands=20': a block's image has 14",
    );
    await expect(eventsOf({ out, vary: 'ricap=0.1|0.2; head=softmax|triplet' })).rejects.toThrow(
      'head triplet, ricap 0.1: ricap 0.1: the triplet head compares samples of one label each',
    );
    expect(existsSync(join(out, 'runs'))).toBe(false);
  });

  it('are combined without two that exclude each other', () => {
    const space = read('mixup=0|0.2; ricap=0|0.3; lr=0.1|0.2');
    const titles = (choices: ReturnType<typeof choicesOf>) => choices.map(choiceTitle);
    const all = titles(choicesOf(space, defaultConfig, null));
    expect(all).toHaveLength(6);
    expect(all.filter((title) => title.includes('mixup 0.2, ricap 0.3'))).toEqual([]);
    expect(titles(choicesOf(space, defaultConfig, 6))).toEqual(all);
    expect(() => choicesOf(space, defaultConfig, 7)).toThrow('of 6 combinations at most 6');
    const averaged = { ...defaultConfig, averageDecay: 0.9 };
    expect(titles(choicesOf(read('swa=none|constant; lr=0.1|0.2'), averaged, null))).toEqual([
      'lr 0.1, swa none',
      'lr 0.2, swa none',
    ]);
    expect(() => choicesOf(read('swa=constant|cyclic'), averaged, null)).toThrow(
      'in all combinations but 0 two settings exclude each other',
    );
  });

  it.each([
    [
      { vary: 'lr=1|2', norms: 'anywhere' },
      'norms anywhere: placements of batch norms are searched without vary',
    ],
    [
      { vary: 'lr=1|2', config: { validation: 'none' } },
      'settings are chosen by validation images',
    ],
  ])('%j does not fit together', async (options, message) => {
    await expect(tuningStudy.settle({ out: join(root, 'none'), ...options })).rejects.toThrow(
      message,
    );
  });
});
