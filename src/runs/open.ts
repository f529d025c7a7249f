import type { Dataset, DownloadProgress, ImageKind } from '../data/dataset.ts';
import { imagesOf, openDataset } from '../data/datasets.ts';
import { foldOf } from '../data/fold.ts';
import { namesFolder } from '../data/names.ts';
import { settingsIn } from '../data/settings.ts';
import { withValidation } from '../data/validation.ts';
import type { Head } from '../heads/index.ts';
import type { Machine } from '../machines/machine.ts';
import type { MixingLaw } from '../mixing/index.ts';
import type { Net } from '../nets/networks.ts';
import type { MemoryUse } from '../program/plan.ts';
import type { Schedule } from '../training/schedule.ts';
import { openTrainer, type Trainer } from '../training/trainer.ts';
import { type CheckpointChoice, loadChosen, restoreInto } from './checkpoint.ts';
import type { RunConfig } from './fields.ts';
import { readRecord } from './folder.ts';
import { checkData } from './sameData.ts';
import { type OwnParts, trainerOptions } from './trainerOptions.ts';

/** Where to look for a config's data. */
export interface DataOptions extends OwnParts {
  /** Folder to look for the data in first. */
  dataFolder?: string;
  /** Told how far a download of data is. */
  onDownload?: (progress: DownloadProgress) => void;
}

/** What a config does not say because no result depends on it. */
export interface ModelOptions extends DataOptions {
  /** The data, if they are open already; else they are opened by the config's name. */
  dataset?: Dataset;
  /** The learning rate of each step, where it is not the run's own. */
  schedule?: Schedule;
  /** What computes; the native machine when left out. */
  machine?: Machine;
  /** Threads of the machine; by default one a processor. Any number gives the same bits. */
  threads?: number;
  /** `low` takes longer, and less memory, for the same bits. */
  memory?: MemoryUse;
}

/** Everything a config names, opened. Close the trainer when done. */
export interface Model {
  config: RunConfig;
  dataset: Dataset;
  net: Net;
  mixing: MixingLaw;
  head: Head;
  trainer: Trainer;
}

/**
 * Opens the data, net, law, head and trainer that a config names, before the first step.
 *
 * @throws RequestError on a name or a value that does not fit, or data that are not to be had
 */
export async function openModel(config: RunConfig, options: ModelOptions = {}): Promise<Model> {
  const dataset = await dataOf(config, options);
  const { net, mixing, head, ...asked } = trainerOptions(config, dataset, options);
  const { machine, threads, memory, schedule = asked.schedule } = options;
  const how = { ...asked, machine, threads, memory, schedule };
  const trainer = await openTrainer({ net, mixing, head, ...how });
  return { config, dataset, net, mixing, head, trainer };
}

/** Data with the fold of their training images to test on, and then the images to choose by, set apart. */
const divided = (dataset: Dataset, { fold, validation }: RunConfig): Dataset =>
  withValidation(foldOf(dataset, fold), validation);

/** The data that are open already, or those that the config names, divided as it says. */
const dataOf = async (config: RunConfig, options: ModelOptions): Promise<Dataset> =>
  options.dataset ? divided(options.dataset, config) : openData(config, options);

/** How to open a run. */
export interface OpenRunOptions extends ModelOptions {
  /** Which checkpoint; that of the best validation where there is one, else the newest. */
  checkpoint?: CheckpointChoice;
}

/** A run's model with its checkpoint restored. */
export interface OpenRun extends Model {
  /** What the user should know of the restoring, such as a damaged newest checkpoint. */
  notes: string[];
}

/**
 * Opens a run as its best checkpoint left it, or its newest whole one.
 *
 * @throws RequestError where the folder holds no run, the run no checkpoint yet, or its data have
 *   changed
 */
export async function openRun(folder: string, options: OpenRunOptions = {}): Promise<OpenRun> {
  const { config } = await readRecord(folder);
  const dataset = await dataOf(config, options);
  await checkData(folder, dataset);
  const model = await openModel(config, { ...options, dataset });
  try {
    const loaded = await loadChosen(folder, options.checkpoint);
    restoreInto(loaded, (state) => model.trainer.restore(state));
    return { ...model, notes: loaded.notes };
  } catch (error) {
    model.trainer.close();
    throw error;
  }
}

/**
 * Opens the data that a config names.
 *
 * @throws RequestError where they are not to be had or do not fit what the config says of them
 */
export async function openData(config: RunConfig, options: DataOptions = {}): Promise<Dataset> {
  const { dataset: name, trainSize, subset: seed } = config;
  const { dataFolder: folder, onDownload: onProgress } = options;
  const settings = { folder, trainSize, seed, ...settingsIn(config), onProgress };
  return divided(await openDataset(name, settings), config);
}

/**
 * The kind of images that a config's net gets to see; only a folder of one's own is read for it.
 *
 * @throws RequestError for an unknown name or a folder that does not fit
 */
export async function imageKindOf(
  config: RunConfig,
  options: DataOptions = {},
): Promise<ImageKind> {
  return namesFolder(config.dataset) ? openData(config, options) : imagesOf(config.dataset);
}
