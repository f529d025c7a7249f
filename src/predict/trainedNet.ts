import type { Dataset } from '../data/dataset.ts';
import { imagesOf } from '../data/datasets.ts';
import type { SeenForm } from '../data/folder/newFiles.ts';
import { readerVersion } from '../data/formats.ts';
import { namesFolder } from '../data/names.ts';
import { settingsIn, settingValues } from '../data/settings.ts';
import { type Head, parseHead } from '../heads/index.ts';
import { nativeMachine } from '../machines/native/native.ts';
import { type MixingLaw, parseMixing } from '../mixing/index.ts';
import { type LoadedCheckpoint, loadChosen, restoreInto } from '../runs/checkpoint.ts';
import { netOf } from '../runs/describe.ts';
import { readRecord, recordedImages } from '../runs/folder.ts';
import { type OpenRunOptions, openData } from '../runs/open.ts';
import type { RunRecord } from '../runs/record.ts';
import { checkData, checkReading } from '../runs/sameData.ts';
import { ownOrNamed } from '../runs/trainerOptions.ts';
import { logitsOf } from '../training/evaluate.ts';
import { NetExecution } from '../training/netExecution.ts';
import { checkTensors, evaluationTensors, type TrainingState } from '../training/state.ts';
import { calibrationOf } from './calibration.ts';

/** How to open a trained net. */
export type TrainedNetOptions = Omit<OpenRunOptions, 'dataset' | 'schedule'>;

/** A run's net as it is in evaluation, ready for images that are in no data set. */
export interface TrainedNet {
  /** Training steps that it had done. */
  step: number;
  classNames: readonly string[];
  /** The form of its images, and how files are brought into it. */
  form: SeenForm;
  /** T of softmax(z / T), fitted on the run's validation images; null where it keeps none that tell. */
  temperature: number | null;
  /** What the user should know of the opening. */
  notes: string[];
  /**
   * The logits [count][classes] of images [count][channels][height][width], the same bits as those that the
   * run's own evaluation gives. Not to be called again before it has answered.
   */
  logits(images: Uint8Array, count: number): Promise<Float32Array>;
  /** Frees the machine's memory. */
  close(): void;
}

/** A run's net on a machine, with the weights of a checkpoint, and what it sees. */
export interface RestoredNet {
  record: RunRecord;
  seen: Seen;
  mixing: MixingLaw;
  head: Head;
  loaded: LoadedCheckpoint;
  /** To be closed. */
  execution: NetExecution;
}

/**
 * Restores a run's net as its best checkpoint left it, or its newest whole one. Its data are opened
 * only where its record does not say how they are normalised, as those of older releases.
 *
 * @throws RequestError where the folder holds no run, the run no checkpoint yet, its data are needed and
 *   not to be had, or files are read in another way now
 */
export async function restoreNet(
  folder: string,
  options: TrainedNetOptions = {},
): Promise<RestoredNet> {
  const record = await readRecord(folder);
  const seen = await seenIn(folder, record, options);
  const mixing = ownOrNamed(options.mixing, record.config.mixing, parseMixing);
  const head = ownOrNamed(options.head, record.config.head, parseHead);
  const loaded = await loadChosen(folder, options.checkpoint);
  const { machine = nativeMachine, threads } = options;
  const { batch, precision } = record.config;
  const net = netOf(record.config, seen);
  const how = { batch, precision, machine, threads };
  const execution = new NetExecution({ net, dataset: seen, mixing, head, ...how });
  try {
    restoreInto(loaded, (state) => write(execution, state));
    return { record, seen, mixing, head, loaded, execution };
  } catch (error) {
    execution.close();
    throw error;
  }
}

/**
 * Opens a run's net with the weights of its best checkpoint, or its newest whole one; see `restoreNet`.
 *
 * @throws RequestError where `restoreNet` does
 */
export async function openTrainedNet(
  folder: string,
  options: TrainedNetOptions = {},
): Promise<TrainedNet> {
  const { record, seen, loaded, execution: net } = await restoreNet(folder, options);
  const { classNames, mean: _, std: __, ...form } = seen;
  try {
    const { step } = loaded.state;
    const { temperature, note } = await calibrationOf(folder, step);
    return {
      ...{ step, classNames, temperature, notes: [...loaded.notes, note] },
      form: { ...form, settings: settingValues(settingsIn(record.config)) },
      logits: (images, count) => logitsOf(net, { images, count }, record.config.testMirror),
      close: () => net.close(),
    };
  } catch (error) {
    net.close();
    throw error;
  }
}

/** What a net sees: form and normalisation. */
export type Seen = Omit<SeenForm, 'settings'> & Pick<Dataset, 'classNames' | 'mean' | 'std'>;

async function seenIn(
  folder: string,
  record: RunRecord,
  options: TrainedNetOptions,
): Promise<Seen> {
  const { config, images, data } = record;
  const { holds = 'images' } = data;
  if (data.holds) checkReading(folder, record, readerVersion(holds));
  const extent = images?.extent ?? null;
  if (images?.mean && images.std) {
    const { mean, std } = images;
    return { ...images, mean, std, holds, extent };
  }
  if (!namesFolder(config.dataset)) return { ...imagesOf(config.dataset), holds, extent };
  const dataset = await openData(config, options);
  await checkData(folder, dataset);
  const { reading, mean, std } = dataset;
  const kept = recordedImages(dataset);
  return {
    ...{ ...kept, mean, std },
    ...{ holds: reading?.holds ?? holds, extent: kept.extent ?? null },
  };
}

/** Puts a state's net into the execution: averaged weights where the run keeps them. */
function write(net: NetExecution, state: TrainingState): void {
  const tensors = evaluationTensors(state);
  const own = net.tensors.filter(({ kind }) => kind !== 'momentum');
  checkTensors(own, tensors);
  for (const tensor of own) net.write(tensor, tensors.get(tensor.name)!.data);
}
