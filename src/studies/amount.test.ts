import { describe, expect, it, test } from 'vitest';
import { parseConfig } from '../runs/config.ts';
import { amountsOf, trainingImages } from './amount.ts';
import { budgetStudy } from './budget/budget.ts';
import { samplesStudy } from './samples/samples.ts';
import { searchStudy } from './search/search.ts';
import type { Study, StudyRun, StudyTypes } from './study.ts';
import type { TrainedRun } from './trained.ts';
import { tuningStudy } from './tuning/tuning.ts';

test.each([
  ['all that there are', {}, 500],
  ['a subset', { trainSize: 200 }, 200],
  ['without a share held out', { trainSize: 200, validation: '0.1' }, 180],
  ['without a count held out', { validation: '50' }, 450],
  ['without a fold', { fold: '2/5' }, 400],
  ['without a fold and a share of the others', { fold: '2/5', validation: '0.1' }, 360],
  ["with images of the data set's own to choose by", { validation: 'own' }, 500],
])('trains on %s', (_, settings, images) => {
  expect(trainingImages(parseConfig(settings), 500)).toBe(images);
});

describe('amountsOf', () => {
  const run = (id: string, epochs: number, trainSize: number | null): StudyRun => ({
    ...{ id, model: id, title: id },
    config: parseConfig({ epochs, trainSize }),
  });

  it('weighs runs by their images and epochs, those to come too', () => {
    const planned = [run('few', 2, 10), run('all', 1, null)];
    const foreseen = [run('few', 2, 10), run('other', 7, 7), run('long', 8, 100)];
    expect([...amountsOf(planned, foreseen, 100)]).toEqual([
      ['few', { before: 0, own: 20, total: 920 }],
      ['all', { before: 20, own: 100, total: 920 }],
    ]);
  });
});

/** The runs of a study once all are trained, all with the same result. */
function allRuns<T extends StudyTypes>(study: Study<T>, settings: T['settings']): StudyRun[] {
  const result = { testError: 10, validationError: 10, testLoss: 1, seconds: 1 };
  const alike = (run: StudyRun) => ({ run, result }) as unknown as TrainedRun;
  let known = study.runs(settings, []);
  for (let trained = 0; trained < known.length; ) {
    trained = known.length;
    known = study.runs(settings, known.map(alike));
  }
  return known;
}

describe('what a study foresees', () => {
  async function compare<T extends StudyTypes>(study: Study<T>, options: T['options']) {
    const settings = await study.settle(options);
    const [all, foreseen] = [allRuns(study, settings), study.foreseen!(settings)];
    const amounts = (runs: readonly StudyRun[]) =>
      [...amountsOf(runs, runs, 1000).values()].map(({ own }) => own);
    expect(study.runs(settings, []).length).toBeLessThan(all.length);
    expect(amounts(foreseen)).toEqual(amounts(all));
  }

  it('is what study budget trains', () => compare(budgetStudy, { budgets: '1,10,100' }));

  it('is what study samples trains, of one length', () =>
    compare(samplesStudy, { sizes: '64,1000', lengths: '800' }));

  it('is as much as a search over layouts trains', () => compare(searchStudy, { seeds: 2 }));

  it('is as much as a search over settings trains', () =>
    compare(tuningStudy, { vary: 'lr=0.1|0.2|0.3|0.4', epochs: 2 }));
});
