import { availableParallelism } from 'node:os';
import type { Dataset } from '../../data/dataset.ts';
import { openDataset } from '../../data/datasets.ts';
import { DatasetUnavailableError } from '../../data/obtain.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { planEvent, type StudyEvent } from '../events.ts';
import { type Laboratory, openLaboratory } from '../laboratory.ts';
import { planOf, writePlan } from '../plan.ts';
import { studySeeds } from '../seeds.ts';
import type { Study, StudyRun } from '../study.ts';
import { holdFolder, trainRuns } from '../trainRuns.ts';
import { mnistClaims } from './claims.ts';
import { commandOf, type MnistStudyOptions, settingsOf } from './options.ts';
import { writeResults } from './results.ts';
import type { TrainedRun } from './trainedRun.ts';

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
 * Finished runs are kept, interrupted ones go on. After an interruption the events end without
 * `done`.
 *
 * @throws RequestError for wrong settings, missing data, a folder that holds other runs or that
 *   another process is at work in
 */
export async function* runMnistStudy(options: MnistStudyOptions = {}): AsyncGenerator<StudyEvent> {
  const { out, config } = settingsOf(options);
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
    runs: seeds.flatMap((seed) => runsOf(seed, seeds, { ...config, dataset: name, epochs })),
    claims: mnistClaims,
    command: commandOf({ ...options, out, epochs }),
    threads: options.threads ?? availableParallelism(),
  };
  const laboratory = openLaboratory({ dataset, threads: options.threads, signal: options.signal });
  yield* holdFolder(out, trainMnist(study, out, laboratory));
}

/** Trains, measures, and reports once all are trained. */
export async function* trainMnist(
  study: Study,
  out: string,
  laboratory: Laboratory,
): AsyncGenerator<StudyEvent> {
  yield planEvent(study, out);
  await writePlan(out, planOf(study));
  const trained: TrainedRun[] = [];
  const whole = yield* trainRuns(
    study.runs,
    out,
    laboratory,
    async function* (run, result): AsyncGenerator<StudyEvent> {
      yield { kind: 'analysis', task: `embedding ${run.title}` };
      const { folder } = result;
      const epochs = await laboratory.epochs(folder);
      trained.push({ run, result, epochs, embeddings: await laboratory.embed(folder) });
    },
  );
  if (!whole) return;
  yield { kind: 'analysis', task: 'measuring and drawing' };
  yield { kind: 'done', ...(await writeResults(study, trained, out)) };
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
