import type { Dataset } from '../data/dataset.ts';
import type { RunConfig } from '../runs/fields.ts';
import { keptConfig } from '../runs/folder.ts';
import { type RunEvent, runTraining } from '../runs/lifecycle.ts';
import { type EpochEvent, readEpochs } from '../runs/metrics.ts';
import { keepEmbeddings, type RunEmbeddings, readEmbeddings } from './embeddings.ts';
import { runTrial, type Trial } from './trial.ts';

/** Where a study's runs are trained and embedded; the tests of studies have one of their own. */
export interface Laboratory {
  /** Trains a run in a folder, or goes on with the one that is there. */
  train(config: RunConfig, folder: string): AsyncGenerator<RunEvent>;
  /** Embeds the images of a trained run, and keeps the embeddings in the run's folder. */
  embed(folder: string): Promise<RunEmbeddings>;
  /** Every epoch of a trained run. */
  epochs(folder: string): Promise<EpochEvent[]>;
  /** Measures how fast a run would go, and keeps nothing. */
  trial(config: RunConfig): Promise<Trial>;
}

export interface LaboratoryOptions {
  dataset: Dataset;
  threads?: number;
  /** Aborting it saves a checkpoint and ends the training. */
  signal?: AbortSignal;
}

/** The laboratory that trains for real, on data that are open already. */
export function openLaboratory({ dataset, threads, signal }: LaboratoryOptions): Laboratory {
  return {
    async *train(config, folder) {
      const resume = (await keptConfig(folder)) !== undefined;
      yield* runTraining({ folder, config, resume, dataset, threads, signal });
    },
    async embed(folder) {
      await keepEmbeddings(folder, { dataset, threads });
      return readEmbeddings(folder);
    },
    epochs: readEpochs,
    trial: (config) => runTrial(config, dataset, threads),
  };
}
