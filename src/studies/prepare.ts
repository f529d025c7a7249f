import type { Dataset } from '../data/dataset.ts';
import { option, RequestError } from '../errors.ts';
import { inSlices } from '../files/slices.ts';
import { usableProcessors } from '../processes/processors.ts';
import type { RunConfig } from '../runs/fields.ts';
import { checkFolder } from '../runs/folder.ts';
import { openData } from '../runs/open.ts';
import { checkConfig } from '../runs/trainerOptions.ts';
import { studyCommand } from './commands.ts';
import type { PlanEvent } from './events.ts';
import {
  type OpenedStudy,
  runFolder,
  type Study,
  type StudyOptions,
  type StudyRun,
  type StudyTypes,
} from './study.ts';

/** A study that is ready to be carried out. */
export interface PreparedStudy<T extends StudyTypes> extends OpenedStudy<T['settings']> {
  study: Study<T>;
  /** What repeats it. */
  command: string;
  threads: number;
}

/**
 * Opens a study's data, and makes its settings fit them.
 *
 * @throws RequestError for wrong settings, and data that are not to be had
 */
export async function prepareStudy<T extends StudyTypes>(
  study: Study<T>,
  settled: T['settings'],
  options: T['options'],
): Promise<PreparedStudy<T>> {
  refuseKeep(study, options);
  const opened = await openStudy(study, settled, options);
  const { threads = usableProcessors() } = options;
  const repeated = study.repeats(opened.settings, options);
  return { study, ...opened, command: studyCommand(study.usage, study.options, repeated), threads };
}

async function openStudy<T extends StudyTypes>(
  study: Study<T>,
  settings: T['settings'],
  options: T['options'],
): Promise<OpenedStudy<T['settings']>> {
  if (study.open) return study.open(settings, options);
  return { settings, dataset: await openWhole(settings.config, options) };
}

/** Each run divides the data for itself, its fold before its validation, as whatever opens it again. */
export const openWhole = (config: RunConfig, options: StudyOptions): Promise<Dataset> =>
  openData({ ...config, validation: 'auto' }, options);

/** @throws RequestError where a study's analysis needs checkpoints that are not to be kept */
function refuseKeep({ embeds, name }: Study, { keep = 'all' }: StudyOptions): void {
  if (!embeds || keep === 'all' || keep === 'last') return;
  throw new RequestError(
    `${option('keep')} ${keep}: the report of ${name} measures the nets of the last checkpoints; keep last`,
  );
}

/** @throws RequestError where a planned run cannot be trained, or its folder holds another, or other files */
export async function checkRuns(
  runs: readonly StudyRun[],
  out: string,
  dataset: Dataset,
): Promise<void> {
  for (const run of alikeOnce(runs)) checkRun(run.model, run.config, dataset);
  await inSlices(runs, (run) => checkFolder(runFolder(out, run), run.config, true));
}

/** Of runs that differ in nothing that can be refused one. */
const alikeOnce = (runs: readonly StudyRun[]): StudyRun[] => {
  const keyOf = ({ config }: StudyRun) =>
    JSON.stringify({ ...config, seed: 0, subset: 0, learningRate: 0, epochs: 0 });
  return [...new Map(runs.map((run) => [keyOf(run), run])).values()];
};

/**
 * Before anything is trained, since a study that comes to a run which is refused never goes on.
 *
 * @param model what is to be trained, as the error names it
 * @throws RequestError where its settings fit neither each other nor the data
 */
export function checkRun(model: string, config: RunConfig, dataset: Dataset): void {
  try {
    checkConfig(config, dataset);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new RequestError(`${model}: ${error.worded(option)}`);
  }
}

/** Tells what a study will do. */
export function planEvent<T extends StudyTypes>(
  { study, settings, dataset }: PreparedStudy<T>,
  runs: StudyRun[],
): PlanEvent & T['plan'] {
  const { name, title, source } = dataset;
  const event: PlanEvent = {
    kind: 'plan',
    study: study.name,
    title: study.title,
    dataset: { name, title, source },
    out: settings.out,
    runs,
  };
  return { ...event, ...(study.stages?.plan(settings) as T['plan']) };
}
