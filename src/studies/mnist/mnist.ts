import { DatasetUnavailableError } from '../../data/obtain.ts';
import { type Naming, option, worded } from '../../errors.ts';
import { modelTitle } from '../../nets/titles.ts';
import { parseConfig } from '../../runs/config.ts';
import { openData } from '../../runs/open.ts';
import type { StudyEvent } from '../events.ts';
import { runStudy } from '../runStudy.ts';
import {
  type OpenedStudy,
  type PaperTypes,
  runsOfModels,
  type Settings,
  type Study,
  seedsUpTo,
} from '../study.ts';
import { summariseRuns } from '../summarise.ts';
import { mnistClaims } from './claims.ts';
import { type MnistStudyOptions, mnistOptions } from './options.ts';

/** Images a run goes over by default: all four take under three minutes on two ordinary cores. */
const defaultImages = 120_000;

/** The four models of the paper's section 3.1, in the order of Fig. 3. */
const models = ['preact', 'preact-bn'].flatMap((layout) =>
  ['even', 'shake-shake'].map((mixing) => ({
    ...{ layout, mixing },
    title: modelTitle({ layout, mixing }),
  })),
);

interface MnistTypes extends PaperTypes {
  options: MnistStudyOptions;
  settings: Settings;
}

/**
 * The paper's study of section 3.1: four models with two features at the end, trained on MNIST,
 * their embeddings drawn, measured and held against what the paper says of them.
 */
export const mnistStudy: Study<MnistTypes> = {
  name: 'mnist',
  usage: 'study mnist',
  title: 'Batch normalisation before shaking: embeddings of digits',
  about:
    'Four networks that differ only in two things: whether a batch normalisation stands at the end ' +
    'of each branch, and whether shaking mixes the branches. A repetition of section 3.1 of Huang ' +
    'and Narayanan, “On Role and Location of Normalization before Model-Based Data Augmentation in ' +
    'Residual Blocks for Classification Tasks”.',
  options: mnistOptions,
  original: { name: 'mnist', title: 'MNIST' },
  embeds: true,
  reports: { after: 'batch', telling: 'measuring and drawing' },

  settle({ out = 'runs/study-mnist', seeds = 1, ...options }) {
    seedsUpTo(seeds);
    const { epochs, batch, learningRate, trainSize, precision } = options;
    const net = { net: 'resnext-20-2x4d', features: 2 };
    const config = parseConfig({
      ...net,
      epochs,
      batch,
      learningRate,
      trainSize,
      precision,
      evaluateEvery: 1,
    });
    return { out, seeds, config };
  },
  open: openDigits,
  repeats: ({ out, config: { epochs } }, options) => ({ ...options, epochs, out }),
  runs: (settings) => runsOfModels(models, settings),
  analyse: (plan, trained) => summariseRuns(plan, trained, mnistClaims),
  figures: async (_, plan, trained) =>
    (await import('./figures.ts')).drawMnistFigures(plan, trained),
  page: async (...found) => (await import('./page.ts')).renderMnistReport(...found),
};

/**
 * Runs the study of the paper's section 3.1 in a folder: trains the runs that are missing there, and writes the report.
 * Interrupted by `signal`, its events end without `done`; the same call goes on.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that another
 *   process is at work in
 * @throws FailedRunsError in the end, where runs that were trained side by side have failed
 */
export const runMnistStudy = (options: MnistStudyOptions = {}): AsyncGenerator<StudyEvent> =>
  runStudy(mnistStudy, options);

/** Opens what was asked for; only where nothing was, the built-in digits stand in for MNIST. */
async function openDigits(
  settings: Settings,
  options: MnistStudyOptions,
): Promise<OpenedStudy<Settings>> {
  const open = async (name: string) => {
    const config = parseConfig({ dataset: name }, { base: settings.config });
    const dataset = await openData(config, options);
    const images = dataset.train.count;
    const epochs = options.epochs ?? Math.max(1, Math.round(defaultImages / images));
    return { dataset, settings: { ...settings, config: { ...config, epochs } } };
  };
  try {
    return await open(options.dataset ?? 'mnist');
  } catch (error) {
    const missing = error instanceof DatasetUnavailableError && options.dataset === undefined;
    if (!missing) throw error;
    return { ...(await open('digits')), note: fallbackNote(error, options.nameOf) };
  }
}

function fallbackNote(error: DatasetUnavailableError, nameOf?: Naming): string {
  const text =
    `MNIST is not to be had (${error.worded(option)}).\n` +
    'Going on with the built-in digits, drawn by code: NOT MNIST, and no number of this study can ' +
    `be compared with the paper. For MNIST, give its folder by ${option('dataFolder')}.`;
  return worded(text, nameOf);
}
