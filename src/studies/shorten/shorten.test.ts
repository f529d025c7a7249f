import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeRunTrainer } from '../../../testkit/fakeRunTrainer.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { trainInTurn } from '../executor.ts';
import { runStudy } from '../runStudy.ts';
import { compatible, togetherRecipes } from './recipes.ts';
import { shortenSettings } from './settings.ts';
import { shortenStudy } from './shorten.ts';
import type { ShortenSummary } from './summary.ts';

/** Two changes help, by 2 and by 1 points, and together by less than their sum; one harms. */
function errorOf({ averageDecay, warmUp, cutout, epochs, seed }: RunConfig): number {
  const gains = (averageDecay > 0 ? 2 : 0) + (warmUp > 0 ? 1 : 0);
  const harm = cutout > 0 ? 1.5 : 0;
  return 10 - 0.9 * gains + harm - 0.1 * epochs + 0.05 * Math.sin(seed * (1 + gains + harm));
}

const changes = 'ema=0.99; cutout=8; warm-up=0.05';

async function studied(law: (config: RunConfig) => number, more: object = {}) {
  const out = await mkdtemp(join(tmpdir(), 'shakelab-shorten-'));
  const trained: string[] = [];
  const trainer = fakeRunTrainer({
    data: { title: 'digits', source: 'drawn by code', train: 64, validation: 500, test: 2000 },
    epochsOf: (config) => [
      {
        ...{ kind: 'epoch', epoch: config.epochs, step: 1, trainLoss: 1, trainError: 1 },
        ...{ validationLoss: 1, validationError: law(config) },
        ...{ testLoss: 1, testError: law(config) + 1, imagesPerSecond: 1, seconds: 2 },
      },
    ],
    goesOn: (name) => trained.push(name) > 0,
  });
  const common = { dataset: 'digits', trainSize: '64', batch: '16', epochs: '4' };
  const options = { ...common, seeds: 3, changes, out, ...more };
  let summary: ShortenSummary | undefined;
  for await (const event of runStudy(shortenStudy, options, trainInTurn(trainer, shortenStudy)))
    if (event.kind === 'done') ({ summary } = event);
  return { out, trained, summary: summary! };
}

let found: Awaited<ReturnType<typeof studied>>;
beforeAll(async () => {
  found = await studied(errorOf);
});
afterAll(() => rm(found.out, { recursive: true }));

describe('study shorten', () => {
  it('tries each change alone, then those that helped together, then a third with twice the seeds', () => {
    const { trained } = found;
    const alone = ['plain', '1', '2', '3'].flatMap((key) => [1, 2].map((n) => `${key}.trial${n}`));
    expect(trained.slice(0, 8)).toEqual(alone);
    expect(trained.slice(8, 10)).toEqual(['1+3.trial1', '1+3.trial2']);
    expect(trained.slice(10, 14)).toEqual(
      ['1+3', '1'].flatMap((key) => [3, 4].map((n) => `${key}.trial${n}`)),
    );
    expect(trained.slice(14)).toEqual(
      [1, 2, 3].flatMap((seed) => ['winner', 'plain', 'longer'].map((one) => `${one}.seed${seed}`)),
    );
  });

  it('confirms the winner on all images with seeds that chose nothing', () => {
    const { runs, winner } = found.summary;
    expect(winner).toBe('ema=0.99, warm-up=0.05');
    const seedsOf = (part: string) =>
      new Set(runs.filter(({ id }) => id.includes(part)).map(({ seed }) => seed));
    expect(seedsOf('.trial')).toEqual(new Set([4, 5, 6, 7]));
    expect(seedsOf('.seed')).toEqual(new Set([1, 2, 3]));
    const by = (id: string) => runs.find((run) => run.id === id)!;
    expect(by('winner.seed1')).toMatchObject({
      ...{ averageDecay: 0.99, warmUp: 0.05, cutout: 0, epochs: 4, validation: 'none' },
    });
    expect(by('longer.seed1')).toMatchObject({ averageDecay: 0, epochs: 12, validation: 'none' });
    expect(by('1.trial1').validation).toBe('0.1');
  });

  it('holds it against the plain recipe and three times its epochs', () => {
    const [plain, longer] = found.summary.confirmations;
    expect([plain.against, longer.against]).toEqual(['plain', 'longer']);
    expect(plain.contrast.difference).toBeCloseTo(-2.7, 1);
    expect(plain.contrast.sign).toBe(-1);
    expect(longer.contrast.difference).toBeCloseTo(-2.7 + 0.8, 1);
    const harm = found.summary.tried.find(({ recipe }) => recipe === 'cutout=8')!;
    expect(harm.contrast?.difference).toBeCloseTo(1.5, 1);
  });

  it('writes a report that loads nothing, and the command that repeats it', async () => {
    const page = await readFile(join(found.out, 'report.html'), 'utf8');
    const { document } = parseHTML(page);
    expect(document.querySelectorAll('#trials tbody tr')).toHaveLength(5);
    expect(document.querySelectorAll('#confirmation tbody tr')).toHaveLength(5);
    expect(document.body.textContent).toMatch(
      /Against the plain recipe at 3 times its epochs:\s+−1\.9\d ± 0\.\d\d points, told apart\./,
    );
    expect(document.querySelectorAll('script, link')).toHaveLength(0);
    expect(page).not.toMatch(/undefined|NaN/);
    const { command } = found.summary;
    expect(command).toContain(`--changes 'ema=0.99; cutout=8; warm-up=0.05' --trials 2 --seeds 3`);
  });

  it('confirms nothing where no change helps', async () => {
    const harmful = ({ averageDecay, warmUp, cutout, seed }: RunConfig) =>
      9 + averageDecay + 10 * warmUp + cutout + 0.01 * seed;
    const { out, trained, summary } = await studied(harmful);
    expect(summary.winner).toBe('plain');
    expect(summary.confirmations).toEqual([]);
    expect(summary.outcomes.map(({ which, epochs }) => [which, epochs])).toEqual([
      ['plain', 4],
      ['longer', 12],
    ]);
    expect(trained.some((id) => /winner|\+/.test(id))).toBe(false);
    await rm(out, { recursive: true });
  });
});

