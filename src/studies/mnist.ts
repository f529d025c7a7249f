import { availableParallelism } from 'node:os';
import type { Dataset, DownloadProgress } from '../data/dataset.ts';
import { openDataset } from '../data/datasets.ts';
import { DatasetUnavailableError } from '../data/obtain.ts';
import { parseConfig } from '../runs/config.ts';
import type { RunConfig } from '../runs/fields.ts';
import { type Flag, joinFlags } from './commands.ts';
import { openLaboratory } from './laboratory.ts';
import { mnistClaims } from './mnistClaims.ts';
import { studySeeds } from './seeds.ts';
import { runStudy, type Study, type StudyEvent, type StudyRun } from './study.ts';

export interface MnistStudyOptions {
  /** A data set by name; left out, it is MNIST, or the built-in digits where MNIST is not to be had. */
  dataset?: string;
  /** A data folder, looked into first. */
  dataFolder?: string;
  /** The folder to leave everything in. */
  out?: string;
  /** Left out, as many as go over 120,000 images: 2 of MNIST, 10 of the built-in digits. */
  epochs?: number;
  /** How many seeds each model is trained with: 1 … seeds. */
  seeds?: number;
  trainSize?: number | null;
  batch?: number;
  learningRate?: number;
  threads?: number;
  /** Aborting it saves the current run's checkpoint and ends the study. */
  signal?: AbortSignal;
  onDownload?: (progress: DownloadProgress) => void;
}

const defaultFolder = 'runs/study-mnist';

/** Images a run goes over by default: all four take under three minutes on two ordinary cores. */
const defaultImages = 120_000;

const about =
  'Four networks that differ only in two things: whether a batch normalisation stands at the end ' +
  'of each branch, and whether shaking mixes the branches. A repetition of section 3.1 of Huang ' +
  'and Narayanan, “On Role and Location of Normalization before Model-Based Data Augmentation in ' +
  'Residual Blocks for Classification Tasks”.';

/** The four models of the paper's section 3.1, in the order of Fig. 3. */
const models = [
  { title: 'PreAct without shaking', layout: 'preact', mixing: 'even' },
  { title: 'PreAct with shaking', layout: 'preact', mixing: 'shake-shake' },
  { title: 'PreActBN without shaking', layout: 'preact-bn', mixing: 'even' },
  { title: 'PreActBN with shaking', layout: 'preact-bn', mixing: 'shake-shake' },
] as const;

/**
 * The paper's study of section 3.1: four models with two features at the end, trained on MNIST,
 * their embeddings drawn, measured and held against what the paper says of them.
 *
 * @throws RequestError for wrong settings, missing data, or a folder that holds other runs
 */
export async function* runMnistStudy(options: MnistStudyOptions = {}): AsyncGenerator<StudyEvent> {
  const settings = settingsOf(options);
  const seeds = studySeeds(options.seeds ?? 1);
  const { dataset, standInFor, note } = await chooseData(options);
  if (note) yield { kind: 'note', text: note };
  const { name, train } = dataset;
  const epochs = options.epochs ?? Math.max(1, Math.round(defaultImages / train.count));
  const study: Study = {
    name: 'mnist',
    title: 'Batch normalisation before shaking: embeddings of digits',
    about,
    dataset,
    standInFor,
    runs: seeds.flatMap((seed) => runsOf(seed, seeds, { ...settings, dataset: name, epochs })),
    claims: mnistClaims,
    command: studyCommand(options, epochs),
    threads: options.threads ?? availableParallelism(),
  };
  const laboratory = openLaboratory({ dataset, threads: options.threads, signal: options.signal });
  yield* runStudy(study, options.out ?? defaultFolder, laboratory);
}

/** What all runs have in common, before the data are known. */
function settingsOf(options: MnistStudyOptions): RunConfig {
  return parseConfig({
    net: 'resnext-20-2x4d',
    features: 2,
    epochs: options.epochs,
    batch: options.batch,
    learningRate: options.learningRate,
    trainSize: options.trainSize,
  });
}

/** The four models with one seed; a study cut short thus has whole sets of them. */
function runsOf(seed: number, seeds: readonly number[], settings: RunConfig): StudyRun[] {
  return models.map(({ title, layout, mixing }) => ({
    id: `${layout}.${mixing}.seed${seed}`,
    model: title,
    title: seeds.length > 1 ? `${title}, seed ${seed}` : title,
    config: { ...settings, layout, mixing, seed },
  }));
}

interface ChosenData {
  dataset: Dataset;
  standInFor: string | null;
  note: string | null;
}

/** Opens what was asked for; only where nothing was, the built-in digits stand in for MNIST. */
async function chooseData(options: MnistStudyOptions): Promise<ChosenData> {
  const { dataset: asked, dataFolder: folder, trainSize, onDownload: onProgress } = options;
  const open = (name: string) => openDataset(name, { folder, trainSize, onProgress });
  try {
    const dataset = await open(asked ?? 'mnist');
    return { dataset, standInFor: dataset.name === 'mnist' ? null : 'MNIST', note: null };
  } catch (error) {
    if (asked !== undefined || !(error instanceof DatasetUnavailableError)) throw error;
    return { dataset: await open('digits'), standInFor: 'MNIST', note: fallbackNote(error) };
  }
}

function fallbackNote({ message }: Error): string {
  return (
    `MNIST is not to be had (${message}).\n` +
    'Going on with the built-in digits, drawn by code: NOT MNIST, and no number of this study can ' +
    'be compared with the paper. For MNIST, name a data folder with --data.'
  );
}

function studyCommand(options: MnistStudyOptions, epochs: number): string {
  const flags: Flag[] = [
    ['dataset', options.dataset],
    ['data', options.dataFolder],
    ['epochs', epochs],
    ['seeds', options.seeds],
    ['batch', options.batch],
    ['lr', options.learningRate],
    ['train-size', options.trainSize],
    ['out', options.out ?? defaultFolder],
  ];
  return `npx shakelab study mnist ${joinFlags(flags)}`;
}
