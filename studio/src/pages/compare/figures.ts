import type { Split } from '../../api/client.ts';
import { shownError } from '../../words/judgement.ts';
import type { RunPlanes } from './planes.ts';

/** One row of a figure: which of a run's clouds it shows. */
export interface FigureRow {
  name: string;
  cloud: 'trainMode' | 'evaluateMode' | 'test';
  split: Split;
}

const trainMode: FigureRow = { name: 'Training, train mode', cloud: 'trainMode', split: 'train' };

/** The figures of the paper that show embeddings. */
export const figures = {
  'train-test': {
    title: 'Embeddings of training and test samples',
    short: 'Fig. 3',
    rows: [trainMode, { name: 'Test, evaluate mode', cloud: 'test', split: 'test' }],
  },
  modes: {
    title: 'Training samples in train and evaluate mode',
    short: 'Fig. 4',
    rows: [trainMode, { name: 'Training, evaluate mode', cloud: 'evaluateMode', split: 'train' }],
  },
} satisfies Record<string, { title: string; short: string; rows: FigureRow[] }>;

export type FigureKey = keyof typeof figures;

/** What a run's column says below its title. */
export function columnNote({ run, test }: RunPlanes): string {
  const shown = shownError(run);
  const error = shown ? `${shown.title.toLowerCase()} ${shown.error.toFixed(2)} %` : 'untested';
  return test.projection === 'pca' ? `${error} · PCA plane of ${run.features} features` : error;
}
