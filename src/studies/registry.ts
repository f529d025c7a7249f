import { budgetOptions } from './budget/options.ts';
import { cifar10Options } from './cifar10/options.ts';
import { foldsOptions } from './folds/options.ts';
import { mnistOptions } from './mnist/options.ts';
import type { StudyOptionTable } from './options.ts';
import { samplesOptions } from './samples/options.ts';
import { searchOptions } from './search/options.ts';
import type { SearchTypes } from './search/search.ts';
import { shortenOptions } from './shorten/options.ts';
import type { PaperTypes, Study, StudyTypes } from './study.ts';
import type { TuningTypes } from './tuning/tuning.ts';

/** A study as the command line lists it; its code is loaded when it is called for. */
export interface StudyRow<T extends StudyTypes = StudyTypes> {
  /** What `study.json` calls it. */
  name: string;
  /** What it does, for the help. */
  summary: string;
  options: StudyOptionTable;
  examples: readonly string[];
  load(): Promise<Study<T>>;
}

/** The search over layouts, which has a command of its own. */
export const searchRow: StudyRow<SearchTypes> = {
  name: 'search',
  summary:
    'try every placement of batch norms, or any settings, and train the promising ones longer',
  options: searchOptions,
  examples: [
    'shakelab search --dataset digits --net resnext-8-2x4d --train-size 2048',
    'shakelab search --norms anywhere --seeds 3 --epochs 2 --out runs/everywhere',
    "shakelab search --vary 'lr=0.03|0.1|0.3; weight-decay=0.0001|0.0005' --out runs/settings",
  ],
  load: async () => (await import('./search/search.ts')).searchStudy,
};

/** The search over settings, which the same command does where it is told what to vary. */
const tuningRow: StudyRow<TuningTypes> = {
  ...searchRow,
  name: 'tuning',
  load: async () => (await import('./tuning/tuning.ts')).tuningStudy,
};

/** The studies that `shakelab study` knows. */
export const studyRows: readonly StudyRow<PaperTypes>[] = [
  {
    name: 'mnist',
    summary: 'section 3.1: embeddings of PreAct and PreActBN, without and with shaking',
    options: mnistOptions,
    examples: [
      'shakelab study mnist',
      'shakelab study mnist --epochs 10 --seeds 3 --out runs/mnist',
      'shakelab study mnist --dataset digits',
    ],
    load: async () => (await import('./mnist/mnist.ts')).mnistStudy,
  },
  {
    name: 'cifar10',
    summary: 'section 3.2: Table 1, rows of it over several seeds',
    options: cifar10Options,
    examples: [
      'shakelab study cifar10',
      'shakelab study cifar10 --rows relu-preact,preact,preact-even --epochs 30 --seeds 5',
      'shakelab study cifar10 --full --rows all --out runs/table-1',
      'shakelab study cifar10 --report-only --out runs/table-1',
    ],
    load: async () => (await import('./cifar10/cifar10.ts')).cifar10Study,
  },
  {
    name: 'folds',
    summary: 'one net on every fold of the training images, the test set left alone',
    options: foldsOptions,
    examples: [
      'shakelab study folds --dataset digits --folds 5',
      'shakelab study folds --dataset ./photos --folds 10 --repeats 3 --epochs 20',
    ],
    load: async () => (await import('./folds/folds.ts')).foldsStudy,
  },
  {
    name: 'samples',
    summary: 'error against the number of training images, shaken and otherwise regularised',
    options: samplesOptions,
    examples: [
      'shakelab study samples --dataset mnist',
      'shakelab study samples --sizes 256,1024 --recipes plain,shaken --seeds 3 --trials 1',
    ],
    load: async () => (await import('./samples/samples.ts')).samplesStudy,
  },
  {
    name: 'budget',
    summary: 'error against the number of epochs, shaken and not, and what longer ones would bring',
    options: budgetOptions,
    examples: [
      'shakelab study budget --dataset mnist --budgets 5,10,20,40',
      'shakelab study budget --dataset cifar10 --net resnext-26-2x16d --recipes plain,shaken,cutout=16',
    ],
    load: async () => (await import('./budget/budget.ts')).budgetStudy,
  },
  {
    name: 'shorten',
    summary: 'which changes of a recipe are worth three times its epochs',
    options: shortenOptions,
    examples: [
      'shakelab study shorten --dataset mnist --epochs 5',
      "shakelab study shorten --changes 'ema=0.99; warm-up=0.05; cutout=8' --seeds 10",
    ],
    load: async () => (await import('./shorten/shorten.ts')).shortenStudy,
  },
];

/** Every study that this version knows. */
export const allStudyRows: readonly StudyRow[] = [...studyRows, searchRow, tuningRow];
