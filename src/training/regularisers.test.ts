import { describe, expect, test } from 'vitest';
import {
  differences,
  digitsTrainer,
  type SmallTraining,
  stateAfter,
  trainOn,
} from '../../testkit/digitsTrainer.ts';
import { RequestError } from '../errors.ts';
import { parseFeatureVariation } from '../features/index.ts';
import { parseAveraging } from './averaging.ts';

const small = { trainSize: 128, epochs: 2, threads: 1 };

const choices: [string, SmallTraining][] = [
  ['mixup', { mixup: 0.5 }],
  ['cutout', { cutout: 9 }],
  ['everything that varies images', { mixup: 1, cutout: 5, augment: 'crop-flip' }],
  ['RICAP', { ricap: 0.3 }],
  ['RICAP of images that vary', { ricap: 1, cutout: 5, augment: 'rotate+crop-flip' }],
  ['transforms of images', { augment: 'rotate+randaugment+crop-flip' }],
  ['weights of classes', { classWeighting: 'inverse' }],
  ['balanced sampling', { sampling: 'balanced', augment: 'rotate+crop-flip', cutout: 5 }],
  ['groups of a class', { sampling: 'classes:samples=4' }],
  ['extrapolation', { featureVariation: parseFeatureVariation('extrapolate') }],
  ['noise', { featureVariation: parseFeatureVariation('noise:degree=0.5') }],
  ['decay of weights alone', { decay: 'weights', weightDecay: 0.01 }],
];

describe.each(choices)('%s', (_, choice) => {
  test('goes another way, and the same way when resumed, with any number of threads', async () => {
    const unbroken = await stateAfter(4, { ...small, ...choice, threads: 1 });
    const { weightDecay } = choice;
    const plain = await stateAfter(4, { ...small, weightDecay });
    expect(differences(plain, unbroken)).toContain('stem.conv.weight');
    const resumed = await digitsTrainer({ ...small, ...choice, threads: 2 });
    resumed.restore(await stateAfter(3, { ...small, ...choice }));
    await trainOn(resumed, 1);
    expect(differences(unbroken, await resumed.state())).toEqual([]);
  });

  test('is gone where nothing is learned: evaluating and embedding', async () => {
    const trained = await digitsTrainer({ ...small, ...choice });
    await trainOn(trained, 2);
    const plain = await digitsTrainer(small);
    plain.restore(await trained.state());
    expect(await trained.evaluate('train')).toEqual(await plain.evaluate('train'));
    await trainOn(trained, 1);
    plain.restore(await trained.state());
    expect(await trained.embed('train', 'train')).toEqual(await plain.embed('train', 'train'));
  });
});

describe('averaged weights', () => {
  const averaged = { ...small, averageDecay: 0.9 };

  test('are kept in checkpoints and resumed bit for bit, beside the weights as they would be', async () => {
    const unbroken = await stateAfter(4, { ...averaged, head: 'ccl' });
    const resumed = await digitsTrainer({ ...averaged, head: 'ccl' });
    resumed.restore(await stateAfter(2, { ...averaged, head: 'ccl' }));
    await trainOn(resumed, 2);
    expect(differences(unbroken, await resumed.state())).toEqual([]);
    const plain = await stateAfter(4, { ...small, head: 'ccl' });
    const extra = differences(unbroken, plain);
    expect(extra.every((name) => name.startsWith('average.'))).toBe(true);
    expect(extra).toEqual(
      expect.arrayContaining(['average.head.weight', 'average.head.runningMean']),
    );
    expect(extra.some((name) => name.includes('momentum'))).toBe(false);
  });

  test('follow the weights by 1 − (1 + t) / (10 + t) at first', async () => {
    const start = (await (await digitsTrainer(averaged)).state()).tensors.get('head.weight')!.data;
    const { tensors } = await stateAfter(1, averaged);
    const [live, kept] = ['', 'average.'].map((of) => tensors.get(`${of}head.weight`)!.data);
    for (const [i, value] of kept.entries())
      expect(value).toBeCloseTo(start[i] + 0.9 * (live[i] - start[i]), 6);
  });

  test('are what is evaluated and embedded, and training goes on from the others', async () => {
    const trainer = await digitsTrainer(averaged);
    await trainOn(trainer, 4);
    const before = await trainer.state();
    const { tensors } = before;
    const own = [...tensors].filter(([name]) => !name.startsWith('average.'));
    const values = own.map(([name, tensor]) => {
      return [name, tensors.get(`average.${name}`) ?? tensor] as const;
    });
    const plain = await digitsTrainer(small);
    plain.restore({ step: 4, tensors: new Map(values) });
    expect(await trainer.evaluate()).toEqual(await plain.evaluate());
    expect(await trainer.embed('test', 'evaluate')).toEqual(await plain.embed('test', 'evaluate'));
    expect(differences(before, await trainer.state())).toEqual([]);
  });
});

test.each([
  [{ cutout: 29 }, 'cutout 29: the square must fit into an image of 28×28; try 14'],
  [
    { classWeighting: 'inverse' as const, head: 'triplet' },
    'classWeights inverse: the triplet head',
  ],
  [{ ricap: 1, head: 'triplet' }, 'ricap 1: the triplet head compares samples of one label each'],
  [{ ricap: 0.3, mixup: 1 }, 'mixup 1 and ricap 0.3: do the same in two ways; leave out one'],
  [
    { averageDecay: 0.9, averaging: parseAveraging('constant') },
    'averageDecay 0.9 and swa constant: do the same in two ways',
  ],
  [
    { testMirror: 'horizontal' as const },
    'testMirror horizontal: training shows no image mirrored',
  ],
  [{ mixup: 1, head: 'triplet' }, 'mixup 1: the triplet head compares samples of one label each'],
  [
    { mixup: 1, featureVariation: parseFeatureVariation('interpolate') },
    'mixup 1: interpolate looks for neighbours of the same label',
  ],
])('what does not fit together is refused: %o', async (choice, message) => {
  const open = digitsTrainer({ ...small, ...choice });
  await expect(open).rejects.toThrow(RequestError);
  await expect(digitsTrainer({ ...small, ...choice })).rejects.toThrow(message);
});