it('refuses two changes that cannot be put together before it trains anything', async () => {
  const changes = 'cutout=8; head=contrastive; ricap=0.3';
  const law = () => expect.unreachable();
  await expect(studied(law, { changes })).rejects.toThrow(
    'head=contrastive, ricap=0.3: ricap 0.3: the contrastive head compares samples of one label each',
  );
});

it('gives no verdict on nets that guess', async () => {
  const { out, summary } = await studied(({ seed }) => 90 + 0.1 * Math.sin(seed));
  expect(summary.tried[1].contrast?.unjudged).toBe('at chance');
  expect(summary.outcomes.every(({ guesses }) => guesses)).toBe(true);
  await rm(out, { recursive: true });
});

it('takes changes together, and of three or more all but each', () => {
  expect(togetherRecipes([2])).toEqual([]);
  expect(togetherRecipes([0, 2])).toEqual([[0, 2]]);
  expect(togetherRecipes([0, 1, 2])).toEqual([
    [0, 1, 2],
    [1, 2],
    [0, 2],
    [0, 1],
  ]);
});

it('takes the better of two changes that exclude each other', () => {
  const changes = 'ema=0.99; cutout=8; swa=constant; mixup=1; ricap=0.3';
  const settings = shortenSettings({ dataset: 'digits', changes });
  const errors = [2, 1, 1, 3, 3];
  expect(compatible(settings, [0, 1, 2, 3, 4], ([place]) => errors[place])).toEqual([1, 2, 3]);
  expect(compatible(settings, [0, 1, 4], ([place]) => errors[place])).toEqual([0, 1, 4]);
});

it('tries mirrored images where the data are trained on them', () => {
  expect(shortenSettings({ dataset: 'mnist' }).changes).toHaveLength(8);
  expect(shortenSettings({ dataset: 'cifar10' }).changes.slice(8)).toEqual([
    'augment=shift+flip:turns=alternate',
    'test-mirror=horizontal',
  ]);
});

it('tries of the usual changes those that the plain recipe neither has nor excludes', () => {
  const { changes } = shortenSettings({ dataset: 'digits', averageDecay: '0.9', cutout: '8' });
  expect(changes).toHaveLength(6);
  expect(changes).toContain('ema=0.99');
  expect(changes.filter((change) => /^(swa|cutout)=/.test(change))).toEqual([]);
});

describe('its options', () => {
  it.each([
    [{ changes: 'ema=0.99' }, 'must be two settings or more'],
    [{ changes: 'ema=0.99; ema=0.9' }, 'each once'],
    [{ changes: 'ema=0; cutout=8' }, 'ema is 0 in the plain recipe'],
    [{ changes: 'epoch=3; cutout=8' }, 'changes epoch: is no setting that can be varied'],
    [
      { changes: 'swa=constant; cutout=8', averageDecay: '0.9' },
      'ema of the plain recipe excludes swa',
    ],
    [
      { changes: 'test-mirror=horizontal; cutout=8' },
      'test-mirror needs a training that shows images mirrored',
    ],
    [{ validation: 'none' }, 'must be a share or a count'],
    [{ seeds: 0 }, 'must be a whole number from 1'],
  ])('%j are refused', (options, message) => {
    expect(() => shortenSettings(options)).toThrow(message);
  });
});
